"""What companies type and read of their own offers."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from pydantic import Field, ValidationInfo, field_validator

from stageplus.domain.offers import ClosingReason, OfferStatus
from stageplus.services.inputs import FilledLine, FilledWords, FormKey, Input, Line, ShortWords, Words, Yes
from stageplus.texts import _

STATUS_WORDS = {
    OfferStatus.DRAFT: _("Brouillon"),
    OfferStatus.PUBLISHED: _("Publiée"),
    OfferStatus.SUSPENDED: _("Suspendue"),
    OfferStatus.FILLED: _("Pourvue"),
    OfferStatus.CLOSED: _("Clôturée"),
    OfferStatus.EXPIRED: _("Expirée"),
}


class OfferInput(Input):
    """A whole offer, ready to publish; `place` names establishment and trade as `12:boulanger`.

    At least 20 hours a week in the company and at most 38 with school (DOMAIN: rules of the alternance contract).
    """

    form_key: FormKey
    place: FilledLine
    places: int = Field(ge=1, le=50)
    starts_from: date
    starts_until: date
    days: list[int]
    day_starts_at: time
    day_ends_at: time
    weekly_hours: int = Field(ge=20, le=38)
    tasks: FilledWords
    first_day: Words = ""
    language: Line = "français"
    tutor_first_name: FilledLine
    tutor_function: FilledLine
    transport: ShortWords = ""
    own_transport: Yes = False
    licence_needed: Yes = False
    equipment: ShortWords = ""
    risks: ShortWords = ""
    accessibility: ShortWords = ""

    @field_validator("days", mode="before")
    @classmethod
    def _are_days_of_the_week(cls, typed: Any) -> list[int]:
        days = [int(day) for day in typed if str(day) in "0123456"] if isinstance(typed, list) else []
        if not days:
            raise ValueError(_("Cochez au moins un jour en entreprise."))
        return days

    @field_validator("starts_until")
    @classmethod
    def _ends_after_it_starts(cls, until: date, info: ValidationInfo) -> date:
        if (first := info.data.get("starts_from")) and until < first:
            raise ValueError(_("Cette date vient avant le début."))
        return until


class ClosingInput(Input):
    """Why an offer is closed."""

    reason: ClosingReason


@dataclass(frozen=True)
class Choice:
    """One entry of a list to choose from."""

    value: str
    label: str


@dataclass(frozen=True)
class PostingRow:
    """An offer in its company's list."""

    offer_id: int = 0
    title: str = ""
    establishment: str = ""
    status: str = ""
    status_words: str = ""
    places: str = ""
    to_answer: int = 0
    ends: str = ""


@dataclass(frozen=True)
class PostingForm:
    """The form of an offer: what may be chosen, and what is written so far, as the fields hold it."""

    places: list[Choice] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    days: list[str] = field(default_factory=list)
    reasons: list[Choice] = field(default_factory=list)


@dataclass(frozen=True)
class PostingDetail:
    """One offer as its company sees it, with the steps it may take now."""

    row: PostingRow = field(default_factory=PostingRow)
    form: PostingForm = field(default_factory=PostingForm)
    steps: list[str] = field(default_factory=list)
