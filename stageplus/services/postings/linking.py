"""One offer for several establishments: linked offers, each with a life of its own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from stageplus.domain.actors import Actor
from stageplus.domain.offers import OfferStatus
from stageplus.models import Approval, ApprovalState, Establishment, LinkedOffer, Offer
from stageplus.services.moderation.actions import examine_words
from stageplus.services.moderation.queries import remarks_on
from stageplus.services.postings.capacity import hold_establishment
from stageplus.services.postings.copying import copied
from stageplus.services.postings.rules import barrier, faults_of, limits_in, silenced
from stageplus.services.postings.schemas import DAYS, STATUS_WORDS, YEARS, Extended, LinkedRow
from stageplus.services.postings.scope import establishments_of
from stageplus.services.postings.steps import move, must_be_in_a_living_scheme
from stageplus.services.postings.wording import written_words
from stageplus.services.postings.writing import end_of_life

ENDED = (OfferStatus.FILLED, OfferStatus.CLOSED, OfferStatus.EXPIRED)


def linked_rows(session: Session, offer: Offer) -> list[LinkedRow]:
    """List the other offers of the same group, as their company sees them."""
    found = session.exec(_in_group(offer).where(Offer.id != offer.id).order_by(col(Establishment.name), col(Offer.id)))
    return [LinkedRow(other.id or 0, place.name, STATUS_WORDS[other.status]) for other, place in found]


def free_places(session: Session, actor: Actor, offer: Offer) -> list[Establishment]:
    """List the actor's other establishments with a granted agrément for the trade and no living offer of the group."""
    taken = _in_group(offer).where(col(Offer.status).not_in(ENDED)).with_only_columns(Offer.establishment_id)
    granted = select(Approval.establishment_id).where(
        Approval.trade_code == offer.trade_code, Approval.state == ApprovalState.GRANTED
    )
    mine = establishments_of(actor).where(
        Establishment.company_id == offer.company_id,
        col(Establishment.id).in_(granted),
        col(Establishment.id).not_in(taken),
        Establishment.id != offer.establishment_id,
    )
    return list(session.exec(mine.order_by(Establishment.name, Establishment.id)))


def extend(session: Session, actor: Actor, offer: Offer, chosen: Sequence[int], now: datetime) -> Extended:
    """Make a linked offer in each chosen establishment, and publish those that nothing holds back.

    Raises `SchemeOver` when the dispositif is closed: each would be a new offer in it.
    """
    must_be_in_a_living_scheme(session, offer, now)
    done = Extended()
    for place in free_places(session, actor, offer):
        if place.id in chosen:
            published = _linked(session, actor, offer, place, now)
            done = replace(done, published=done.published + published, drafts=done.drafts + (not published))
    return done


def _linked(session: Session, actor: Actor, offer: Offer, place: Establishment, now: datetime) -> bool:
    group = _group_of(session, offer)
    earlier = len(session.exec(_in_group(offer).where(Offer.establishment_id == place.id)).all())
    key = sha256(f"link:{group}:{place.id}:{earlier}".encode()).hexdigest()[:32]
    draft = copied(offer, key, actor, end_of_life(session, now), now)
    draft.establishment_id, draft.municipality_ins = place.id or 0, place.municipality_ins
    draft.transport = draft.accessibility = ""
    session.add(draft)
    session.flush()
    session.add(LinkedOffer(offer_id=draft.id or 0, group_key=group))
    return _published(session, actor, draft, now)


def _published(session: Session, actor: Actor, draft: Offer, now: datetime) -> bool:
    hold_establishment(session, draft)
    days, years = _ticked(draft.company_days, DAYS), _ticked(draft.years, YEARS)
    typed = written_words(draft) | {"days": days, "years": years}
    if faults_of(typed, limits_in(session, draft, now)) or barrier(session, draft) or silenced(session, draft, now):
        return False
    move(session, actor, draft, "publish", now, published_at=now, ends_on=end_of_life(session, now))
    examine_words(session, actor, draft, (), remarks_on(draft.model_dump()), now)
    return True


def _group_of(session: Session, offer: Offer) -> str:
    known = session.get(LinkedOffer, offer.id)
    if known is None:
        known = LinkedOffer(offer_id=offer.id or 0, group_key=offer.form_key)
        session.add(known)
        session.flush()
    return known.group_key


def _in_group(offer: Offer) -> Any:
    own = select(LinkedOffer.group_key).where(LinkedOffer.offer_id == offer.id)
    others = select(LinkedOffer.offer_id).where(col(LinkedOffer.group_key).in_(own))
    found = select(Offer, Establishment).join(Establishment, col(Offer.establishment_id) == Establishment.id)
    return found.where(col(Offer.id).in_(others))


def _ticked(bits: int, offered: range) -> list[str]:
    return [str(number) for number in offered if bits >> number & 1]
