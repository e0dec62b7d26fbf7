"""What search takes and what learners read of offers; every text is ready to show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, field_validator

from stageplus.domain.errors import InvalidInput
from stageplus.services.inputs import Input, Line, Yes
from stageplus.texts import _

RADII = (0, 5, 10, 15, 25, 50, 100)
"""In kilometres around a commune; 0 is the commune alone."""
STARTS = (15, 30, 90, 180)
"""Choices of the latest start, in days from today."""
FILTERS = {
    "trade": _("Métier"),
    "sector": _("Secteur"),
    "start": _("Début"),
    "days": _("Seulement mes jours en entreprise"),
    "evening": _("Pas de travail le soir"),
    "no_weekend": _("Pas de travail le week-end"),
    "no_licence": _("Sans permis de conduire"),
    "language": _("Langue"),
    "scheme": _("Dispositif"),
}
"""What narrows a search, by field, as the screen calls it."""


def _page(asked: object) -> int:
    text = str(asked)
    return max(1, int(text[:7])) if text.isascii() and text.isdigit() else 1


class OfferSearch(Input):
    """What a learner looks for; `radius` in kilometres around the place; `map` where a phone shows the map too."""

    text: Line = ""
    place: Line = ""
    radius: int = 15
    sort: Literal["pertinence", "distance", "date"] = "pertinence"
    page: Annotated[int, BeforeValidator(_page)] = 1
    trade: Line = ""
    sector: Line = ""
    start: int = 0
    days: Yes = False
    evening: Yes = False
    no_weekend: Yes = False
    no_licence: Yes = False
    language: Line = ""
    scheme: Line = ""
    map: Yes = False

    @field_validator("radius")
    @classmethod
    def _is_offered(cls, radius: int) -> int:
        if radius not in RADII:
            raise ValueError(_("Choisis dans la liste."))
        return radius

    @field_validator("start")
    @classmethod
    def _is_a_start(cls, days: int) -> int:
        if days and days not in STARTS:
            raise ValueError(_("Choisis dans la liste."))
        return days


def readable_search(typed: Mapping[str, str]) -> tuple[OfferSearch, dict[str, str]]:
    """Read the search that an address asks for; what does not fit is left out, with one message per field."""
    try:
        return OfferSearch.read(typed), {}
    except InvalidInput as refusal:
        fitting = {name: value for name, value in typed.items() if name not in refusal.fields}
        return OfferSearch.read(fitting), refusal.fields


SAID_FILTERS = ("trade", "sector", "start", "evening", "no_weekend", "language", "scheme")


def search_words(search: OfferSearch) -> str:
    """Say a search in one line."""
    around = (
        _("{place}, à {radius} km").format(place=search.place, radius=search.radius) if search.radius else search.place
    )
    where = around if search.place else ""
    parts = [
        search.text or _("Tous les métiers"),
        where,
        _("mes jours") if search.days else "",
        _("sans permis") if search.no_licence else "",
        *(FILTERS[name].lower() for name in SAID_FILTERS if getattr(search, name)),
    ]
    return " · ".join(filter(None, parts))


@dataclass(frozen=True)
class OfferCard:
    """An offer in a list; `distance` is empty when no place was asked for.

    `has_enough` when its company wants no more applications for now.
    The pieces are there only where something is marked, every second one; `excerpt` is what stands around the words in
    its tasks, in such pieces.
    """

    offer_id: int
    title: str
    company: str
    municipality: str
    distance: str
    days: str
    days_fit: bool
    days_words: str
    start: str
    places_left: str
    is_new: bool
    applied: bool
    has_enough: bool = False
    title_pieces: list[str] = field(default_factory=list)
    company_pieces: list[str] = field(default_factory=list)
    excerpt: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class OfferShown:
    """An offer of a learner's own list, open or not: `closed_words` once it takes no application any more.

    `soon` is how many days before its end an offer is said to close soon.
    """

    card: OfferCard
    trade: str
    ends_on: date
    closed_words: str
    is_paused: bool
    soon: int


@dataclass(frozen=True)
class TradeLink:
    """A neighbouring trade with the open offers near; `words` are what to search for."""

    label: str
    words: str


@dataclass(frozen=True)
class RadiusLink:
    """A larger radius, in kilometres, with what it would find."""

    label: str
    radius: int


@dataclass(frozen=True)
class FilterLink:
    """A filter to leave out, with what would be found then."""

    label: str
    field: str


@dataclass(frozen=True)
class Facets:
    """The choices of the filters as (value, label) pairs and the labels of the ticks, each with what it leaves."""

    trades: list[tuple[str, str]] = field(default_factory=list)
    sectors: list[tuple[str, str]] = field(default_factory=list)
    languages: list[tuple[str, str]] = field(default_factory=list)
    schemes: list[tuple[str, str]] = field(default_factory=list)
    starts: list[tuple[str, str]] = field(default_factory=list)
    radii: list[tuple[str, str]] = field(default_factory=list)
    ticks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Heading:
    """What is said above and below a page of results.

    `understood` says what unusual words were taken for, `widened` what was changed to find any, `note` that the page
    asked for is not there.
    """

    total: int = 0
    page: int = 1
    pages: int = 1
    total_words: str = ""
    understood: str = ""
    widened: str = ""
    note: str = ""


@dataclass(frozen=True)
class OfferPage(Heading):
    """A page of results; `elsewhere` names a place typed beside the one in its field."""

    cards: list[OfferCard] = field(default_factory=list)
    elsewhere: str = ""
    larger: list[RadiusLink] = field(default_factory=list)
    fewer: list[FilterLink] = field(default_factory=list)
    facets: Facets = field(default_factory=Facets)
    neighbours: list[TradeLink] = field(default_factory=list)
    place_error: str = ""
    places: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class MapMarker:
    """A commune on the map, or `many` under one marker; `x` and `y` are percent of the drawing's width and height.

    `label` is written under it where there is room, `name` is read aloud; `inside` the radius that was asked for, where
    there is one.
    """

    x: float
    y: float
    count: str
    name: str
    offers: str
    label: str
    many: bool
    inside: bool


@dataclass(frozen=True)
class MapTown:
    """A commune with its offers, for whoever prefers a list to a map."""

    name: str
    offers: str
    distance: str


@dataclass(frozen=True)
class MapRing:
    """A place on the map with the radius around it; in percent of the drawing, the radius of its width."""

    x: float = 50
    y: float = 50
    radius: float = 0
    name: str = ""


@dataclass(frozen=True)
class OfferMap:
    """Where the offers of a search are, at one level of detail out of those from 0 to `last_level`.

    `ring` is the place asked for with its radius, `own` the learner's commune.
    """

    level: int = -1
    last_level: int = 0
    words: str = ""
    markers: list[MapMarker] = field(default_factory=list)
    towns: list[MapTown] = field(default_factory=list)
    ring: MapRing = MapRing()
    own: MapRing = MapRing()


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
class Shown:
    """One thing that the company reads of whoever applies."""

    name: str
    value: str


@dataclass(frozen=True)
class AlsoAt:
    """Another establishment with the same place."""

    offer_id: int
    words: str


@dataclass(frozen=True)
class OfferDetail:
    """Everything a learner reads of an offer, and what its company would read of the learner.

    `answers`, `applicants` and `confirmed` say honestly what to expect; an empty one has too little to say.
    """

    offer_id: int = 0
    title: str = ""
    company: str = ""
    establishment: str = ""
    municipality: str = ""
    distance: str = ""
    days: str = ""
    days_fit: bool = False
    days_words: str = ""
    scheme: str = ""
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
    pay_from: str = ""
    pay: list[PayRow] = field(default_factory=list)
    minor_notes: list[str] = field(default_factory=list)
    who_answers: str = ""
    answers: str = ""
    applicants: str = ""
    confirmed: str = ""
    is_open: bool = False
    has_enough: bool = False
    closed_words: str = ""
    applied_id: int = 0
    shown: list[Shown] = field(default_factory=list)
    similar: list[OfferCard] = field(default_factory=list)


@dataclass(frozen=True)
class RankedOffer:
    """One of the first results: the offer, what it is called, where, and its points."""

    offer_id: int
    title: str
    where: str
    points: float
