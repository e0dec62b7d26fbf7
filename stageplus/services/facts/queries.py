"""Until when the figures of each day are counted."""

from datetime import date, datetime, timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from stageplus.models import FactMark

LOOKS_BACK = timedelta(days=1)
"""What the logs of the last day say is counted again each time: answers may be taken back, sights come after midnight,
and what two people write at once is not committed in the order of its moments."""

ALL, ALL_OPERATORS = "*", -1
"""Where a sum of a month is of every sector, every basin, every operator."""


def month_of(day: date) -> str:
    """Name a month as the sums of months do."""
    return day.isoformat()[:7]


def counted_until(session: Session) -> datetime | None:
    """Return until when figures are counted; nothing before the first time."""
    mark = session.get(FactMark, 1)
    return mark.counted_until if mark else None


def settled_until(session: Session) -> datetime | None:
    """Return until when figures are counted for good: no run of the task counts those days again."""
    until = counted_until(session)
    return until - LOOKS_BACK if until else None


def hold_figures(session: Session) -> FactMark:
    """Return the mark, which nobody else holds until the transaction ends: no day is counted by two at once."""
    dialect = session.connection().dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    session.execute(insert(FactMark).values(id=1).on_conflict_do_nothing())
    return session.get_one(FactMark, 1, with_for_update=True)
