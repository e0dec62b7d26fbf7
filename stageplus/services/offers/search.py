"""Finds open offers: the words and the place are understood first, then a bounded number of offers is read and ranked.

However many offers there are, some `CANDIDATES` of them leave the database: per trade or per near municipality the
freshest, and whatever comes first of the far ones. So ten times the offers cost little more.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, literal, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from stageplus.domain.offers import OfferStatus
from stageplus.models import Learner, Offer, OfferWord

CANDIDATES = 1000
MOST_BRANCHES = 60


@dataclass(frozen=True)
class Wanted:
    """What to find: any of the trades, all of the words and days, in the municipalities (anywhere when empty)."""

    trades: frozenset[str]
    words: tuple[str, ...]
    near: Mapping[str, float]
    no_licence: bool = False
    days: int = 0


@dataclass(frozen=True)
class Branch:
    """One part of the union; `by_freshness` costs little only where an index has that order."""

    where: list[Any]
    by_freshness: bool = True


@dataclass(frozen=True)
class Candidate:
    """What ranking needs of an offer."""

    offer_id: int
    trade: str
    municipality: str
    days: int
    published_at: datetime


def candidates(session: Session, wanted: Wanted, today: date) -> tuple[list[Candidate], bool]:
    """Read a bounded number of open offers, in one statement, and say whether there are more."""
    opened, branches = _open(wanted, today), _branches(wanted)
    limit = CANDIDATES // len(branches)
    freshest_first = opened.order_by(col(Offer.published_at).desc())
    parts = [(freshest_first if each.by_freshness else opened).where(*each.where).limit(limit) for each in branches]
    numbered = [select(part.subquery(), literal(number)) for number, part in enumerate(parts)]
    rows = session.execute(union_all(*numbered)).all()
    found = {row[0]: Candidate(*row[:-1]) for row in rows}
    return list(found.values()), limit in Counter(row[-1] for row in rows).values()


def ranked(
    found: Sequence[Candidate], learner: Learner, near: Mapping[str, float], by_distance: bool
) -> list[Candidate]:
    """Order the candidates: my trade and days, then distance, then freshness; or by distance alone."""

    def place(each: Candidate) -> tuple[Any, ...]:
        distance = near.get(each.municipality, 0.0)
        newest = -each.published_at.timestamp()
        if by_distance:
            return (distance, newest)
        misfit = (each.trade != learner.trade_code) + (not days_fit(each.days, learner.company_days))
        return (misfit, distance, newest)

    return sorted(found, key=place)


def days_fit(offered: int, mine: int) -> bool:
    """Say whether all my company days are days of the offer."""
    return offered & mine == mine


def _open(wanted: Wanted, today: date) -> Select[Any]:
    columns = (Offer.id, Offer.trade_code, Offer.municipality_ins, Offer.company_days, Offer.published_at)
    statement: Select[Any] = select(*columns)  # type: ignore[call-overload]
    for position, word in enumerate(wanted.words):
        known = aliased(OfferWord, name=f"word_{position}")
        here = and_(col(known.offer_id) == Offer.id, col(known.municipality_ins) == Offer.municipality_ins)
        statement = statement.join(known, here).where(col(known.word) == word)
        if position == 0 and wanted.near and not wanted.trades:
            statement = statement.where(col(known.municipality_ins).in_(list(wanted.near)))
    statement = statement.where(col(Offer.status) == OfferStatus.PUBLISHED, col(Offer.ends_on) >= today)
    if wanted.days:
        statement = statement.where(col(Offer.company_days).bitwise_and(wanted.days) == wanted.days)
    return statement.where(col(Offer.licence_needed).is_(False)) if wanted.no_licence else statement


def _branches(wanted: Wanted) -> list[Branch]:
    if wanted.trades:
        near = [col(Offer.municipality_ins).in_(list(wanted.near))] if wanted.near else []
        return _one_by_one(Offer.trade_code, sorted(wanted.trades), near)
    if wanted.near and not wanted.words:
        return _one_by_one(Offer.municipality_ins, list(wanted.near), [])
    # A word leads to few offers, or to any: sorting them all by freshness would read them all.
    return [Branch([], by_freshness=not wanted.words)]


def _one_by_one(column: Any, values: list[str], others: list[Any]) -> list[Branch]:
    first, rest = values[:MOST_BRANCHES], values[MOST_BRANCHES:]
    branches = [Branch([col(column) == value, *others]) for value in first]
    return [*branches, Branch([col(column).in_(rest), *others], by_freshness=False)] if rest else branches
