"""What somebody sees who follows the link of a reminder; looking changes nothing."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import AccountSuspended, LinkOfAnother
from stageplus.models import LinkPurpose
from stageplus.services.links.queries import link_of
from stageplus.services.postings.queries import title_in
from stageplus.services.registers.queries import parameter_in_force
from stageplus.services.renewals.letters import ends_words, waiting_in, waiting_words
from stageplus.services.renewals.schemas import EndingView, Standing
from stageplus.services.renewals.scope import RENEWABLE, Ending, ending_of
from stageplus.services.renewals.wording import standing_words
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels


def look_at_ending(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> EndingView:
    """Say, to whoever holds the link, which offer it is about and where that stands: no name, only how many wait."""
    with reading(on) as session:
        link = link_of(session, token, LinkPurpose.OFFER_ENDING)
        if link is None:
            return EndingView()
        try:
            return _view(session, ending_of(session, actor, link), now)
        except LinkOfAnother:
            return EndingView("elsewhere" if actor and actor.person_id != link.person_id else "left")
        except AccountSuspended:
            return EndingView("left")


def _view(session: Session, ending: Ending, now: datetime) -> EndingView:
    offer, today = ending.offer, day_in_brussels(now)
    title, establishment = title_in(session, offer)
    days = parameter_in_force(session, "offer_lifetime_days", today)
    waiting = waiting_in(session, offer)
    return EndingView(
        standing=_standing(ending, now),
        offer_id=offer.id or 0,
        title=title,
        establishment=establishment,
        ends_words=ends_words(offer, today),
        now_words=standing_words(offer),
        renewal_words=_("Garder en ligne {n} jours de plus").format(n=days),
        waiting=waiting,
        waiting_words=waiting_words(waiting),
    )


def _standing(ending: Ending, now: datetime) -> Standing:
    offer = ending.offer
    if offer.status not in RENEWABLE or offer.ends_on != ending.ends_on:
        return "moved"
    if offer.starts_until < day_in_brussels(now):
        return "late-start"
    return "ending" if offer.status is OfferStatus.PUBLISHED else "over"
