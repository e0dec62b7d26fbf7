"""What suggesting takes, and what both sides read of it."""

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, field_validator

from stageplus.services.inputs import Input, Line, cleaned, identifier
from stageplus.services.offers.schemas import OfferCard, OfferDetail
from stageplus.texts import _

LONGEST_REASON = 300
Reason = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_REASON), BeforeValidator(cleaned)]


class SuggestionInput(Input):
    """To whom to suggest an offer, and why: the same words for all of them."""

    learners: Annotated[list[int], Field(max_length=200)]
    reason: Reason

    @field_validator("learners", mode="before")
    @classmethod
    def _are_chosen(cls, typed: object) -> object:
        if not isinstance(typed, list) or not typed:
            raise ValueError(_("Cochez au moins un apprenant."))
        return [identifier(each) for each in typed]


class ChoiceSearch(Input):
    """Which of one's learners to choose from: `text` looks in names, trades and municipalities.

    `only` keeps to these learners, all of them, however many a list usually shows.
    """

    text: Line = ""
    only: Annotated[tuple[int, ...], Field(max_length=200)] = ()


@dataclass(frozen=True)
class Receipt:
    """What came of it: how many were told, and how many had it already or have applied."""

    told: int
    left_out: int


@dataclass(frozen=True)
class ChoiceRow:
    """One of the operator's learners; `state_words` says why an offer is not suggested to them again."""

    learner_id: int
    name: str
    trade: str
    municipality: str
    has_place: bool
    same_trade: bool
    state_words: str = ""


@dataclass(frozen=True)
class SentRow:
    """A suggestion as the operator's staff follows it: never whether its learner put it away."""

    learner_id: int
    name: str
    by: str
    day: str
    reason: str
    outcome: str
    tone: str


@dataclass(frozen=True)
class Choice:
    """Whom an offer may be suggested to, those without a place and of its trade first, and to whom it was.

    `more_words` says that there are more of them than the list shows.
    """

    rows: list[ChoiceRow] = field(default_factory=list)
    more_words: str = ""
    sent: list[SentRow] = field(default_factory=list)


@dataclass(frozen=True)
class StaffOffer:
    """An offer as staff reads it; `closed_words` while it takes no application."""

    offer: OfferDetail = field(default_factory=OfferDetail)
    closed_words: str = ""


@dataclass(frozen=True)
class SuggestedOffer:
    """An offer that was suggested to the learner: who did it, why, and whether it is new to them."""

    card: OfferCard
    by: str
    reason: str
    is_new: bool = False


@dataclass(frozen=True)
class Suggestions:
    """What was suggested to the learner and can still be applied for, the latest first.

    `said` gives, for each offer by its identifier as text, who suggested it and why: also for those that have closed.
    """

    rows: list[SuggestedOffer] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
