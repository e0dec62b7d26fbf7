"""What learners read of their alerts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.alerts import AlertPace
from stageplus.domain.offers import OfferStatus
from stageplus.models import Alert, AlertOffer, Learner, Offer
from stageplus.services.alerts.schemas import AlertNews, AlertRow, Alerts
from stageplus.services.alerts.searches import read_search, search_fields
from stageplus.services.offers.queries import offers_to_show
from stageplus.services.offers.schemas import search_words
from stageplus.texts.formats import day_in_brussels

MOST_NEWS = 50


def my_alerts(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Alerts:
    """List one's alerts, and the open offers that they found since one made them, the latest first."""
    actor = require(actor, Permission.OFFER_KEEP)
    with reading(on) as session:
        return alerts_in(session, actor, now)


def alerts_in(session: Session, actor: Actor, now: datetime) -> Alerts:
    """Build what a learner reads, within a session."""
    both = select(Learner, Alert).outerjoin(Alert, col(Alert.learner_id) == col(Learner.id))
    mine = session.exec(both.where(Learner.id == actor.learner_id).order_by(col(Alert.id).desc())).all()
    learner, alerts = mine[0][0], [alert for _learner, alert in mine if alert is not None]
    latest = (
        select(AlertOffer.offer_id, AlertOffer.seen_at)
        .join(Offer)
        .where(*_mine(actor.learner_id or 0, day_in_brussels(now)))
    )
    found = session.exec(latest.order_by(col(AlertOffer.found_at).desc(), col(AlertOffer.offer_id).desc())).fetchmany(
        MOST_NEWS
    )
    shown = offers_to_show(session, learner, [offer_id for offer_id, _seen in found], now)
    fresh = {offer_id for offer_id, seen in found if seen is None}
    return Alerts(
        rows=[_row(alert) for alert in alerts],
        news=[AlertNews(each.card, each.card.offer_id in fresh) for each in shown],
        by_mail=any(alert.pace is not AlertPace.ON_SITE for alert in alerts),
    )


def unseen_news(actor: Actor, today: date) -> Any:
    """Select, inside another statement, how many open offers one's alerts found that one has not seen."""
    mine = select(func.count()).select_from(AlertOffer).join(Offer).where(*_mine(actor.learner_id or 0, today))
    return mine.where(col(AlertOffer.seen_at).is_(None)).scalar_subquery()


def is_open(today: date) -> list[Any]:
    """Return the conditions under which an offer takes applications: published, not over, a place left, not enough.

    One whose company has enough for now is not told of; it is as soon as it takes applications again.
    """
    published = col(Offer.status) == OfferStatus.PUBLISHED
    wants_more = [col(Offer.intake_paused).is_(False), col(Offer.at_cap).is_(False)]
    return [published, col(Offer.ends_on) >= today, col(Offer.places_taken) < col(Offer.places), *wants_more]


def _mine(learner_id: int, today: date) -> list[Any]:
    return [col(AlertOffer.learner_id) == learner_id, *is_open(today)]


def _row(alert: Alert) -> AlertRow:
    label = search_words(read_search(alert.search))
    return AlertRow(alert.id or 0, label, alert.pace.value, search_fields(alert.search))
