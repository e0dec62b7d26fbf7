"""What learners read of the offers that they keep, and how many learners keep one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.models import Favourite, Learner
from stageplus.services.favourites.schemas import FavouriteRow, Favourites
from stageplus.services.offers.queries import offers_like_each, offers_to_show
from stageplus.services.offers.schemas import OfferShown
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels


def kept_offers(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> list[int]:
    """Name the offers that a learner keeps, for the star of each card."""
    actor = require(actor, Permission.OFFER_KEEP)
    with reading(on) as session:
        return list(session.exec(_mine(actor)))


def my_favourites(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Favourites:
    """List the offers that a learner keeps, the one that closes first before the others.

    One that has closed says so and proposes three similar ones.
    """
    actor = require(actor, Permission.OFFER_KEEP)
    today = day_in_brussels(now)
    with reading(on) as session:
        learner, kept = _learner_and_kept(session, actor)
        shown = offers_to_show(session, learner, kept, now)
        gone = [each for each in shown if each.closed_words]
        similar = offers_like_each(session, learner, {each.card.offer_id: each.trade for each in gone}, now)
    soonest = sorted((each for each in shown if not each.closed_words), key=lambda each: each.ends_on)
    return Favourites(
        open=[FavouriteRow(each.card, ends_words=_ends_words(each, today)) for each in soonest],
        closed=[
            FavouriteRow(
                each.card,
                state_words=_("En pause") if each.is_paused else _("Fermée"),
                closed_words=each.closed_words,
                similar=similar[each.card.offer_id],
            )
            for each in gone
        ],
        total=len(shown),
    )


def times_kept(offer_id: Any) -> Any:
    """Select, inside another statement, how many learners keep the offer that a column names; never who."""
    counted = select(func.count()).select_from(Favourite).where(col(Favourite.offer_id) == offer_id)
    return counted.scalar_subquery()


def _mine(actor: Actor) -> Any:
    mine = select(Favourite.offer_id).where(Favourite.learner_id == actor.learner_id)
    return mine.order_by(col(Favourite.kept_at).desc(), col(Favourite.offer_id).desc())


def _learner_and_kept(session: Session, actor: Actor) -> tuple[Learner, list[int]]:
    mine = col(Favourite.learner_id) == col(Learner.id)
    both = select(Learner, Favourite.offer_id).outerjoin(Favourite, mine).where(Learner.id == actor.learner_id)
    rows: Sequence[Any] = session.exec(both.order_by(col(Favourite.kept_at).desc())).all()
    return rows[0][0], [offer_id for _learner, offer_id in rows if offer_id is not None]


def _ends_words(shown: OfferShown, today: date) -> str:
    """Say in how many days an offer closes, when that is soon."""
    left = (shown.ends_on - today).days
    if left > shown.soon:
        return ""
    if left <= 0:
        return _("Ferme aujourd’hui")
    return ngettext("Ferme demain", "Ferme dans {n} jours", left).format(n=left)
