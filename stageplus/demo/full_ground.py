"""What every part of the large world shares: its size, its dice, its moment, and where people and houses are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import TypeVar

from sqlmodel import Session, col, select

from stageplus.demo import words
from stageplus.demo.crowd import Ground, common_ground
from stageplus.models import Municipality, Place, Trade
from stageplus.texts.formats import day_in_brussels

DAYS = 730
"""Of the past that the world has."""
MAILBOXES = "grand.demo.test"
BUSY_MONTHS = {8: 2.0, 9: 2.6, 10: 2.2, 7: 0.8, 12: 0.7}
"""From the end of August to the end of October most places are looked for."""
Thing = TypeVar("Thing")
ENDINGS = ("ba", "lo", "mi", "ne", "du", "ra", "ti", "vé", "so", "kou", "pla", "gre", "jan", "fé", "lu", "za")


@dataclass(frozen=True)
class Size:
    """How many of each the large world adds to the small one; the plain size is what the site is planned for."""

    learners: int = 35_000
    companies: int = 10_000
    offers: int = 100_000
    applications: int = 1_000_000


def size_of(applications: int) -> Size:
    """Return the size of a world with so many applications, the rest in proportion."""
    whole = Size()
    share = applications / whole.applications
    learners, companies, offers = (
        max(20, round(count * share)) for count in (whole.learners, whole.companies, whole.offers)
    )
    return Size(learners, companies, offers, applications)


@dataclass(frozen=True)
class Stage:
    """Where the large world is played: its moment, its dice, its trades, towns and postal codes."""

    now: datetime
    today: date
    chance: Random
    size: Size
    ground: Ground
    postal_codes: dict[str, str]
    of_sector: dict[str, list[Trade]]
    of_basin: dict[str, list[Municipality]]
    trade_reach: list[float]
    town_reach: list[float]

    def trade(self) -> Trade:
        """Return a trade; those of the small world come most often."""
        return self.chance.choices(self.ground.trades, cum_weights=self.trade_reach)[0]

    def town(self) -> Municipality:
        """Return a town."""
        return self.chance.choices(self.ground.towns, cum_weights=self.town_reach)[0]

    def last_name(self) -> str:
        """Return a name that nobody has."""
        ending = "".join(self.chance.choices(ENDINGS, k=self.chance.choice((2, 3)))).capitalize()
        return f"{self.chance.choice(words.LAST_NAMES)}-{ending}"

    def minutes(self, low: float, high: float) -> timedelta:
        """Return a time between two numbers of days."""
        return timedelta(minutes=int(1440 * (low + (high - low) * self.chance.random())))

    def days_of_the_past(self, count: int) -> list[datetime]:
        """Return so many moments of the past two years in their order, more of them in busy months."""
        days = [self.now - timedelta(days=ago) for ago in range(DAYS, 0, -1)]
        reach = list(accumulate(BUSY_MONTHS.get(day.month, 1.0) for day in days))
        chosen = self.chance.choices(days, cum_weights=reach, k=count)
        return sorted(day + self.minutes(0, 0.99) for day in chosen)


def the_stage(session: Session, size: Size, now: datetime) -> Stage:
    """Read where the world is played; its trades and towns of most are those of the small world."""
    chance = Random(size.applications)  # noqa: S311 — a story, not a secret
    ground = common_ground(session, chance, ([code for code, *_rest in words.TRADES], words.TOWNS))
    codes: dict[str, str] = {}
    for place in session.exec(select(Place).order_by(col(Place.postal_code))):
        codes.setdefault(place.municipality_ins, place.postal_code)
    return Stage(
        now,
        day_in_brussels(now),
        chance,
        size,
        ground,
        codes,
        _by(ground.trades, "sector_code"),
        _by(ground.towns, "basin_code"),
        list(accumulate(ground.trade_weights)),
        list(accumulate(ground.town_weights)),
    )


def _by(things: Sequence[Thing], name: str) -> dict[str, list[Thing]]:
    found: dict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        found[getattr(thing, name)].append(thing)
    return found
