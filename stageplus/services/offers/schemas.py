"""What search takes and what learners read of offers; every text is ready to show."""

from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field, field_validator

from stageplus.services.inputs import Input, Line, Yes
from stageplus.texts import _

RADII = (5, 10, 15, 25, 50, 100)


class OfferSearch(Input):
    """What a learner looks for; `radius` in kilometres around the place."""

    text: Line = ""
    place: Line = ""
    radius: int = 15
    sort: Literal["pertinence", "distance"] = "pertinence"
    page: int = Field(default=1, ge=1)
    days: Yes = False
    no_licence: Yes = False

    @field_validator("radius")
    @classmethod
    def _is_offered(cls, radius: int) -> int:
        if radius not in RADII:
            raise ValueError(_("Choisis un rayon de la liste."))
        return radius


@dataclass(frozen=True)
class OfferCard:
    """An offer in a list; `distance` is empty when no place was asked for."""

    offer_id: int
    title: str
    company: str
    municipality: str
    distance: str
    days: str
    days_fit: bool
    start: str
    places_left: str
    is_new: bool
    applied: bool


@dataclass(frozen=True)
class TradeLink:
    """A neighbouring trade with open offers."""

    label: str
    words: str


@dataclass(frozen=True)
class OfferPage:
    """A page of results; `widened` says what was changed to find any."""

    cards: list[OfferCard] = field(default_factory=list)
    total: int = 0
    page: int = 1
    pages: int = 1
    total_words: str = ""
    widened: str = ""
    neighbours: list[TradeLink] = field(default_factory=list)
    place_error: str = ""


@dataclass(frozen=True)
class MySearch:
    """Where a learner's first search starts: their own trade and municipality."""

    text: str
    place: str


@dataclass(frozen=True)
class PayRow:
    """The minimum rétribution of one level."""

    level: str
    meaning: str
    amount: str


@dataclass(frozen=True)
class OfferDetail:
    """Everything a learner reads of an offer."""

    offer_id: int = 0
    title: str = ""
    company: str = ""
    establishment: str = ""
    municipality: str = ""
    distance: str = ""
    days: str = ""
    days_words: str = ""
    days_fit: bool = False
    hours: str = ""
    weekly_hours: str = ""
    start: str = ""
    places_left: str = ""
    tasks: str = ""
    first_day: str = ""
    years: str = ""
    language: str = ""
    tutor: str = ""
    transport: str = ""
    own_transport: str = ""
    equipment: str = ""
    risks: str = ""
    accessibility: str = ""
    ends_on: str = ""
    pay: list[PayRow] = field(default_factory=list)
    minor_notes: list[str] = field(default_factory=list)
    who_answers: str = ""
    is_open: bool = False
    applied_id: int = 0
    similar: list[OfferCard] = field(default_factory=list)
