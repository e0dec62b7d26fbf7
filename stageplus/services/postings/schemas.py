"""What companies type and read of their own offers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator

from stageplus.domain.errors import InvalidInput
from stageplus.domain.offers import ClosingReason, OfferStatus
from stageplus.services.applications.schemas import Waiting
from stageplus.services.inputs import (
    FilledLine,
    FilledWords,
    FormKey,
    Input,
    Line,
    ShortWords,
    Words,
    Yes,
    cleaned,
    identifier,
)
from stageplus.services.moderation.schemas import Notice, Remark
from stageplus.texts import _

STATUS_WORDS = {
    OfferStatus.DRAFT: _("Brouillon"),
    OfferStatus.PUBLISHED: _("Publiée"),
    OfferStatus.SUSPENDED: _("Suspendue"),
    OfferStatus.FILLED: _("Pourvue"),
    OfferStatus.CLOSED: _("Clôturée"),
    OfferStatus.EXPIRED: _("Expirée"),
}
REASON_WORDS = {
    ClosingReason.FILLED_HERE: _("Pourvue grâce à Stage+"),
    ClosingReason.FILLED_ELSEWHERE: _("Pourvue autrement"),
    ClosingReason.NO_LONGER_NEEDED: _("Plus de besoin"),
    ClosingReason.OTHER: _("Autre raison"),
}
DAYS, YEARS = range(7), range(3)


def _choices_of(offered: range) -> BeforeValidator:
    """Read the boxes that a form sends as a list; what was not offered is left out."""
    known = {str(each) for each in offered}

    def read(typed: object) -> list[int]:
        return sorted({int(each) for each in map(str, typed) if each in known}) if isinstance(typed, list) else []

    return BeforeValidator(read)


Days = Annotated[list[int], _choices_of(DAYS)]
Years = Annotated[list[int], _choices_of(YEARS)]
Hour = Annotated[time, AfterValidator(lambda at: at.replace(second=0, microsecond=0, tzinfo=None))]
# The lengths of the columns, where they are shorter than what texts are elsewhere.
Language = Annotated[str, StringConstraints(max_length=40), BeforeValidator(cleaned)]
FirstName = Annotated[str, StringConstraints(max_length=80), BeforeValidator(cleaned)]
Access = Annotated[str, StringConstraints(max_length=300), BeforeValidator(cleaned)]
FirstDay = Annotated[str, StringConstraints(max_length=1000), BeforeValidator(cleaned)]
Places = Annotated[int, Field(ge=1, le=999)]
WeeklyHours = Annotated[int, Field(ge=1, le=168)]


class DraftInput(Input):
    """An offer as far as it is written: only its key and its place are needed; whatever is empty stays empty.

    `place` names establishment and trade as `12:boulanger`.
    """

    form_key: FormKey
    place: FilledLine
    scheme: Line = ""
    places: Places | None = None
    years: Years = Field(default_factory=list)
    starts_from: date | None = None
    starts_until: date | None = None
    days: Days = Field(default_factory=list)
    day_starts_at: Hour | None = None
    day_ends_at: Hour | None = None
    weekly_hours: WeeklyHours | None = None
    tasks: Words = ""
    first_day: FirstDay = ""
    language: Language = ""
    tutor_first_name: FirstName = ""
    tutor_function: Line = ""
    transport: Access = ""
    own_transport: Yes = False
    licence_needed: Yes = False
    equipment: ShortWords = ""
    risks: ShortWords = ""
    accessibility: ShortWords = ""

    @classmethod
    def read(cls, typed: Mapping[str, Any]) -> Self:
        """Read what somebody typed, an empty field as one that is missing."""
        return super().read({name: value for name, value in typed.items() if value not in ("", None)})

    @classmethod
    def what_fits(cls, typed: Mapping[str, Any]) -> tuple[Self, dict[str, str]]:
        """Read the fields that fit, and say for each other one why it does not.

        Raises `InvalidInput` without a place or a key, which nothing can be kept without.
        """
        left_out: dict[str, str] = {}
        while True:
            try:
                return cls.read({name: value for name, value in typed.items() if name not in left_out}), left_out
            except InvalidInput as refusal:
                if refusal.fields.keys() & {"place", "form_key"} or refusal.fields.keys() <= left_out.keys():
                    raise
                left_out |= refusal.fields

    @field_validator("starts_until")
    @classmethod
    def _ends_after_it_starts(cls, until: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("starts_from")
        if first and until and until < first:
            raise ValueError(_("Cette date vient avant le début."))
        return until


class OfferInput(DraftInput):
    """A whole offer, ready to publish."""

    places: Places
    years: Years
    starts_from: date
    starts_until: date
    days: Days
    day_starts_at: Hour
    day_ends_at: Hour
    weekly_hours: WeeklyHours
    tasks: FilledWords
    language: Annotated[Language, Field(min_length=1)]
    tutor_first_name: Annotated[FirstName, Field(min_length=1)]
    tutor_function: FilledLine

    @field_validator("days")
    @classmethod
    def _has_a_day(cls, days: list[int]) -> list[int]:
        if not days:
            raise ValueError(_("Cochez au moins un jour en entreprise."))
        return days

    @field_validator("years")
    @classmethod
    def _welcomes_a_year(cls, years: list[int]) -> list[int]:
        if not years:
            raise ValueError(_("Cochez au moins une année."))
        return years


def _identifiers(typed: object) -> object:
    return tuple(identifier(each) for each in typed.split()) if isinstance(typed, str) else typed


class ClosingInput(Input):
    """Why an offer is closed, and the answer to everybody who still waits for one.

    `shown` are the applications that were listed above the answer: whoever came since is not answered unseen.
    """

    reason: ClosingReason
    words: Words = ""
    shown: Annotated[tuple[int, ...], BeforeValidator(_identifiers)] = ()

    @field_validator("reason", mode="before")
    @classmethod
    def _is_chosen(cls, typed: object) -> object:
        if not typed:
            raise ValueError(_("Choisissez un motif : il aide à savoir ce que deviennent les offres."))
        return typed


class CapInput(Input):
    """After how many waiting applications an offer takes no more for a while; empty lifts the cap."""

    most: Annotated[int, Field(ge=1, le=999)] | None = None

    @field_validator("most", mode="before")
    @classmethod
    def _may_be_empty(cls, typed: object) -> object:
        return None if isinstance(typed, str) and not typed.strip() else typed


POSTER = "/entreprise/offres/{number:int}/affiche.pdf"
"""Where the poster of an offer is."""


@dataclass(frozen=True)
class PosterSheet:
    """What the poster of an offer says; `path` is where its code leads."""

    title: str
    company: str
    facts: tuple[tuple[str, str], ...]
    tasks: str
    until: str
    path: str


OfferGroup = Literal["", "ouvertes", "brouillons", "terminees"]


class PostingSearch(Input):
    """Which of its offers a company lists: a group of states, and a page of them."""

    group: OfferGroup = ""
    page: int = Field(default=1, ge=1, le=100_000)


@dataclass(frozen=True)
class PostingRow:
    """An offer in its company's list."""

    offer_id: int = 0
    title: str = ""
    establishment: str = ""
    status: str = ""
    status_words: str = ""
    places: str = ""
    places_words: str = ""
    to_answer: int = 0
    applications: int = 0
    ends: str = ""
    changed: str = ""
    since: str = ""
    intake_words: str = ""


