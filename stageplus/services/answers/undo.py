"""Taking an answer back: everything is as it was before, the places too, and its learner never knew."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import NotPossible
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import AnswerTold
from stageplus.models import Application, ApplicationChange, HeldAnswer, Introduction, Offer, OfferChange
from stageplus.services.applications.actions import AS_BEFORE, weigh_offer
from stageplus.services.notifications.actions import drop_held_letters
from stageplus.services.offers.actions import refresh_words
from stageplus.services.placements.actions import recount_place


def take_back(session: Session, person_id: int, key: str, now: datetime) -> list[int]:
    """Undo what one press answered, if its author may still take it back; return the applications concerned.

    Raises `AnswerTold` once the time is over, or for an answer of somebody else, `NotPossible` when the operator has
    taken over already.
    """
    mine = select(HeldAnswer).where(HeldAnswer.key == key, HeldAnswer.person_id == person_id)
    held = session.exec(mine.order_by(col(HeldAnswer.application_id))).all()
    if not held or any(each.until <= now for each in held):
        raise AnswerTold
    offers = _held_offers(session, held)
    for each in held:
        _restore(session, each, offers)
    drop_held_letters(session, key)
    for offer in offers.values():
        session.refresh(offer)
        refresh_words(session, offer)
        weigh_offer(session, offer)
    return [each.application_id for each in held]


def _held_offers(session: Session, held: Sequence[HeldAnswer]) -> dict[int, Offer]:
    """Hold the offers first: as whoever accepts does, so that both wait for each other there and never cross."""
    theirs = select(Application.offer_id).where(col(Application.id).in_([each.application_id for each in held]))
    wanted = select(Offer).where(col(Offer.id).in_(theirs)).order_by(col(Offer.id))
    return {offer.id or 0: offer for offer in session.exec(wanted.with_for_update(key_share=True))}


def _restore(session: Session, held: HeldAnswer, offers: dict[int, Offer]) -> None:
    gone = delete(HeldAnswer).where(col(HeldAnswer.application_id) == held.application_id)
    if session.exec(gone.where(col(HeldAnswer.key) == held.key)).rowcount != 1:
        raise AnswerTold
    application = session.get_one(Application, held.application_id)
    was_accepted = application.status is ApplicationStatus.ACCEPTED
    before = {name: getattr(held, name) for name in AS_BEFORE}
    session.exec(update(Application).where(col(Application.id) == held.application_id).values(**before))
    session.exec(delete(ApplicationChange).where(col(ApplicationChange.id) == held.change_id))
    session.expunge(held)
    session.refresh(application)
    if was_accepted:
        _give_place_back(session, application, offers[application.offer_id], held)


def _give_place_back(session: Session, application: Application, offer: Offer, held: HeldAnswer) -> None:
    introduced = delete(Introduction).where(col(Introduction.application_id) == application.id)
    if session.exec(introduced.where(col(Introduction.taken_over_at).is_(None))).rowcount != 1:
        raise NotPossible("take back", ApplicationStatus.ACCEPTED)
    taken = update(Offer).where(col(Offer.id) == offer.id, col(Offer.places_taken) > 0)
    session.exec(taken.values(places_taken=Offer.places_taken - 1))
    if held.filled:
        full = update(Offer).where(col(Offer.id) == offer.id, col(Offer.status) == OfferStatus.FILLED)
        session.exec(full.values(status=OfferStatus.PUBLISHED))
        filling = delete(OfferChange).where(col(OfferChange.offer_id) == offer.id, col(OfferChange.step) == "fill")
        session.exec(filling.where(col(OfferChange.at) == held.given_at))
    recount_place(session, application.learner_id)
