"""The log of consultations: written by whatever shows a learner's data to somebody else, forgotten after its months."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, delete

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.models import Consultation
from stageplus.services.erasure.queries import old_consultations
from stageplus.texts.formats import day_in_brussels


def note_consultation(
    session: Session, actor: Actor, learner_id: int, application_id: int | None, now: datetime
) -> None:
    """Write, in the transaction that shows it, that somebody opened an application, or a sheet without one.

    Once a person, application and day: a second look the same day, at the same time or not, adds nothing.
    """
    row = {
        "learner_id": learner_id,
        "application_id": application_id,
        "person_id": actor.person_id,
        "role": actor.role,
        "company_id": actor.company_id,
        "operator_id": actor.operator_id,
        "day": day_in_brussels(now),
        "at": now,
    }
    session.execute(_insert(session).values(**row).on_conflict_do_nothing())


def note_consultations(session: Session, actor: Actor, learner_ids: list[int], now: datetime) -> None:
    """Write, in the transaction that takes them along, that somebody read the sheets of several learners."""
    who = {"person_id": actor.person_id, "role": actor.role, "operator_id": actor.operator_id}
    moment = {"day": day_in_brussels(now), "at": now}
    if learner_ids:
        rows = [{"learner_id": each} | who | moment for each in learner_ids]
        session.execute(_insert(session).on_conflict_do_nothing(), rows)


def forget_consultations(*, now: datetime, on: Engine | None = None) -> int:
    """Forget who looked at what once the log is older than the months in force, and say how many rows."""
    with transaction(on) as session:
        return session.exec(delete(Consultation).where(old_consultations(session, now))).rowcount


def _insert(session: Session) -> Any:
    is_sqlite = session.connection().dialect.name == "sqlite"
    return (sqlite.insert if is_sqlite else postgresql.insert)(Consultation)
