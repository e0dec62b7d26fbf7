"""What narrows a search, said once: each rule reads a column of the database and a candidate in memory alike."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, NamedTuple

SATURDAY_AND_SUNDAY = 0b1100000
NONE: frozenset[str] = frozenset()


class Candidate(NamedTuple):
    """What filters and ranking need of an open offer.

    `applications` are those that wait or are in contact; `received` and `answered` are the company's of twelve months;
    `has_enough` when its company wants no more applications for now.
    """

    offer_id: int
    trade: str
    sector: str
    scheme: str
    municipality: str
    days: int
    years: int
    published_at: datetime
    starts_from: date
    day_starts_at: time
    day_ends_at: time
    licence_needed: bool
    language: str
    places: int
    places_taken: int
    has_enough: bool
    applications: int
    received: int
    answered: int


@dataclass(frozen=True)
class Filters:
    """What an offer must be; what is empty narrows nothing.

    `start` is the last day on which it may begin, `days` are the learner's company days, of which none may be
    missing, `evening` the hour from which it is evening.
    """

    trade: str = ""
    sector: str = ""
    start: date | None = None
    days: int = 0
    evening: time | None = None
    no_weekend: bool = False
    no_licence: bool = False
    language: str = ""
    scheme: str = ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Name the filters in use, in the order of the screen."""
        return tuple(each.name for each in fields(self) if getattr(self, each.name))

    def conditions(self, columns: Any) -> list[Any]:
        """Return what the database has to ask of an offer."""
        return [RULES[name](self, columns) for name in self.names]

    def missed_by(self, offer: Candidate) -> frozenset[str]:
        """Name the filters in use that an offer does not pass."""
        if not self.names:
            return NONE
        return frozenset(name for name in self.names if not RULES[name](self, offer))


def days_fit(offered: int, mine: int) -> bool:
    """Say whether all my company days are days of the offer."""
    return offered & mine == mine


def _bits(value: Any, mask: int) -> Any:
    return value & mask if isinstance(value, int) else value.bitwise_and(mask)


def _before_the_evening(wanted: Filters, offer: Any) -> Any:
    """Say whether a working day ends before the evening; one that ends before it begins goes through the night."""
    return (offer.day_ends_at <= wanted.evening) & (offer.day_ends_at > offer.day_starts_at)


RULES: dict[str, Callable[[Filters, Any], Any]] = {
    "trade": lambda wanted, offer: offer.trade == wanted.trade,
    "sector": lambda wanted, offer: offer.sector == wanted.sector,
    "start": lambda wanted, offer: offer.starts_from <= wanted.start,
    "days": lambda wanted, offer: _bits(offer.days, wanted.days) == wanted.days,
    "evening": _before_the_evening,
    "no_weekend": lambda _wanted, offer: _bits(offer.days, SATURDAY_AND_SUNDAY) == 0,
    "no_licence": lambda _wanted, offer: offer.licence_needed == False,  # noqa: E712 — a column has no `not`
    "language": lambda wanted, offer: offer.language == wanted.language,
    "scheme": lambda wanted, offer: offer.scheme == wanted.scheme,
}
