"""Whose second factor somebody may reset."""

from sqlmodel import Session, col, or_, select

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import NotFound
from stageplus.models import Approval, ApprovalState, CompanyMember, Establishment, Learner, OperatorMember, Person


def person_in_reach(session: Session, actor: Actor, person_id: int) -> Person:
    """Load a person whose access the actor answers for: everybody but oneself for OFFA; for an operator's staff, its
    learners (of the one implantation that the member is of) and the people of companies that hold an approval of that
    operator. Raises `NotFound`.
    """
    wanted = select(Person).where(Person.id == person_id, Person.id != actor.person_id)
    if actor.role is not Role.OFFA:
        mine = select(OperatorMember.implantation_id).where(OperatorMember.person_id == actor.person_id)
        only = mine.where(OperatorMember.operator_id == actor.operator_id).scalar_subquery()
        learners = select(Learner.person_id).where(
            Learner.operator_id == actor.operator_id, or_(only.is_(None), col(Learner.implantation_id) == only)
        )
        companies = (
            select(CompanyMember.person_id)
            .join(Establishment, col(Establishment.company_id) == CompanyMember.company_id)
            .join(Approval, col(Approval.establishment_id) == Establishment.id)
            .where(Approval.operator_id == actor.operator_id, Approval.state == ApprovalState.GRANTED)
        )
        wanted = wanted.where(or_(col(Person.id).in_(learners), col(Person.id).in_(companies)))
    found = session.exec(wanted).first()
    if found is None:
        raise NotFound
    return found
