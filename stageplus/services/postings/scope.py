"""What a member of a company may see: its establishments, or those that the membership names."""

from typing import Any

from sqlmodel import Session, col, select

from stageplus.domain.actors import Actor
from stageplus.domain.errors import NotFound
from stageplus.models import Establishment, Offer
from stageplus.services.teams.queries import acts_at, claimed_by


def establishments_of(actor: Actor) -> Any:
    """Select the establishments that the actor acts for, or claims to act for while the claim waits."""
    if actor.claim_id is not None:
        return select(Establishment).where(claimed_by(actor))
    return select(Establishment).where(acts_at(actor, Establishment.company_id, Establishment.id))


def own_offer(session: Session, actor: Actor, offer_id: int) -> Offer:
    """Return an offer of the actor's establishments; raises `NotFound` for any other."""
    found = session.exec(select(Offer).where(Offer.id == offer_id, *offers_of(actor))).first()
    if found is None:
        raise NotFound
    return found


def offers_of(actor: Actor) -> list[Any]:
    """Return the conditions under which an offer is the actor's: drafts of a claim are their author's alone."""
    if actor.claim_id is not None:
        claimed = establishments_of(actor).with_only_columns(Establishment.id)
        return [col(Offer.establishment_id).in_(claimed), Offer.claim_id == actor.claim_id]
    return [acts_at(actor, Offer.company_id, Offer.establishment_id), col(Offer.claim_id).is_(None)]
