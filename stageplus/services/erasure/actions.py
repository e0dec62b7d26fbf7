"""Timed work that erases what the dated periods say; a request to be erased will use the same."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, or_, select

from stageplus.db.engine import reading, transaction
from stageplus.models import Application, Enrolment, JournalEntry, Learner, OutboxMessage, Person, SignInSession
from stageplus.services.applications.actions import withdraw_all_of
from stageplus.services.erasure import letters, queries
from stageplus.services.erasure.traces import empty_account, empty_applications
from stageplus.services.registers.queries import months_before

AT_ONCE = 500
"""Rows erased in one transaction: others who write wait no longer than that."""


def erase_applications(*, now: datetime, on: Engine | None = None) -> int:
    """Erase what was written in applications that ended `retention_ended_application_months` ago, and say how many.

    The row stays for the figures: the learner still sees where they applied, the company no longer whom it met.
    """
    erased = 0
    while True:
        with transaction(on) as session:
            due = select(Application.id).where(queries.ended_applications(session, now)).limit(AT_ONCE)
            some = [each or 0 for each in session.exec(due)]
            erased += empty_applications(session, col(Application.id).in_(some), now) if some else 0
        if len(some) < AT_ONCE:
            return erased


def tidy_accounts(*, now: datetime, on: Engine | None = None) -> int:
    """Warn learners who have not come for long, erase those who did not come after that or left, and say how many.

    Lines of rosters that ended as long ago go too. Nobody is erased for sleeping who was not warned in time.
    """
    return _warn(now, on) + _erase(now, on) + _forget_enrolments(now, on)


def forget_logs(*, now: datetime, on: Engine | None = None) -> int:
    """Forget deeds, sessions and mails older than `log_retention_months`, and say how many rows."""
    old = (
        (JournalEntry, queries.old_deeds),
        (SignInSession, queries.old_sessions),
        (OutboxMessage, queries.old_mails),
    )
    with transaction(on) as session:
        return sum(session.exec(delete(table).where(which(session, now))).rowcount for table, which in old)


def _warn(now: datetime, on: Engine | None) -> int:
    with reading(on) as session:
        due = session.exec(select(Learner.id).where(queries.learners_to_warn(session, now))).all()
    return sum(_with_learner(each or 0, queries.learners_to_warn, _tell_sleeper, now, on) for each in due)


def _erase(now: datetime, on: Engine | None) -> int:
    with reading(on) as session:
        due = session.exec(select(Learner.id).where(_to_erase(session, now))).all()
    return sum(_with_learner(each or 0, _to_erase, _erase_learner, now, on) for each in due)


def _with_learner(learner_id: int, which: Any, act: Any, now: datetime, on: Engine | None) -> int:
    """Act on one learner in a transaction of their own, if it still applies: they may have come back meanwhile."""
    with transaction(on) as session:
        wanted = select(Learner).where(Learner.id == learner_id, which(session, now)).with_for_update()
        learner = session.exec(wanted).first()
        if learner is None:
            return 0
        act(session, learner, now)
        return 1


def _to_erase(session: Session, now: datetime) -> Any:
    return or_(queries.sleeping_learners(session, now), queries.learners_who_left(session, now))


def _tell_sleeper(session: Session, learner: Learner, now: datetime) -> None:
    warned = months_before(session, "retention_inactive_learner_warning_months", now)
    notice = warned - months_before(session, "retention_inactive_learner_months", now)
    letters.account_sleeps(session, session.get_one(Person, learner.person_id), now + notice, now)
    learner.warned_at = now
    session.add(learner)


def _erase_learner(session: Session, learner: Learner, now: datetime) -> None:
    withdraw_all_of(session, learner.person_id, now)
    empty_applications(session, col(Application.learner_id) == learner.id, now)
    empty_account(session, learner, now)


def _forget_enrolments(now: datetime, on: Engine | None) -> int:
    with transaction(on) as session:
        return session.exec(delete(Enrolment).where(queries.ended_enrolments(session, now))).rowcount
