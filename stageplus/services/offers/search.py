"""Finds open offers: the words and the place are understood first, then a bounded number of offers is read and ranked.

However many offers there are, some `CANDIDATES` of them leave the database: per trade or per near municipality the
freshest, and whatever comes first of the far ones. So ten times the offers cost little more.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, literal, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from stageplus.domain.offers import OfferStatus
from stageplus.models import Learner, Offer, OfferWord

CANDIDATES = 1000
BEYOND = 500
MOST_BRANCHES = 60


@dataclass(frozen=True)
class Wanted:
    """What to find: any of the trades, all of the words and days, in the municipalities (anywhere when empty).

    `trades` say how well each fits what was typed, the best 1. `beyond` are municipalities to look into as well, for
    what there is when nothing is near. `since` leaves out what was published up to then.
    """

    trades: Mapping[str, float]
    words: tuple[str, ...] = ()
    near: Mapping[str, float] = field(default_factory=dict)
    beyond: frozenset[str] = frozenset()
    no_licence: bool = False
    days: int = 0
    since: datetime | None = None


@dataclass(frozen=True)
class Branch:
    """One part of the union; `by_freshness` costs little only where an index has that order."""

    where: list[Any]
    limit: int
    by_freshness: bool = True
    beyond: bool = False


@dataclass(frozen=True)
class Candidate:
    """What ranking needs of an offer."""

    offer_id: int
    trade: str
    municipality: str
    days: int
    published_at: datetime


@dataclass(frozen=True)
class Found:
    """The offers that fit, those beyond the municipalities asked for, and whether there are more of either."""

    near: list[Candidate]
    beyond: list[Candidate]
    more: bool = False
    more_beyond: bool = False


def candidates(session: Session, wanted: Wanted, today: date) -> Found:
    """Read a bounded number of open offers, in one statement, and say whether there are more."""
    opened, branches = _open(wanted, today), _branches(wanted)
    freshest_first = opened.order_by(col(Offer.published_at).desc(), col(Offer.id).desc())
    parts = [
        (freshest_first if each.by_freshness else opened).where(*each.where).limit(each.limit) for each in branches
    ]
    numbered = [select(part.subquery(), literal(number)) for number, part in enumerate(parts)]
    rows = session.execute(union_all(*numbered)).all()
    read = Counter(row[-1] for row in rows)
    full = {branches[number].beyond for number, count in read.items() if count == branches[number].limit}
    near = {row[0]: Candidate(*row[:-1]) for row in rows if not branches[row[-1]].beyond}
    beyond = {row[0]: Candidate(*row[:-1]) for row in rows if branches[row[-1]].beyond}
    return Found(list(near.values()), list(beyond.values()), False in full, True in full)


def ranked(
    found: Sequence[Candidate], wanted: Wanted, learner: Learner, distances: Mapping[str, float], by_distance: bool
) -> list[Candidate]:
    """Order the candidates: what was typed, my trade and days, then distance, then freshness; or by distance alone."""

    def place(each: Candidate) -> tuple[Any, ...]:
        distance = distances.get(each.municipality, 0.0)
        newest = -each.published_at.timestamp()
        if by_distance:
            return (distance, newest)
        misfit = (each.trade != learner.trade_code) + (not days_fit(each.days, learner.company_days))
        return (-wanted.trades.get(each.trade, 0.0), misfit, distance, newest)

    return sorted(found, key=place)


def days_fit(offered: int, mine: int) -> bool:
    """Say whether all my company days are days of the offer."""
    return offered & mine == mine


def _open(wanted: Wanted, today: date) -> Select[Any]:
    columns = (Offer.id, Offer.trade_code, Offer.municipality_ins, Offer.company_days, Offer.published_at)
    statement: Select[Any] = select(*columns)  # type: ignore[call-overload]
    for position, word in enumerate(wanted.words):
        known = _word(position)
        here = and_(col(known.offer_id) == Offer.id, col(known.municipality_ins) == Offer.municipality_ins)
        statement = statement.join(known, here).where(col(known.word) == word)
    statement = statement.where(col(Offer.status) == OfferStatus.PUBLISHED, col(Offer.ends_on) >= today)
    if wanted.since:
        statement = statement.where(col(Offer.published_at) > wanted.since)
    if wanted.days:
        statement = statement.where(col(Offer.company_days).bitwise_and(wanted.days) == wanted.days)
    return statement.where(col(Offer.licence_needed).is_(False)) if wanted.no_licence else statement


def _branches(wanted: Wanted) -> list[Branch]:
    if not wanted.near:
        return _near(wanted)
    return [*_near(wanted), *([_beyond(wanted)] if wanted.beyond else [])]


def _near(wanted: Wanted) -> list[Branch]:
    if wanted.trades:
        near = [_lies(wanted, list(wanted.near))] if wanted.near else []
        return _one_by_one(Offer.trade_code, sorted(wanted.trades), near)
    if wanted.near and not wanted.words:
        return _one_by_one(Offer.municipality_ins, list(wanted.near), [])
    # A word leads to few offers, or to any: sorting them all by freshness would read them all.
    return [Branch([_lies(wanted, list(wanted.near))] if wanted.near else [], CANDIDATES, not wanted.words)]


def _beyond(wanted: Wanted) -> Branch:
    trades = [col(Offer.trade_code).in_(sorted(wanted.trades))] if wanted.trades else []
    return Branch([*trades, _lies(wanted, sorted(wanted.beyond))], BEYOND, by_freshness=False, beyond=True)


def _lies(wanted: Wanted, municipalities: list[str]) -> Any:
    """Ask where the index that leads to the offers has it: beside the word, or beside the trade."""
    if wanted.words and not wanted.trades:
        return col(_word(0).municipality_ins).in_(municipalities)
    return col(Offer.municipality_ins).in_(municipalities)


@cache
def _word(position: int) -> Any:
    return aliased(OfferWord, name=f"word_{position}")


def _one_by_one(column: Any, values: list[str], others: list[Any]) -> list[Branch]:
    first, rest = values[:MOST_BRANCHES], values[MOST_BRANCHES:]
    limit = CANDIDATES // (len(first) + bool(rest))
    branches = [Branch([col(column) == value, *others], limit) for value in first]
    return [*branches, Branch([col(column).in_(rest), *others], limit, by_freshness=False)] if rest else branches
