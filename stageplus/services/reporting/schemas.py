"""Counts that coaches, OFFA and everybody read; never a person."""

from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from stageplus.services.inputs import Input, Line, Yes

Tone = Literal["neutral", "warning", "danger"]


class FollowedSearch(Input):
    """Which offers of his sectors a coach lists: `without` an application, ending `soon`."""

    text: Line = ""
    sector: Line = ""
    state: Literal["ouvertes", "suspendues", "pourvues", "cloturees", "expirees", "toutes"] = "ouvertes"
    without: Yes = False
    soon: Yes = False
    sort: Literal["fin", "recentes", "candidatures", "entreprise"] = "fin"
    page: int = Field(default=1, ge=1, le=100_000)


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
    applications: str
    answered: str
    ends: str
    ends_soon: bool


@dataclass(frozen=True)
class SectorTotal:
    """What the open offers of a sector count."""

    sector: str
    open_offers: str
    places_left: str
    without_application: str
    ending_soon: str
    applications: str
    answered: str


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
class Figure:
    """One number with its name; `share` is its part of the whole in per cent, `tone` warns."""

    label: str
    value: str
    share: int = 0
    tone: Tone = "neutral"


@dataclass(frozen=True)
class JobRow:
    """A timed job: what it does, its last run, how that went and when the next one is due.

    `failures` says how often it failed in a row, `duration` how long the last run took and `rows` what it treated.
    """

    name: str
    explanation: str
    last_run: str
    result: str
    due: str
    state: str
    state_words: str
    duration: str = "—"
    rows: str = "—"
    failures: str = "0"


@dataclass(frozen=True)
class SiteTotals:
    """What OFFA watches: people, places, applications, and the health of the site."""

    figures: list[Figure] = field(default_factory=list)
    applications: list[Figure] = field(default_factory=list)
    mails: list[Figure] = field(default_factory=list)
    jobs: list[JobRow] = field(default_factory=list)
    is_healthy: bool = True


@dataclass(frozen=True)
class PublicTotals:
    """The real numbers of the front page."""

    offers: str = ""
    trades: str = ""
    municipalities: str = ""


@dataclass(frozen=True)
class RetentionPeriods:
    """How long personal data are kept, in words, from the parameters in force."""

    ended_application: str = ""
    inactive_warning: str = ""
    inactive_account: str = ""
    after_registration: str = ""
    unused_invitation: str = ""
    notices: str = ""
    logs: str = ""
