"""Use cases of sharing learners out: who looks after whom, and the same plan for several at once."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import InvalidInput, NotFound
from stageplus.models import Learner, LearnerAssignment, OperatorMember, Person
from stageplus.services.caseload.schemas import NOBODY, Changed, SeveralInput
from stageplus.services.followup.queries import enrolled_with
from stageplus.services.guidance.actions import plan_each
from stageplus.services.inputs import identifier
from stageplus.services.notifications.live import tell
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels


def follow_several(actor: Actor | None, data: SeveralInput, *, now: datetime, on: Engine | None = None) -> Changed:
    """Assign some of the actor's learners to a colleague or to nobody, and plan the same for all of them.

    A learner of somebody else's is not there. Whoever is of an implantation that the colleague may not see keeps whom
    they had. Raises `InvalidInput` when nobody or nothing is chosen, for a day that is over or for somebody who is no
    colleague; `NotFound` when none of them is the actor's.
    """
    actor = require(actor, Permission.LEARNER_FOLLOW)
    _check(data, now)
    with transaction(on) as session:
        learners = _mine(session, actor, data)
        left = _assign(session, actor, learners, data.staff, now) if data.staff else 0
        if data.situation or data.next_contact_on:
            ids = [each.id or 0 for each in learners]
            plan_each(session, actor, ids, data.situation, data.next_contact_on, now)
        tell(session, f"operator:{actor.operator_id}")
        return Changed(len(learners), left)


def _check(data: SeveralInput, now: datetime) -> None:
    wrong = {}
    if not data.learners:
        wrong["learners"] = _("Cochez d’abord au moins une personne dans la liste.")
    if not (data.staff or data.situation or data.next_contact_on):
        wrong["form"] = _("Choisissez ce qui change : le suivi, la situation ou le prochain contact.")
    if data.next_contact_on is not None and data.next_contact_on < day_in_brussels(now):
        wrong["next_contact_on"] = _("Cette date est déjà passée.")
    if wrong:
        raise InvalidInput(wrong)


def _mine(session: Session, actor: Actor, data: SeveralInput) -> list[Learner]:
    """Return which of these are the actor's; colleagues who act at once wait for each other here."""
    mine = select(Learner).where(*enrolled_with(actor), col(Learner.id).in_(data.learners))
    found = list(session.exec(mine.order_by(col(Learner.id)).with_for_update(key_share=True)))
    if not found:
        raise NotFound
    return found


def _assign(session: Session, actor: Actor, learners: list[Learner], staff: str, now: datetime) -> int:
    """Give the learners to a colleague who may see them, or to nobody; say how many were left as they were."""
    taken = learners if staff == NOBODY else _seen_by(session, actor, learners, identifier(staff))
    ids = [each.id or 0 for each in taken]
    session.exec(delete(LearnerAssignment).where(col(LearnerAssignment.learner_id).in_(ids)))
    if staff != NOBODY:
        who = {"operator_id": actor.operator_id or 0, "person_id": identifier(staff), "assigned_by": actor.person_id}
        session.add_all(LearnerAssignment(learner_id=each, **who, at=now) for each in ids)
    return len(learners) - len(taken)


def _seen_by(session: Session, actor: Actor, learners: list[Learner], person_id: int) -> list[Learner]:
    member = select(OperatorMember).join(Person).where(OperatorMember.person_id == person_id)
    member = member.where(OperatorMember.operator_id == actor.operator_id, col(Person.suspended_at).is_(None))
    found = session.exec(member).first()
    if found is None:
        raise InvalidInput({"staff": _("Cette personne n’est pas, ou plus, de votre équipe.")})
    return [each for each in learners if found.implantation_id in {None, each.implantation_id}]
