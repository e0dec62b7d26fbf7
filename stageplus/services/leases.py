"""Who runs a timed job at this moment: one process at a time, also when several serve the same database."""

from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, or_, select, update

from stageplus.db.engine import transaction
from stageplus.models import JobLease

DEMO_MARK = "demo-world"
"""A row that no job holds: it marks a database with the invented world."""


def take_lease(
    name: str, holder: str, length: timedelta, *, now: datetime, on: Engine | None = None, early: bool = False
) -> bool:
    """Take the lease of a job unless another holder has it; one that ran out belongs to whoever asks.

    `early` also takes one that nobody holds before its next time.
    """
    free = or_(col(JobLease.until) <= now, col(JobLease.holder).in_([holder, ""] if early else [holder]))
    mine = update(JobLease).where(col(JobLease.name) == name, free).values(holder=holder, until=now + length)
    with transaction(on) as session:
        if session.exec(mine).rowcount:
            return True
    try:
        with transaction(on) as session:
            session.add(JobLease(name=name, holder=holder, until=now + length))
        return True
    except IntegrityError:
        return False


def end_lease(
    name: str,
    holder: str,
    result: str,
    until: datetime,
    *,
    now: datetime,
    on: Engine | None = None,
    milliseconds: int = 0,
    rows: int | None = 0,
) -> None:
    """Write down how a run went and when the next one may start, if the lease is still this holder's.

    `rows` is how many things it treated; nothing for a run that failed, which adds to the failures in a row.
    """
    mine = update(JobLease).where(col(JobLease.name) == name, col(JobLease.holder) == holder)
    ran = {"last_run_at": now, "last_result": result[:300], "last_milliseconds": milliseconds, "last_rows": rows or 0}
    failed = {"failures": JobLease.failures + 1, "failed_at": now} if rows is None else {"failures": 0}
    with transaction(on) as session:
        session.exec(mine.values(holder="", until=until, **ran, **failed))


def job_leases(session: Session) -> list[JobLease]:
    """List the leases of jobs, in the order of their names; the mark of a demonstration is none."""
    known = select(JobLease).where(JobLease.name != DEMO_MARK)
    return list(session.exec(known.order_by(col(JobLease.name))))
