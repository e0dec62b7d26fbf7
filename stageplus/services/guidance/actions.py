"""Use cases of following a learner: write a note, plan the next contact, nudge a company that has not answered."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, func, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.applications import TO_ANSWER
from stageplus.domain.errors import InvalidInput, NotFound, NotPossible
from stageplus.domain.guidance import Situation
from stageplus.domain.refusals import StaffNudgedAlready
from stageplus.models import Application, FollowUp, LearnerNote, StaffNudge
from stageplus.services.applications.queries import application_in
from stageplus.services.guidance import letters
from stageplus.services.guidance.queries import guidance_in
from stageplus.services.guidance.schemas import FollowUpInput, Guidance, NoteInput
from stageplus.services.notifications.live import tell
from stageplus.services.placements.queries import learner_followed
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels


def write_note(
    actor: Actor | None, learner_id: int, data: NoteInput, *, now: datetime, on: Engine | None = None
) -> Guidance:
    """Write a note about a learner whom one follows: for the staff of the same operator, and the learner on request."""
    actor = require(actor, Permission.LEARNER_FOLLOW)
    with transaction(on) as session:
        learner_followed(session, actor, learner_id)
        who = {"operator_id": actor.operator_id or 0, "person_id": actor.person_id}
        session.add(LearnerNote(learner_id=learner_id, words=data.words, at=now, **who))
        session.flush()
        tell(session, f"operator:{actor.operator_id}")
        return guidance_in(session, actor, learner_id, now)


def erase_note(
    actor: Actor | None, learner_id: int, note_id: int, *, now: datetime, on: Engine | None = None
) -> Guidance:
    """Erase a note that one wrote oneself; raises `NotFound` for a colleague's, or another learner's."""
    actor = require(actor, Permission.LEARNER_FOLLOW)
    with transaction(on) as session:
        learner_followed(session, actor, learner_id)
        mine = delete(LearnerNote).where(col(LearnerNote.id) == note_id, col(LearnerNote.learner_id) == learner_id)
        if not session.exec(mine.where(col(LearnerNote.person_id) == actor.person_id)).rowcount:
            raise NotFound
        tell(session, f"operator:{actor.operator_id}")
        return guidance_in(session, actor, learner_id, now)


def plan_contact(
    actor: Actor | None, learner_id: int, data: FollowUpInput, *, now: datetime, on: Engine | None = None
) -> Guidance:
    """Say where a learner's search stands and when to speak next; raises `InvalidInput` for a day that is over."""
    actor = require(actor, Permission.LEARNER_FOLLOW)
    if data.next_contact_on is not None and data.next_contact_on < day_in_brussels(now):
        raise InvalidInput({"next_contact_on": _("Cette date est déjà passée.")})
    with transaction(on) as session:
        learner = learner_followed(session, actor, learner_id)
        # Two colleagues who save at once wait for each other here: the row is made once.
        session.refresh(learner, with_for_update={"key_share": True})
        kept = session.get(FollowUp, learner_id) or FollowUp(learner_id=learner_id, **data.model_dump(), changed_at=now)
        kept.sqlmodel_update(data.model_dump() | {"changed_at": now, "changed_by": actor.person_id})
        session.add(kept)
        session.flush()
        tell(session, f"operator:{actor.operator_id}")
        return guidance_in(session, actor, learner_id, now)


def plan_each(
    session: Session, actor: Actor, learner_ids: list[int], situation: Situation | None, day: date | None, now: datetime
) -> None:
    """Plan the same for several learners, held by the caller's transaction; what is not said stays as it was.

    Whoever was followed by nobody begins as « cherche de son côté ».
    """
    said = {"situation": situation, "next_contact_on": day}
    changed = {name: value for name, value in said.items() if value} | {
        "changed_at": now,
        "changed_by": actor.person_id,
    }
    kept = session.exec(select(FollowUp).where(col(FollowUp.learner_id).in_(learner_ids))).all()
    for row in kept:
        session.add(row.sqlmodel_update(changed))
    known = {row.learner_id for row in kept}
    first: dict[str, Any] = {"situation": Situation.SEARCHING} | changed
    session.add_all(FollowUp(learner_id=each, **first) for each in learner_ids if each not in known)


def nudge_company(
    actor: Actor | None, learner_id: int, application_id: int, *, now: datetime, on: Engine | None = None
) -> Guidance:
    """Ask a company, politely and by mail, to answer one of one's learners, once in the days in force.

    Raises `NotPossible` for what is answered, `StaffNudgedAlready` when a colleague or oneself has done it lately.
    """
    actor = require(actor, Permission.LEARNER_FOLLOW)
    with transaction(on) as session:
        learner_followed(session, actor, learner_id)
        mine = select(Application).where(Application.id == application_id, Application.learner_id == learner_id)
        # Held, so that two colleagues at once write one mail.
        application = session.exec(mine.with_for_update(key_share=True)).first()
        if application is None:
            raise NotFound
        if application.status not in TO_ANSWER:
            raise NotPossible("nudge", application.status)
        _check_patience(session, application_id, now)
        session.add(StaffNudge(application_id=application_id, person_id=actor.person_id, at=now))
        session.flush()
        letters.nudged_by_staff(session, application_in(session, application_id), now)
        tell(session, f"operator:{actor.operator_id}")
        return guidance_in(session, actor, learner_id, now)


def _check_patience(session: Session, application_id: int, now: datetime) -> None:
    days = float(parameter_in_force(session, "staff_nudge_days", day_in_brussels(now)))
    last = session.exec(select(func.max(StaffNudge.at)).where(StaffNudge.application_id == application_id)).one()
    if last is not None and now - last < timedelta(days=days):
        raise StaffNudgedAlready
