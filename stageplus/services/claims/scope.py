"""Which claims somebody decides on: operators that recorded an agrément there, else those of the province; OFFA all."""

from typing import Any

from sqlmodel import Session, col, or_, select

from stageplus.domain.actors import Actor, Role
from stageplus.domain.claims import ClaimState
from stageplus.domain.errors import NotFound
from stageplus.models import (
    Approval,
    ApprovalRecord,
    Company,
    CompanyClaim,
    Establishment,
    Municipality,
    Operator,
    OperatorMember,
    Person,
    Place,
)


def decided_by(actor: Actor) -> list[Any]:
    """Return the conditions under which a claim is the actor's to look into; unconfirmed ones are nobody's."""
    is_confirmed = CompanyClaim.state != ClaimState.UNCONFIRMED
    if actor.role is Role.OFFA:
        return [is_confirmed]
    ours = _records().where(ApprovalRecord.operator_id == actor.operator_id)
    nobodys = ~_records().where(col(ApprovalRecord.operator_id).is_not(None)).exists()
    return [is_confirmed, or_(ours.exists(), nobodys & _near(actor.operator_id))]


def claim_for(session: Session, actor: Actor, claim_id: int) -> CompanyClaim:
    """Return a claim that the actor may decide on; raises `NotFound` for any other."""
    found = session.exec(select(CompanyClaim).where(CompanyClaim.id == claim_id, *decided_by(actor))).first()
    if found is None:
        raise NotFound
    return found


def own_claim(session: Session, actor: Actor, claim_id: int) -> CompanyClaim:
    """Return the actor's own claim; raises `NotFound` for anybody else's."""
    mine = select(CompanyClaim).where(CompanyClaim.id == claim_id, CompanyClaim.person_id == actor.person_id)
    found = session.exec(mine).first()
    if found is None:
        raise NotFound
    return found


def establishment_of(session: Session, claim: CompanyClaim) -> Establishment | None:
    """Return the establishment that both numbers of a claim name; nothing when they do not belong together."""
    wanted = select(Establishment).join(Company).where(Establishment.number == claim.establishment_number)
    return session.exec(wanted.where(Company.enterprise_number == claim.enterprise_number)).first()


def deciders_of(session: Session, claim: CompanyClaim) -> list[Operator]:
    """List the operators that decide on a claim; none means that only OFFA does."""
    recorded = (
        select(ApprovalRecord.operator_id)
        .join(Approval, col(Approval.id) == ApprovalRecord.approval_id)
        .join(Establishment, col(Establishment.id) == Approval.establishment_id)
        .where(Establishment.number == claim.establishment_number)
    )
    found = session.exec(select(Operator).where(col(Operator.id).in_(recorded))).all()
    if found:
        return list(found)
    here = select(Municipality.province).join(Place, col(Place.municipality_ins) == Municipality.ins)
    near = select(Operator).join(Municipality, col(Operator.municipality_ins) == Municipality.ins)
    near = near.where(col(Municipality.province).in_(here.where(Place.postal_code == claim.postal_code)))
    return list(session.exec(near).all())


def staff_of(session: Session, operators: list[Operator]) -> list[Person]:
    """List the people of some operators, for mails to them."""
    wanted = [operator.id for operator in operators]
    staff = select(Person).join(OperatorMember).where(col(OperatorMember.operator_id).in_(wanted))
    return list(session.exec(staff.order_by(col(Person.id))))


def _records() -> Any:
    joined = select(ApprovalRecord.id).join(Approval, col(Approval.id) == ApprovalRecord.approval_id)
    placed = joined.join(Establishment, col(Establishment.id) == Approval.establishment_id)
    return placed.where(Establishment.number == CompanyClaim.establishment_number)


def _near(operator_id: int | None) -> Any:
    mine = select(Municipality.province).join(Operator, col(Operator.municipality_ins) == Municipality.ins)
    places = select(Place.postal_code).join(Municipality, col(Municipality.ins) == Place.municipality_ins)
    mine = mine.where(Operator.id == operator_id)
    return col(CompanyClaim.postal_code).in_(places.where(col(Municipality.province).in_(mine)))
