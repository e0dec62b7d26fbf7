"""Looks for the offers that alerts wait for, some alerts at a time, each from where it was left.

An alert is looked at when something was published since; understanding its search costs no statement as a rule, and
only one that may fit what is new is searched for. So a day without offers costs one statement a look.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.db.engine import transaction
from stageplus.domain.offers import OfferStatus
from stageplus.models import Alert, AlertOffer, Learner, Offer
from stageplus.services.alerts.searches import read_search
from stageplus.services.notifications.live import tell
from stageplus.services.offers.queries import may_fit, new_offers_for

AT_ONCE = 200
STILL_COMMITTING = timedelta(minutes=2)
"""An offer may be saved this long after the moment that it bears: until then alerts look again."""

Fresh = Collection[tuple[str, str]]


def look_for_news(now: datetime, on: Engine | None) -> int:
    """Note what each alert finds among the offers published since it was last looked at; say how many."""
    found, last = 0, 0
    while True:
        with transaction(on) as session:
            due = _due(session, last)
            if not due:
                return found
            fresh, until = _fresh(session, due), now - STILL_COMMITTING
            for alert, learner in due:
                found += _look(session, alert, learner, fresh, now)
                alert.checked_until = max(alert.checked_until, until)
        last = due[-1][0].id or 0


def _due(session: Session, last: int) -> list[tuple[Alert, Learner]]:
    newest = select(func.max(Offer.published_at)).where(Offer.status == OfferStatus.PUBLISHED).scalar_subquery()
    waiting = select(Alert, Learner).join(Learner).where(col(Alert.checked_until) < newest, col(Alert.id) > last)
    enrolled = waiting.where(col(Learner.enrolment_ended_on).is_(None))
    return list(session.exec(enrolled.order_by(col(Alert.id)).limit(AT_ONCE)).all())


def _fresh(session: Session, due: list[tuple[Alert, Learner]]) -> Fresh:
    """Return the trades and municipalities of what was published since the first of these alerts was looked at."""
    since = min(alert.checked_until for alert, _learner in due)
    published = select(Offer.trade_code, Offer.municipality_ins).where(Offer.status == OfferStatus.PUBLISHED)
    return set(session.exec(published.where(col(Offer.published_at) > since).distinct()).all())


def _look(session: Session, alert: Alert, learner: Learner, fresh: Fresh, now: datetime) -> int:
    search = read_search(alert.search)
    if not may_fit(session, learner, search, fresh):
        return 0
    ids = [card.offer_id for card in new_offers_for(session, learner, search, alert.checked_until, now)]
    known = set(session.exec(_known(learner, ids)))
    for offer_id in ids:
        if offer_id not in known:
            session.add(AlertOffer(learner_id=learner.id or 0, offer_id=offer_id, alert_id=alert.id or 0, found_at=now))
    session.flush()
    if new := len(set(ids) - known):
        tell(session, f"learner:{learner.id}")
        return new
    return 0


def _known(learner: Learner, offer_ids: list[int]) -> Any:
    told = select(AlertOffer.offer_id).where(AlertOffer.learner_id == learner.id)
    return told.where(col(AlertOffer.offer_id).in_(offer_ids))
