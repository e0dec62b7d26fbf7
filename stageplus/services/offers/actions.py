"""Keeps the words by which search finds an offer, and takes offers out of sight with their agrément."""

from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, func, select, update

from stageplus.domain.actors import Actor
from stageplus.domain.offers import OFFER_LIFE, OfferStatus
from stageplus.models import Company, Establishment, Offer, OfferChange, OfferWord
from stageplus.services.notifications.live import tell
from stageplus.services.offers.lexicon import SILENT, words_of

PAUSES = ("suspend", "halt")


def refresh_words(session: Session, offer: Offer) -> None:
    """Write the words of a published offer, and none for any other; part of the transaction that changes it."""
    session.exec(delete(OfferWord).where(col(OfferWord.offer_id) == offer.id))
    if offer.status is OfferStatus.PUBLISHED:
        company = session.get_one(Company, offer.company_id)
        establishment = session.get_one(Establishment, offer.establishment_id)
        session.add_all(words_for(offer, company.name, establishment.name))
        session.flush()


def words_for(offer: Offer, *names: str) -> list[OfferWord]:
    """Return one row for each word of an offer and of who offers it."""
    words = set(words_of(" ".join([offer.tasks, *names]))) - SILENT
    return [
        OfferWord(word=word, municipality_ins=offer.municipality_ins, offer_id=offer.id or 0) for word in sorted(words)
    ]


def halt_offers(
    session: Session, actor: Actor, establishment_id: int, trade_code: str, note: str, now: datetime
) -> list[Offer]:
    """Suspend at once the published offers that a lost agrément carried, and return them; `note` says why."""
    carried = select(Offer).where(Offer.establishment_id == establishment_id, Offer.trade_code == trade_code)
    published = carried.where(Offer.status == OfferStatus.PUBLISHED).order_by(col(Offer.id)).with_for_update()
    return [offer for offer in session.exec(published) if _takes(session, actor, offer, "halt", note, now)]


def restore_offers(
    session: Session, actor: Actor, establishment_id: int, trade_code: str, note: str, now: datetime
) -> list[Offer]:
    """Publish again the offers that were suspended for their agrément only, and return them.

    What its company suspended, before or since, stays suspended; what has expired meanwhile its company renews.
    """
    last = aliased(OfferChange)
    last_pause = (
        select(func.max(last.id)).where(last.offer_id == Offer.id, col(last.step).in_(PAUSES)).scalar_subquery()
    )
    halted = select(Offer).join(OfferChange, col(OfferChange.id) == last_pause).where(OfferChange.step == "halt")
    carried = halted.where(Offer.establishment_id == establishment_id, Offer.trade_code == trade_code)
    waiting = carried.where(Offer.status == OfferStatus.SUSPENDED, Offer.ends_on >= now.date())
    found = session.exec(waiting.order_by(col(Offer.id))).all()
    return [offer for offer in found if _takes(session, actor, offer, "restore", note, now)]


def _takes(session: Session, actor: Actor, offer: Offer, step: str, note: str, now: datetime) -> bool:
    before = offer.status
    after = OFFER_LIFE.after(step, before, actor.role)
    mine = update(Offer).where(col(Offer.id) == offer.id, col(Offer.status) == before)
    if session.exec(mine.values(status=after, updated_at=now)).rowcount != 1:
        return False
    session.refresh(offer)
    change = OfferChange(offer_id=offer.id or 0, step=step, status=after, role=actor.role, at=now, note=note[:500])
    change.person_id = actor.person_id
    session.add(change)
    refresh_words(session, offer)
    tell(session, f"company:{offer.company_id}", f"offer:{offer.id}", f"sector:{offer.sector_code}", "site")
    return True