@dataclass(frozen=True)
class PostingPage:
    """A page of a company's offers."""

    rows: list[PostingRow] = field(default_factory=list)
    total: int = 0
    page: int = 1
    pages: int = 1


@dataclass(frozen=True)
class ToTend:
    """The published offers that need a hand, those that end soon and those to which nobody applied, of how many."""

    ending: list[PostingRow] = field(default_factory=list)
    without: list[PostingRow] = field(default_factory=list)
    offers: int = 0


@dataclass(frozen=True)
class Suggestions:
    """What may be ticked for the chosen trade, by field; ticked ones fill the text, which stays editable."""

    tasks: list[str] = field(default_factory=list)
    risks: list[str] = field(default_factory=list)
    equipment: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PostingForm:
    """The form of an offer: what may be chosen as (value, label), what the fields hold so far, what is missing."""

    places: list[tuple[str, str]] = field(default_factory=list)
    schemes: list[tuple[str, str]] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    days: list[str] = field(default_factory=list)
    years: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    hours_hint: str = ""
    suggested: Suggestions = field(default_factory=Suggestions)


@dataclass(frozen=True)
class Intake:
    """Whether an offer takes applications: `has_enough` when learners read that it does not, `words` say why."""

    can_change: bool = False
    has_enough: bool = False
    words: str = ""
    most: str = ""


@dataclass(frozen=True)
class PostingDetail:
    """One offer as its company sees it, with the steps it may take now; `renewal` says what renewing gives.

    `remarks` are what its words should not say, `notice` is what OFFA asks; `examined` when this publication or change
    has just brought it to moderation.
    `waiting` are those to answer when it closes, `shown` their applications and `answer` the words proposed for them.
    """

    row: PostingRow = field(default_factory=PostingRow)
    form: PostingForm = field(default_factory=PostingForm)
    place: str = ""
    scheme: str = ""
    steps: list[str] = field(default_factory=list)
    is_draft: bool = False
    can_edit: bool = False
    renewal: str = ""
    remarks: list[Remark] = field(default_factory=list)
    notice: Notice = field(default_factory=Notice)
    examined: bool = False
    waiting: list[Waiting] = field(default_factory=list)
    shown: str = ""
    answer: str = ""
    intake: Intake = field(default_factory=Intake)


class ExtendInput(Input):
    """In which other establishments the same place is offered."""

    establishments: Annotated[list[int], Field(max_length=100)]

    @field_validator("establishments", mode="before")
    @classmethod
    def _are_chosen(cls, typed: object) -> object:
        if not isinstance(typed, list) or not typed:
            raise ValueError(_("Cochez au moins un établissement."))
        return [identifier(each) for each in typed]


@dataclass(frozen=True)
class Extended:
    """What came of it: how many linked offers are on line, and how many wait as drafts."""

    published: int = 0
    drafts: int = 0


@dataclass(frozen=True)
class LinkedRow:
    """A linked offer."""

    offer_id: int = 0
    place: str = ""
    status: str = ""


@dataclass(frozen=True)
class Extension:
    """The linked offers that there are, and the establishments where more may be made, as (value, label)."""

    linked: list[LinkedRow] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class ToChange:
    """An offer that OFFA asks its company to change, or has taken off line."""

    row: PostingRow = field(default_factory=PostingRow)
    notice: Notice = field(default_factory=Notice)


@dataclass(frozen=True)
class SavedDraft:
    """A draft as it was just kept: when, which fields did not fit, and what publishing would still refuse."""

    detail: PostingDetail
    at: str
    left_out: dict[str, str]
    missing: dict[str, str]
