"""Use cases of favourites: keep an offer, let it go."""

from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, func, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import NotFound
from stageplus.domain.refusals import TooManyKept
from stageplus.models import Favourite, Offer
from stageplus.services.notifications.live import tell
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts.formats import day_in_brussels


def keep_offer(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> bool:
    """Keep an offer that is or was published among one's favourites; keeping it again changes nothing.

    Raises `NotFound` for a draft or an unknown offer, `TooManyKept` beyond the number in force.
    """
    actor = require(actor, Permission.OFFER_KEEP)
    try:
        with transaction(on) as session:
            offer = session.get(Offer, offer_id)
            if offer is None or offer.published_at is None:
                raise NotFound
            if session.get(Favourite, (actor.learner_id, offer_id)) is None:
                _check_room(session, actor, now)
                session.add(Favourite(learner_id=actor.learner_id or 0, offer_id=offer_id, kept_at=now))
                tell(session, f"learner:{actor.learner_id}", f"company:{offer.company_id}")
    except IntegrityError:  # two taps at once: the other one has kept it
        pass
    return True


def let_offer_go(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> bool:
    """Take an offer out of one's favourites, in whatever state it is; one that is not there changes nothing."""
    actor = require(actor, Permission.OFFER_KEEP)
    with transaction(on) as session:
        mine = delete(Favourite).where(
            col(Favourite.learner_id) == actor.learner_id, col(Favourite.offer_id) == offer_id
        )
        if session.exec(mine).rowcount:
            tell(session, f"learner:{actor.learner_id}")
    return False


def _check_room(session: Session, actor: Actor, now: datetime) -> None:
    kept = select(func.count()).select_from(Favourite).where(Favourite.learner_id == actor.learner_id)
    if session.exec(kept).one() >= int(parameter_in_force(session, "favourite_offers_max", day_in_brussels(now))):
        raise TooManyKept
