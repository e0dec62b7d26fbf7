"""Keeps the words by which search finds an offer, and takes offers out of sight without an agrément or an answer."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, func, select, update

from stageplus.db.words import remember_words
from stageplus.domain.actors import Actor
from stageplus.domain.offers import OFFER_LIFE, OfferStatus
from stageplus.models import Approval, ApprovalState, Company, Establishment, Offer, OfferChange, OfferWord
from stageplus.services.notifications.live import tell
from stageplus.services.offers.words import SILENT, words_of
from stageplus.services.teams.queries import somebody_acts

PAUSES = ("suspend", "halt")


def refresh_words(session: Session, offer: Offer) -> None:
    """Write the words of a published offer, and none for any other; part of the transaction that changes it."""
    session.exec(delete(OfferWord).where(col(OfferWord.offer_id) == offer.id))
    if offer.status is OfferStatus.PUBLISHED:
        company = session.get_one(Company, offer.company_id)
        establishment = session.get_one(Establishment, offer.establishment_id)
        words = words_for(offer, company.name, establishment.name)
        session.add_all(words)
        remember_words(session, [each.word for each in words])
        session.flush()


def words_for(offer: Offer, *names: str) -> list[OfferWord]:
    """Return one row for each word of an offer and of who offers it."""
    words = set(words_of(" ".join([offer.tasks, *names]))) - SILENT
    return [
        OfferWord(word=word, municipality_ins=offer.municipality_ins, offer_id=offer.id or 0) for word in sorted(words)
    ]


def halt_offers(session: Session, actor: Actor | None, which: Any, note: str, now: datetime) -> list[Offer]:
    """Suspend at once the published offers that lost what they need, and return them; `note` says why.

    An offer needs a granted agrément, and somebody whose account is open and who can answer.
    """
    published = select(Offer).where(which, Offer.status == OfferStatus.PUBLISHED).order_by(col(Offer.id))
    found = session.exec(published.with_for_update()).all()
    return [offer for offer in found if _takes(session, actor, offer, "halt", note, now)]


def restore_offers(session: Session, actor: Actor | None, which: Any, note: str, now: datetime) -> list[Offer]:
    """Publish again the offers that were halted and lack nothing any more, and return them.

    What its company suspended, before or since, stays suspended; what has expired meanwhile its company renews.
    """
    last = aliased(OfferChange)
    last_pause = (
        select(func.max(last.id)).where(last.offer_id == Offer.id, col(last.step).in_(PAUSES)).scalar_subquery()
    )
    halted = select(Offer).join(OfferChange, col(OfferChange.id) == last_pause).where(OfferChange.step == "halt")
    whole = halted.where(which, _is_approved(), somebody_acts(Offer.company_id, Offer.establishment_id))
    waiting = whole.where(Offer.status == OfferStatus.SUSPENDED, Offer.ends_on >= now.date())
    found = session.exec(waiting.order_by(col(Offer.id))).all()
    return [offer for offer in found if _takes(session, actor, offer, "restore", note, now)]


def _is_approved() -> Any:
    granted = select(Approval.id).where(
        Approval.establishment_id == Offer.establishment_id,
        Approval.trade_code == Offer.trade_code,
        Approval.state == ApprovalState.GRANTED,
    )
    return granted.exists()


def _takes(session: Session, actor: Actor | None, offer: Offer, step: str, note: str, now: datetime) -> bool:
    before = offer.status
    role, person_id = (actor.role, actor.person_id) if actor else (None, None)
    after = OFFER_LIFE.after(step, before, role)
    mine = update(Offer).where(col(Offer.id) == offer.id, col(Offer.status) == before)
    if session.exec(mine.values(status=after, updated_at=now)).rowcount != 1:
        return False
    session.refresh(offer)
    change = OfferChange(offer_id=offer.id or 0, step=step, status=after, role=role, at=now, note=note[:500])
    change.person_id = person_id
    session.add(change)
    refresh_words(session, offer)
    tell(session, f"company:{offer.company_id}", f"offer:{offer.id}", f"sector:{offer.sector_code}", "site")
    return True
