"""Finds open offers: the words and the place are understood first, then a bounded number of offers is read and ranked.

However many offers there are, some `CANDIDATES` of them leave the database: per trade or per near municipality the
freshest, and whatever comes first of the far ones. So ten times the offers cost little more.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Select, Subquery, func, select
from sqlmodel import Session, SQLModel

from stageplus.db.open_offers import Branch, Opened, first_offers
from stageplus.domain.applications import LIVE
from stageplus.services.offers.filters import Candidate, Filters

CANDIDATES = 200
BEYOND = 100
MOST_BRANCHES = 40
LOOKED_AT = 4
"""With filters in the statement, so many times more offers are looked at, the freshest: a rare choice costs no more."""
# The tables themselves: reading through the models takes longer than the database does.
_OFFERS, _APPLICATIONS, _RATES = (SQLModel.metadata.tables[name] for name in ("offer", "application", "answer_rate"))
OFFER, APPLICATION, RATE = _OFFERS.c, _APPLICATIONS.c, _RATES.c
COLUMNS = SimpleNamespace(
    offer_id=OFFER.id,
    trade=OFFER.trade_code,
    sector=OFFER.sector_code,
    scheme=OFFER.scheme_code,
    municipality=OFFER.municipality_ins,
    days=OFFER.company_days,
    years=OFFER.years,
    published_at=OFFER.published_at,
    starts_from=OFFER.starts_from,
    day_starts_at=OFFER.day_starts_at,
    day_ends_at=OFFER.day_ends_at,
    licence_needed=OFFER.licence_needed,
    language=OFFER.language,
    places=OFFER.places,
    places_taken=OFFER.places_taken,
    has_enough=OFFER.intake_paused | OFFER.at_cap,
)
"""What is read of an offer, by the names that filters and ranking use."""


@dataclass(frozen=True)
class Wanted:
    """What to find: any of the trades, all of the words, in the municipalities (anywhere when empty).

    `trades` say how well each fits what was typed, the best 1. `beyond` are municipalities to look into as well, for
    what there is when nothing is near. `since` leaves out what was published up to then.
    """

    trades: Mapping[str, float]
    words: tuple[str, ...] = ()
    near: Mapping[str, float] = field(default_factory=dict)
    beyond: frozenset[str] = frozenset()
    filters: Filters = field(default_factory=Filters)
    since: datetime | None = None


@dataclass(frozen=True)
class Found:
    """The offers that fit, those beyond the municipalities asked for, and whether there are more of either."""

    near: list[Candidate]
    beyond: list[Candidate]
    more: bool = False
    more_beyond: bool = False


def candidates(session: Session, wanted: Wanted, today: date) -> Found:
    """Read a bounded number of open offers, in one statement, and say whether there may be more."""
    branches = _branches(wanted)
    opened = Opened(today, wanted.words, wanted.near, wanted.beyond, wanted.since)
    rows = session.execute(_read(first_offers(session, opened, branches), wanted.filters)).all()
    read = Counter(row[-1] for row in rows)
    full = {branches[number].beyond for number, count in read.items() if count == branches[number].limit}
    near = {row[0]: Candidate(*row[:-1]) for row in rows if not branches[row[-1]].beyond}
    beyond = {row[0]: Candidate(*row[:-1]) for row in rows if branches[row[-1]].beyond}
    return Found(list(near.values()), list(beyond.values()), False in full, True in full)


def _read(found: Subquery, filters: Filters) -> Select[Any]:
    """Read of the offers found those that pass the filters, with what ranking needs."""
    waiting = (
        select(func.count())
        .where(APPLICATION.offer_id == found.c.id, APPLICATION.status.in_(sorted(LIVE)))
        .scalar_subquery()
    )
    rates = (func.coalesce(RATE.received, 0), func.coalesce(RATE.answered, 0))
    rated = found.join(_OFFERS, OFFER.id == found.c.id).outerjoin(_RATES, RATE.company_id == OFFER.company_id)
    read: Select[Any] = select(*vars(COLUMNS).values(), waiting, *rates, found.c.branch).select_from(rated)
    return read.where(*filters.conditions(COLUMNS)).limit(CANDIDATES) if filters.names else read


def _branches(wanted: Wanted) -> list[Branch]:
    branches = _near(wanted)
    if wanted.near and wanted.beyond:
        column = "trade_code" if wanted.trades else ""
        trades = tuple(sorted(wanted.trades))
        branches.append(Branch(BEYOND, column, trades, by_freshness=False, beyond=True, inside=True))
    if not wanted.filters.names:
        return branches
    return [replace(each, limit=each.limit * LOOKED_AT) for each in branches]


def _near(wanted: Wanted) -> list[Branch]:
    inside = bool(wanted.near)
    if wanted.trades:
        return _one_by_one("trade_code", sorted(wanted.trades), inside=inside)
    if wanted.near and not wanted.words:
        return _one_by_one("municipality_ins", list(wanted.near), inside=False)
    # A word leads to few offers, or to any: sorting them all by freshness would read them all.
    return [Branch(CANDIDATES, by_freshness=not wanted.words, inside=inside)]


def _one_by_one(column: str, values: list[str], *, inside: bool) -> list[Branch]:
    first, rest = values[:MOST_BRANCHES], tuple(values[MOST_BRANCHES:])
    limit = CANDIDATES // (len(first) + bool(rest))
    branches = [Branch(limit, column, (value,), inside=inside) for value in first]
    return [*branches, Branch(limit, column, rest, by_freshness=False, inside=inside)] if rest else branches
