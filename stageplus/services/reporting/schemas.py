"""Counts that coaches, OFFA and everybody read; never a person."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class FollowedOffer:
    """An offer of a coach's sectors, with counts only."""

    offer_id: int
    title: str
    company: str
    municipality: str
    sector: str
    status: str
    status_words: str
    places: str
    applications: int
    answered: int
    ends: str


@dataclass(frozen=True)
class SectorTotal:
    """What a sector counts."""

    sector: str
    open_offers: int
    places_left: int
    applications: int
    answered: int


@dataclass(frozen=True)
class CoachView:
    """The sectors of a coach and their offers."""

    sectors: list[SectorTotal] = field(default_factory=list)
    offers: list[FollowedOffer] = field(default_factory=list)


@dataclass(frozen=True)
class Figure:
    """One number with its name."""

    label: str
    value: str


@dataclass(frozen=True)
class SiteTotals:
    """What OFFA watches: people, places, applications, and the health of the site."""

    figures: list[Figure] = field(default_factory=list)
    applications: list[Figure] = field(default_factory=list)
    health: list[Figure] = field(default_factory=list)
    is_healthy: bool = True


@dataclass(frozen=True)
class PublicTotals:
    """The real numbers of the front page."""

    offers: str = ""
    trades: str = ""
    municipalities: str = ""
