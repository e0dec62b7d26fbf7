"""The offer behind a mailed link, and for whom that link acts: whoever it was mailed to, as long as they act for it."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import NotFound
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import AccountSuspended, LinkOfAnother, OfferMoved
from stageplus.models import Offer, Person, SingleUseLink
from stageplus.services.inputs import identifier
from stageplus.services.postings.queries import offer_acted_for

RENEWABLE = (OfferStatus.PUBLISHED, OfferStatus.EXPIRED)


@dataclass(frozen=True)
class Ending:
    """The offer of a link, the end that the link is about, and whoever it was mailed to as an actor."""

    offer: Offer
    ends_on: date
    holder: Actor


def subject_of(offer: Offer) -> str:
    """Return what a link about the end of an offer remembers: which offer, and which end."""
    return f"{offer.id}:{offer.ends_on.isoformat()}"


def ending_of(session: Session, actor: Actor | None, link: SingleUseLink, *, to_act: bool = False) -> Ending:
    """Return the offer of a link, locked when it is about to act; a forwarded mail serves nobody signed in elsewhere.

    Raises `AccountSuspended` or `LinkOfAnother` when whoever got the mail, or is signed in here, does not act for it.
    """
    number, _colon, day = link.subject.partition(":")
    wanted = select(Offer).where(Offer.id == identifier(number))
    offer = session.exec(wanted.with_for_update(key_share=True) if to_act else wanted).first()
    person = session.get(Person, link.person_id) if link.person_id else None
    if offer is None or person is None:
        raise LinkOfAnother
    if person.suspended_at is not None:
        raise AccountSuspended
    holder = Actor(person.id or 0, Role.COMPANY, company_id=offer.company_id)
    for who in {holder} if actor is None or actor.person_id == person.id else {holder, actor}:
        _acts_for(session, who, offer)
    return Ending(offer, date.fromisoformat(day), holder)


def must_wait_for_an_answer(ending: Ending) -> None:
    """Raise `OfferMoved` when the offer was renewed or closed since the mail."""
    if ending.offer.status not in RENEWABLE or ending.offer.ends_on != ending.ends_on:
        raise OfferMoved


def _acts_for(session: Session, who: Actor, offer: Offer) -> None:
    try:
        offer_acted_for(session, who, offer.id or 0)
    except NotFound:
        raise LinkOfAnother from None
