"""Counts that OFFA and everybody read; never a person."""

from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["neutral", "warning", "danger"]


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
class RefusedMail:
    """A mail that its address refused for good: to whom, masked, of what kind, when, why, and by which code."""

    address: str
    kind: str
    at: str
    reason: str
    code: str


@dataclass(frozen=True)
class DueRow:
    """What one period says to erase: how much is due, when its job last ran, and whether it is late."""

    what: str
    period: str
    waiting: str
    last_run: str
    state: str
    tone: str


@dataclass(frozen=True)
class Keeping:
    """How much is stored, and what is due for erasure."""

    storage: list[Figure] = field(default_factory=list)
    due: list[DueRow] = field(default_factory=list)


@dataclass(frozen=True)
class SiteTotals:
    """What OFFA watches: people, places, applications, and the health of the site.

    `refused` are the latest mails that their addresses refused, `refused_more` how many more there are.
    """

    figures: list[Figure] = field(default_factory=list)
    applications: list[Figure] = field(default_factory=list)
    mails: list[Figure] = field(default_factory=list)
    refused: list[RefusedMail] = field(default_factory=list)
    refused_more: str = ""
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
