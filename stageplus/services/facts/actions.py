"""Keeps the figures of each day up with the logs, and counts them all again."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import col, delete, or_

from stageplus.db.engine import reading, transaction
from stageplus.models import FactDay, FactMonth
from stageplus.services.facts.counting import count_days, days_moved_since, first_day, span_of
from stageplus.services.facts.queries import hold_figures, settled_until
from stageplus.services.facts.stocks import count_stocks
from stageplus.texts.formats import day_in_brussels

AT_ONCE = 7
"""Days that one transaction counts: few enough for others to write in between, also where a year is counted again."""


def count_facts(*, now: datetime, on: Engine | None = None, at_once: int = AT_ONCE) -> int:
    """Bring the figures up to this moment and say how many were written: only the days since the last time.

    A few days a transaction, and a mark after each: a run that stops is gone on with. Again harmless.
    """
    last = day_in_brussels(now)
    with reading(on) as session:
        settled = settled_until(session)
        first = min(last, day_in_brussels(settled) if settled else first_day(session) or last)
        moved = days_moved_since(session, settled) if settled else set()
    again = [(day, day) for day in sorted(moved) if day < first]
    written = sum(_count(*span, now, on) for span in [*again, *_spans(first, last, at_once)])
    with transaction(on) as session:
        hold_figures(session)
        return written + count_stocks(session, last)


def _spans(first: date, last: date, at_once: int) -> Iterator[tuple[date, date]]:
    """Cut days into spans; one that goes beyond its month ends with a month, whose days are then added up once."""
    while first <= last:
        until = min(last, first + timedelta(days=at_once - 1))
        if until < last and until.month != first.month:
            until = until.replace(day=1) - timedelta(days=1)
        yield first, until
        first = until + timedelta(days=1)


def _count(first: date, last: date, now: datetime, on: Engine | None) -> int:
    """Count some days and move the mark to their end, never back."""
    with transaction(on) as session:
        mark = hold_figures(session)
        written = count_days(session, first, last, now)
        end = min(now, span_of(first, last)[1])
        mark.counted_until = max(mark.counted_until or end, end)
        session.add(mark)
        return written


def rebuild_facts(*, now: datetime, on: Engine | None = None) -> int:
    """Count every day again from the logs and say how many figures there are; days that no log knows lose theirs.

    Open pages read the figures of a day as they were until its turn comes.
    """
    with transaction(on) as session:
        mark = hold_figures(session)
        mark.counted_until = None
        session.add(mark)
        first, last = first_day(session) or day_in_brussels(now), day_in_brussels(now)
        session.exec(delete(FactDay).where(or_(col(FactDay.day) < first, col(FactDay.day) > last)))
        session.exec(delete(FactMonth))
    return count_facts(now=now, on=on)
