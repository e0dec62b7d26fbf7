"""How often and how fast an establishment answers: said honestly, or not at all (our own rule)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from math import ceil
from statistics import median

SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Received:
    """An application as it counts for its establishment; `is_over` when it ended without the company's doing."""

    sent_at: datetime
    due_on: date
    answered_at: datetime | None = None
    is_over: bool = False


@dataclass(frozen=True)
class Pause:
    """A pause of an offer that others than its company decided; it lasts while it has no end."""

    since: datetime
    until: datetime | None = None


def time_to_answer(sent_at: datetime, pauses: Iterable[Pause], now: datetime) -> timedelta:
    """Return how long a company has been able to answer an application: since it was sent, without those pauses."""
    lost = timedelta()
    for pause in pauses:
        lost += max(timedelta(), (pause.until or now) - max(pause.since, sent_at))
    return now - sent_at - lost


def silences_in_a_row(latest_first: Iterable[bool]) -> int:
    """Count the applications in a row that ended in silence, from the latest back to the last one answered."""
    return len(list(takewhile(bool, latest_first)))


@dataclass(frozen=True)
class Habit:
    """How many applications were answered of how many, and within how many days as a rule (the median, rounded up)."""

    received: int
    answered: int
    days: int


def answering_habit(received: Iterable[Received], today: date, least: int) -> Habit | None:
    """Say how an establishment answers; nothing when fewer than `least` applications count.

    One that was not answered counts once its answer was due, and never when the learner or the clock ended it before.
    """
    counting = [each for each in received if each.answered_at is not None or (each.due_on < today and not each.is_over)]
    if len(counting) < least:
        return None
    waits = [(each.answered_at - each.sent_at).total_seconds() for each in counting if each.answered_at is not None]
    days = max(1, ceil(median(waits) / SECONDS_A_DAY)) if waits else 0
    return Habit(len(counting), len(waits), days)
