"""Taking an answer back: everything is as it was before, the places too, and its learner never knew."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from stageplus.domain.applications import ANSWERABLE, ApplicationStatus
from stageplus.domain.errors import NotPossible
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import AnswerTold, OfferOver
from stageplus.models import (
    Application,
    ApplicationChange,
    HeldAnswer,
    Introduction,
    Learner,
    Offer,
    OfferChange,
    Person,
)
from stageplus.services.applications.actions import AS_BEFORE, weigh_offer
from stageplus.services.notifications.actions import drop_held_letters
from stageplus.services.offers.actions import refresh_words
from stageplus.services.placements.actions import recount_place

OVER = (OfferStatus.FILLED, OfferStatus.CLOSED)


def take_back(session: Session, person_id: int, key: str, now: datetime) -> list[int]:
    """Undo what one press answered, if its author may still take it back; return the applications concerned.

    Raises `AnswerTold` once the time is over, or for an answer of somebody else, `NotPossible` when the operator has
    taken over already, `OfferOver` when the offer is over since: nobody waits for what is closed.
    """
    mine = select(HeldAnswer).where(HeldAnswer.key == key, HeldAnswer.person_id == person_id)
    held = list(session.exec(mine.order_by(col(HeldAnswer.application_id))))
    if not held or any(each.until <= now for each in held):
        raise AnswerTold
    offers = _held_offers(session, held)
    freed = {offer.id or 0 for each in held if (offer := _restored(session, each, offers))}
    drop_held_letters(session, key)
    for number in freed:
        held += _reopened(session, offers, number, held)
    for offer in offers.values():
        session.refresh(offer)
        refresh_words(session, offer)
        weigh_offer(session, offer)
    _must_be_answered(session, held)
    return [each.application_id for each in held]


def _held_offers(session: Session, held: Sequence[HeldAnswer]) -> dict[int, Offer]:
    """Hold the offers first: as whoever accepts does, so that both wait for each other there and never cross."""
    theirs = select(Application.offer_id).where(col(Application.id).in_([each.application_id for each in held]))
    wanted = select(Offer).where(col(Offer.id).in_(theirs)).order_by(col(Offer.id))
    return {offer.id or 0: offer for offer in session.exec(wanted.with_for_update(key_share=True))}


def _restored(session: Session, held: HeldAnswer, offers: dict[int, Offer]) -> Offer | None:
    """Make an application what it was before its answer; return the offer that got a place back by it."""
    number = held.application_id
    # Held before its answer goes, in the order of whoever takes a step.
    application = session.get_one(Application, number, with_for_update={"key_share": True}, populate_existing=True)
    gone = delete(HeldAnswer).where(col(HeldAnswer.application_id) == number, col(HeldAnswer.key) == held.key)
    if session.exec(gone).rowcount != 1:
        raise AnswerTold
    was_accepted = application.status is ApplicationStatus.ACCEPTED
    before = {name: getattr(held, name) for name in AS_BEFORE}
    session.exec(update(Application).where(col(Application.id) == number).values(**before))
    session.exec(delete(ApplicationChange).where(col(ApplicationChange.id) == held.change_id))
    session.expunge(held)
    session.refresh(application)
    if not was_accepted:
        return None
    offer = offers[application.offer_id]
    _give_place_back(session, application, offer)
    return offer


def _give_place_back(session: Session, application: Application, offer: Offer) -> None:
    introduced = delete(Introduction).where(col(Introduction.application_id) == application.id)
    if session.exec(introduced.where(col(Introduction.taken_over_at).is_(None))).rowcount != 1:
        raise NotPossible("take back", ApplicationStatus.ACCEPTED)
    taken = update(Offer).where(col(Offer.id) == offer.id, col(Offer.places_taken) > 0)
    session.exec(taken.values(places_taken=Offer.places_taken - 1))
    recount_place(session, application.learner_id)


def _reopened(
    session: Session, offers: dict[int, Offer], offer_id: int, held: Sequence[HeldAnswer]
) -> list[HeldAnswer]:
    """Put an offer back that was filled, by what is taken back or an acceptance since; those it ended wait again."""
    here = select(HeldAnswer).join(Application).where(Application.offer_id == offer_id)
    filler = next((each for each in held if each.filled), None) or session.exec(here.where(HeldAnswer.filled)).first()
    full = update(Offer).where(col(Offer.id) == offer_id, col(Offer.status) == OfferStatus.FILLED)
    if filler is None or not session.exec(full.values(status=OfferStatus.PUBLISHED)).rowcount:
        return []
    filling = delete(OfferChange).where(col(OfferChange.offer_id) == offer_id, col(OfferChange.step) == "fill")
    session.exec(filling.where(col(OfferChange.at) == filler.given_at))
    fills = update(HeldAnswer).where(col(HeldAnswer.application_id) == filler.application_id)
    session.exec(fills.values(filled=False))
    lapsed = here.where(HeldAnswer.key == filler.key, HeldAnswer.application_id != filler.application_id)
    ended = list(session.exec(lapsed.order_by(col(HeldAnswer.application_id))))
    for each in ended:
        drop_held_letters(session, each.key, _address(session, each.application_id))
        _restored(session, each, offers)
    return ended


def _address(session: Session, application_id: int) -> str:
    whose = select(Person.email).join(Learner).join(Application).where(Application.id == application_id)
    return session.exec(whose).one()


def _must_be_answered(session: Session, held: Sequence[HeldAnswer]) -> None:
    again = [session.get_one(Application, each.application_id) for each in held]
    waiting = [each.offer_id for each in again if each.status in ANSWERABLE]
    if any(session.get_one(Offer, number).status in OVER for number in waiting):
        raise OfferOver
