"""The only door of the coach's desk to applications: they are counted, and nothing else of them is read."""

from datetime import datetime
from typing import Any

from sqlalchemy import exists
from sqlmodel import Session, case, col, func, select

from stageplus.domain.answering import Received
from stageplus.domain.applications import ANSWERED, FIRST_ANSWERS, HIDDEN_FROM_COMPANY, IN_ANSWER
from stageplus.models import Application, ApplicationChange, Offer
from stageplus.texts.formats import day_in_brussels

MOST_READ = 1000
Counts = dict[Any, tuple[int, int]]


def applications_per(session: Session, key: Any, *which: Any) -> Counts:
    """Count the applications to the offers of which something is true, and those answered, per key."""
    answered = func.sum(case((col(Application.status).in_(ANSWERED), 1), else_=0))
    counted = (
        select(key, func.count(), answered)
        .select_from(Offer)
        .join(Application, col(Application.offer_id) == Offer.id)
        .where(*which, col(Application.status).not_in(HIDDEN_FROM_COMPANY))
        .group_by(key)
    )
    return {found: (total, int(answers)) for found, total, answers in session.execute(counted)}


def has_application() -> Any:
    """Say, inside a statement about offers, whether one received an application."""
    return exists().where(*_of_offer()).correlate(Offer)


def has_unanswered() -> Any:
    """Say, inside a statement about offers, whether one has an application that waits for a first answer."""
    waits = col(Application.status).in_(IN_ANSWER)
    return exists().where(col(Application.offer_id) == Offer.id, waits).correlate(Offer)


def applications_of_offer() -> Any:
    """Count, inside a statement about offers, the applications to one."""
    return select(func.count()).where(*_of_offer()).correlate(Offer).scalar_subquery()


def answered_since(session: Session, company_id: int, since: datetime) -> list[Received]:
    """Read when a company answered what was sent to it since a moment, the latest first."""
    answered = select(func.min(ApplicationChange.at)).where(ApplicationChange.application_id == Application.id)
    first = answered.where(col(ApplicationChange.step).in_(FIRST_ANSWERS)).scalar_subquery()
    waits = (
        select(Application.sent_at, first.label("answered_at"))
        .join(Offer, col(Application.offer_id) == Offer.id)
        .where(Offer.company_id == company_id, col(Application.sent_at) >= since)
        .where(col(Application.status).in_(ANSWERED))
        .order_by(col(Application.sent_at).desc())
        .limit(MOST_READ)
    )
    return [Received(sent, day_in_brussels(sent), at) for sent, at in session.exec(waits) if at is not None]


def _of_offer() -> tuple[Any, Any]:
    return col(Application.offer_id) == Offer.id, col(Application.status).not_in(HIDDEN_FROM_COMPANY)
