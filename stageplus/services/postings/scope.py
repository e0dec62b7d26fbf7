"""What a member of a company may see: its establishments, or the one that the membership names."""

from typing import Any

from sqlmodel import Session, col, or_, select

from stageplus.domain.actors import Actor
from stageplus.domain.errors import NotFound
from stageplus.models import CompanyMember, Establishment, Offer


def establishments_of(actor: Actor) -> Any:
    """Select the establishments that the actor acts for."""
    member = select(CompanyMember.person_id).where(
        CompanyMember.person_id == actor.person_id,
        CompanyMember.company_id == Establishment.company_id,
        or_(col(CompanyMember.establishment_id).is_(None), CompanyMember.establishment_id == Establishment.id),
    )
    return select(Establishment).where(Establishment.company_id == actor.company_id, member.exists())


def own_offer(session: Session, actor: Actor, offer_id: int) -> Offer:
    """Return an offer of the actor's establishments; raises `NotFound` for any other."""
    mine = establishments_of(actor).with_only_columns(Establishment.id)
    statement = select(Offer).where(Offer.id == offer_id, col(Offer.establishment_id).in_(mine))
    found = session.exec(statement).first()
    if found is None:
        raise NotFound
    return found
