"""What a sector coach asks for and reads: offers, companies and counts; never a learner."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from stageplus.services.inputs import Input, Line, Yes

Tone = Literal["neutral", "warning", "danger"]
OFFERS, COMPANIES = "/coach/offres", "/coach/entreprises"
"""Where the two lists are; their files are beside them."""
OFFER_WORDS: Mapping[str, str] = {
    "q": "text",
    "secteur": "sector",
    "etat": "state",
    "sans": "without",
    "attente": "waiting",
    "bientot": "soon",
    "tri": "sort",
    "masquees": "hidden",
    "page": "page",
}
"""The address bar's words for the fields of `FollowedSearch`."""
COMPANY_WORDS: Mapping[str, str] = {
    "q": "text",
    "secteur": "sector",
    "etat": "state",
    "tri": "sort",
    "masquees": "hidden",
    "page": "page",
}
"""The address bar's words for the fields of `CompanySearch`."""
OFFER_COLUMNS = ("entreprise", "commune", "etat", "places", "candidatures", "repondues", "fin")
COMPANY_COLUMNS = ("situation", "agrements", "offres", "places", "activite", "reponses", "rappel")
"""The columns of both lists that one may hide; the first one, which names the row, always shows."""


def _among(columns: Collection[str]) -> Any:
    """Read names of columns with hyphens between; what the list does not know is left out."""

    def read(typed: Any) -> Any:
        return [each for each in columns if each in typed.split("-")] if isinstance(typed, str) else typed

    return BeforeValidator(read)


class FollowedSearch(Input):
    """Which offers of his sectors a coach lists: `without` an application, `waiting` for an answer, ending `soon`.

    `hidden` names the columns that he does not want to see.
    """

    text: Line = ""
    sector: Line = ""
    state: Literal["ouvertes", "suspendues", "pourvues", "cloturees", "expirees", "toutes"] = "ouvertes"
    without: Yes = False
    waiting: Yes = False
    soon: Yes = False
    sort: Literal["fin", "recentes", "candidatures", "entreprise"] = "fin"
    hidden: Annotated[tuple[str, ...], _among(OFFER_COLUMNS)] = ()
    page: int = Field(default=1, ge=1, le=100_000)


class CompanySearch(Input):
    """Which companies of his sectors a coach lists, without the columns that he has `hidden`."""

    text: Line = ""
    sector: Line = ""
    state: Literal["toutes", "en-ligne", "muettes", "jamais", "nouveaux", "a-rappeler", "ecrites"] = "toutes"
    sort: Literal["nom", "activite", "offres", "reponses", "rappel"] = "nom"
    hidden: Annotated[tuple[str, ...], _among(COMPANY_COLUMNS)] = ()
    page: int = Field(default=1, ge=1, le=100_000)


@dataclass(frozen=True)
class FollowedOffer:
    """An offer of a coach's sectors, with counts only."""

    offer_id: int
    title: str
    company_id: int
    company: str
    municipality: str
    sector: str
    status: str
    status_words: str
    places: str
    applications: str
    answered: str
    ends: str
    ends_soon: bool


@dataclass(frozen=True)
class FollowedPage:
    """One page of the offers of a coach's sectors; `sectors` are his, by code and name."""

    rows: list[FollowedOffer] = field(default_factory=list)
    sectors: list[tuple[str, str]] = field(default_factory=list)
    found_words: str = ""
    soon_words: str = ""
    page: int = 1
    pages: int = 1


@dataclass(frozen=True)
class FollowedCompany:
    """A company of a coach's sectors; everything but its answers is of those sectors only."""

    company_id: int
    name: str
    towns: str
    approvals: str
    open_offers: str
    places_left: str
    activity: str
    standing: str
    tone: str
    answers: str
    due: str
    is_due: bool


@dataclass(frozen=True)
class CompanyPage:
    """One page of the companies of a coach's sectors; `hint` says what the chosen state means."""

    rows: list[FollowedCompany] = field(default_factory=list)
    sectors: list[tuple[str, str]] = field(default_factory=list)
    found_words: str = ""
    hint: str = ""
    page: int = 1
    pages: int = 1


@dataclass(frozen=True)
class DeskFigure:
    """A figure with its definition, the list that it counts, and what it was before, empty where nobody can know."""

    key: str
    label: str
    value: str
    definition: str = ""
    href: str = ""
    before: str = ""
    tone: Tone = "neutral"


@dataclass(frozen=True)
class SectorLine:
    """The figures of one sector, in the order of those above them."""

    sector: str
    cells: list[DeskFigure] = field(default_factory=list)


@dataclass(frozen=True)
class CallRow:
    """A company to speak with today; `is_late` when the day is over."""

    company_id: int
    company: str
    sector: str
    due: str
    is_late: bool
    last_contact: str


@dataclass(frozen=True)
class Desk:
    """A coach's sectors now; `sectors` is empty when there is but one."""

    figures: list[DeskFigure] = field(default_factory=list)
    sectors: list[SectorLine] = field(default_factory=list)
    calls: list[CallRow] = field(default_factory=list)
    calls_cut: str = ""


@dataclass(frozen=True)
class HouseRow:
    """An establishment with an agrément of the sector; `share` is the part of its capacity that is promised."""

    name: str
    municipality: str
    workers: str
    approvals: str
    capacity: str
    share: int


@dataclass(frozen=True)
class ApprovalRow:
    """An agrément of the sector, and how many offers on line it has."""

    trade: str
    establishment: str
    state: str
    state_words: str
    since: str
    open_offers: str


@dataclass(frozen=True)
class MonthRow:
    """A month of a company: offers published in it, and on line when it ended; `share` of the fullest month."""

    month: str
    published: str
    on_line: str
    share: int


@dataclass(frozen=True)
class CompanySheet:
    """All that a coach reads of one company, but the contacts."""

    company_id: int = 0
    name: str = ""
    number: str = ""
    standing: str = ""
    tone: str = "neutral"
    figures: list[DeskFigure] = field(default_factory=list)
    houses: list[HouseRow] = field(default_factory=list)
    approvals: list[ApprovalRow] = field(default_factory=list)
    months: list[MonthRow] = field(default_factory=list)
    offers: list[FollowedOffer] = field(default_factory=list)
    offers_cut: str = ""
