"""Ties an enrolment to an account: a new one, or one that comes from another operator with its history."""

from datetime import datetime

from sqlmodel import Session, col, select

from stageplus.domain.errors import AlreadyDone
from stageplus.models import Enrolment, EnrolmentReport, EnrolmentState, Learner, Person, ReportKind
from stageplus.services.enrolment.schemas import SHARED
from stageplus.services.notifications.live import tell


def join(session: Session, enrolment: Enrolment, person: Person, now: datetime) -> Person:
    """Give an enrolment its account; raises `AlreadyDone` when it has one.

    A learner who had another operator keeps applications and history; that operator's staff is told.
    """
    if enrolment.learner_id is not None:
        raise AlreadyDone
    session.add(person)
    session.flush()
    learner = session.exec(select(Learner).where(Learner.person_id == person.id)).first()
    if learner is not None:
        _tell_the_one_before(session, learner, enrolment, now)
    followed = {name: getattr(enrolment, name) for name in SHARED} | {
        "operator_id": enrolment.operator_id,
        "operator_reference": enrolment.reference,
        "birth_year": enrolment.birth_date.year,
        "enrolment_ended_on": None,
    }
    if learner is None:
        learner = Learner(person_id=person.id or 0, **followed)
    learner.sqlmodel_update(followed)
    session.add(learner)
    session.flush()
    enrolment.learner_id, enrolment.activated_at = learner.id, now
    session.add(enrolment)
    session.flush()
    tell(session, f"operator:{enrolment.operator_id}", f"learner:{learner.id}")
    return person


def _tell_the_one_before(session: Session, learner: Learner, enrolment: Enrolment, now: datetime) -> None:
    earlier = select(Enrolment).where(Enrolment.learner_id == learner.id, Enrolment.state == EnrolmentState.ACTIVE)
    for each in session.exec(earlier.where(col(Enrolment.operator_id) != enrolment.operator_id)):
        session.add(EnrolmentReport(enrolment_id=each.id or 0, kind=ReportKind.MOVED, at=now))
        tell(session, f"operator:{each.operator_id}")
