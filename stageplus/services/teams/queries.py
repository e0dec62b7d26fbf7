"""Who acts for which establishments of a company."""

from typing import Any

from sqlmodel import Session, col, or_, select

from stageplus.domain.actors import Actor
from stageplus.models import Company, CompanyClaim, CompanyMember, Establishment, MemberEstablishment, Person


def acts_at(actor: Actor, company_id: Any, establishment_id: Any) -> Any:
    """Return the condition under which the actor acts for an establishment of a company, both given as columns."""
    named = select(MemberEstablishment.establishment_id).where(MemberEstablishment.person_id == actor.person_id)
    member = select(CompanyMember.person_id).where(
        CompanyMember.person_id == actor.person_id,
        CompanyMember.company_id == actor.company_id,
        CompanyMember.company_id == company_id,
        or_(col(CompanyMember.everywhere), establishment_id.in_(named)),
    )
    return member.exists()


def claimed_by(actor: Actor) -> Any:
    """Return the condition under which an establishment is the one of the actor's waiting claim: both numbers fit."""
    claim = (
        select(CompanyClaim.id)
        .join(Company, col(Company.enterprise_number) == CompanyClaim.enterprise_number)
        .where(
            CompanyClaim.id == actor.claim_id,
            CompanyClaim.person_id == actor.person_id,
            CompanyClaim.establishment_number == Establishment.number,
            Company.id == Establishment.company_id,
        )
    )
    return claim.exists()


def people_at(session: Session, establishment: Establishment) -> list[Person]:
    """List the people who act for an establishment, for mails to them."""
    named = select(MemberEstablishment.person_id).where(MemberEstablishment.establishment_id == establishment.id)
    members = select(Person).join(CompanyMember).where(CompanyMember.company_id == establishment.company_id)
    acting = members.where(or_(col(CompanyMember.everywhere), col(Person.id).in_(named)))
    return list(session.exec(acting.order_by(col(Person.id))))


def administrators_of(session: Session, company_id: int) -> list[Person]:
    """List the administrators of a company, for mails to them."""
    members = select(Person).join(CompanyMember).where(CompanyMember.company_id == company_id)
    return list(session.exec(members.where(col(CompanyMember.is_admin)).order_by(col(Person.id))))
