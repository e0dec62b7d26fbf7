"""Adds up the facts of a month, at each grain at which pages read it: from the facts of its days and nothing else."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

from sqlalchemy import String, cast
from sqlmodel import Session, case, col, delete, func, insert, literal, select

from stageplus.domain.happenings import Measure
from stageplus.domain.months import month_after
from stageplus.models import FactDay, FactMonth
from stageplus.services.facts.queries import ALL, ALL_OPERATORS, month_of

SPLIT = ("sector_code", "basin_code", "operator_id")
EVERY = (ALL, ALL, ALL_OPERATORS)
COLUMNS = ("month", *SPLIT, "scheme_code", "measure", "sent_month", "waited", "count")


def sum_months(session: Session, first: date, last: date) -> None:
    """Put the sums of every month that some days touch in the place of those that were there."""
    for month in _months(first, last):
        session.exec(delete(FactMonth).where(col(FactMonth.month) == month_of(month)))
        session.execute(insert(FactMonth).from_select(COLUMNS, _finest(month)))
        for kept in product((True, False), repeat=len(SPLIT)):
            if not all(kept):
                session.execute(insert(FactMonth).from_select(COLUMNS, _coarser(month, kept)))


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = month_after(month)


def _finest(month: date) -> Any:
    sent = func.substr(cast(FactDay.sent_on, String), 1, 7)
    waited = case((col(FactDay.measure) == Measure.ANSWERED, FactDay.waited), else_=0)
    split = [*(col(getattr(FactDay, name)) for name in (*SPLIT, "scheme_code", "measure")), sent, waited]
    columns: list[Any] = [literal(month_of(month)), *split, func.sum(FactDay.count)]
    read: Any = select(*columns)
    return read.where(FactDay.day >= month, FactDay.day < month_after(month)).group_by(*split)


def _coarser(month: date, kept: tuple[bool, ...]) -> Any:
    """Add up the finest sums of a month over the parts that are not kept."""
    named = [col(getattr(FactMonth, name)) for name in SPLIT]
    split = [column if is_kept else literal(every) for column, every, is_kept in zip(named, EVERY, kept, strict=True)]
    rest = [col(getattr(FactMonth, name)) for name in ("scheme_code", "measure", "sent_month", "waited")]
    by = [column for column, is_kept in zip(named, kept, strict=True) if is_kept]
    finest = [column != every for column, every in zip(named, EVERY, strict=True)]
    columns: list[Any] = [literal(month_of(month)), *split, *rest, func.sum(FactMonth.count)]
    read: Any = select(*columns)
    return read.where(FactMonth.month == month_of(month), *finest).group_by(*by, *rest)
