"""How an offer does, for its company."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.applications import HIDDEN_FROM_COMPANY, TO_ANSWER, ApplicationStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import Application, OfferChange, OfferDay, OfferSight
from stageplus.services.favourites.queries import times_kept
from stageplus.services.figures.schemas import OfferFigures
from stageplus.services.postings.queries import offer_acted_for
from stageplus.services.registers.queries import parameters_in_force
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, number, short_date

TOLD = "tell operators"
"""The step in an offer's story that says that the operators nearby were told."""


def offer_figures(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> OfferFigures:
    """Count for its company who opened, kept, applied to and was answered about an offer; raises `NotFound`.

    A learner counts once a day; who it was is forgotten with the day.
    """
    actor = require(actor, Permission.OFFER_MANAGE)
    with reading(on) as session:
        offer = offer_acted_for(session, actor, offer_id)
        today = day_in_brussels(now)
        known = parameters_in_force(session, today)
        days, kept, sights, applied, answered, told_at = session.execute(_counts(offer_id)).one()
        is_online = offer.status is OfferStatus.PUBLISHED
        soon = today + timedelta(days=int(known["offer_help_days"]))
        again = now - timedelta(days=int(known["operators_told_again_days"]))
        return OfferFigures(
            is_shown=offer.published_at is not None,
            seen=number((days or 0) + sights),
            kept=number(kept or 0),
            applications=number(applied),
            answered=number(answered),
            needs_help=is_online and not applied and offer.ends_on <= soon,
            can_tell=is_online and not applied and (told_at is None or told_at <= again),
            told=_("Prévenus le {day}.").format(day=short_date(day_in_brussels(told_at))) if told_at else "",
        )


def last_told(offer_id: int) -> Any:
    """Select when the operators nearby were last told of an offer."""
    told = select(func.max(OfferChange.at)).where(OfferChange.offer_id == offer_id)
    return told.where(OfferChange.step == TOLD)


def _counts(offer_id: int) -> Any:
    mine = Application.offer_id == offer_id
    received = select(func.count(col(Application.id))).where(mine, col(Application.status).not_in(HIDDEN_FROM_COMPANY))
    unanswered = {*TO_ANSWER, ApplicationStatus.LAPSED}
    counts: list[Any] = [
        select(func.sum(OfferDay.seen)).where(OfferDay.offer_id == offer_id).scalar_subquery(),
        times_kept(offer_id),
        select(func.count()).select_from(OfferSight).where(OfferSight.offer_id == offer_id).scalar_subquery(),
        received.scalar_subquery(),
        received.where(col(Application.status).not_in(unanswered)).scalar_subquery(),
        last_told(offer_id).scalar_subquery(),
    ]
    together: Any = select(*counts)
    return together
