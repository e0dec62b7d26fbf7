"""Finds open offers: the words and the place are understood first, then a bounded number of offers is read and ranked.

However many offers there are, at most `CANDIDATES` of them leave the database: per municipality or per trade, the
freshest. So ten times the offers cost little more.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from stageplus.domain.offers import OfferStatus
from stageplus.models import Learner, Offer, OfferWord

CANDIDATES = 1000
FEWEST_PER_BRANCH = 6
MOST_BRANCHES = 200


@dataclass(frozen=True)
class Wanted:
    """What to find: any of the trades, all of the words, in the municipalities (all of them when empty)."""

    trades: frozenset[str]
    words: tuple[str, ...]
    near: Mapping[str, float]
    no_licence: bool = False


@dataclass(frozen=True)
class Candidate:
    """What ranking needs of an offer."""

    offer_id: int
    trade: str
    municipality: str
    days: int
    published_at: datetime


def candidates(session: Session, wanted: Wanted, today: date) -> list[Candidate]:
    """Read a bounded number of open offers, in one statement."""
    branches = _branches(wanted)
    limit = max(FEWEST_PER_BRANCH, CANDIDATES // len(branches))
    opened = _open(wanted, today)
    # A word already leads to few offers, or to any: sorting them all by freshness would read them all.
    sorted_first = opened if wanted.words and not wanted.trades else opened.order_by(col(Offer.published_at).desc())
    parts = [sorted_first.where(*branch).limit(limit).subquery() for branch in branches]
    rows = session.execute(union_all(*[select(part) for part in parts]))
    seen = {row[0]: Candidate(*row) for row in rows}
    return list(seen.values())[:CANDIDATES] if len(branches) == 1 else list(seen.values())


def ranked(
    found: Sequence[Candidate], learner: Learner, near: Mapping[str, float], by_distance: bool, only_my_days: bool
) -> list[Candidate]:
    """Order the candidates: my trade and days, then distance, then freshness; or by distance alone."""
    kept = [each for each in found if not only_my_days or days_fit(each.days, learner.company_days)]

    def place(each: Candidate) -> tuple[Any, ...]:
        distance = near.get(each.municipality, 0.0)
        newest = -each.published_at.timestamp()
        if by_distance:
            return (distance, newest)
        misfit = (each.trade != learner.trade_code) + (not days_fit(each.days, learner.company_days))
        return (misfit, distance, newest)

    return sorted(kept, key=place)


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
    return statement.where(col(Offer.licence_needed).is_(False)) if wanted.no_licence else statement


def _branches(wanted: Wanted) -> list[list[Any]]:
    if wanted.trades:
        near = [col(Offer.municipality_ins).in_(list(wanted.near))] if wanted.near else []
        return [[condition, *near] for condition in _equal(Offer.trade_code, sorted(wanted.trades)[:MOST_BRANCHES])]
    if wanted.near and not wanted.words:
        return [[condition] for condition in _equal(Offer.municipality_ins, list(wanted.near)[:MOST_BRANCHES])]
    return [[]]


def _equal(column: Any, values: Collection[str]) -> list[Any]:
    return [col(column) == value for value in values]
