"""What is said honestly of an offer: how its establishment answers, how many applied, when it was last confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from stageplus.domain.answering import Habit, Received, answering_habit
from stageplus.domain.applications import FIRST_ANSWERS, HIDDEN_FROM_COMPANY, ApplicationStatus
from stageplus.models import Application, ApplicationChange, Learner, Offer, OfferChange, Person
from stageplus.services.registers.queries import months_back
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, days_ago, number

CONFIRMATIONS = ("publish", "renew", "edit", "resume")
"""The steps by which a company says itself that the place is there."""
ENDED_WITHOUT_ANSWER = (ApplicationStatus.WITHDRAWN, ApplicationStatus.LAPSED)
MOST_READ = 1000


@dataclass(frozen=True)
class Honesty:
    """The sentences; each is empty when there is too little to say it."""

    answers: str = ""
    applicants: str = ""


def honesty_of(session: Session, offer: Offer, parameters: Mapping[str, str], now: datetime) -> Honesty:
    """Say, in one statement, how the establishment of an offer answers and how many applied to this one."""
    today = day_in_brussels(now)
    months, least = int(parameters["answer_habit_months"]), int(parameters["answer_habit_least"])
    rows = session.exec(_received(offer, months_back(now, months))).all()
    received = [
        Received(sent, due, answered, status in ENDED_WITHOUT_ANSWER) for _id, sent, due, status, answered in rows
    ]
    applied = sum(offer_id == offer.id and status not in HIDDEN_FROM_COMPANY for offer_id, _s, _d, status, _a in rows)
    return Honesty(
        _answer_words(answering_habit(received, today, least), months), _applicant_words(applied, offer.places)
    )


def last_confirmed() -> Any:
    """Select, inside another statement, when a company last said that its offer is there."""
    said = select(func.max(OfferChange.at)).where(OfferChange.offer_id == Offer.id)
    return said.where(col(OfferChange.step).in_(CONFIRMATIONS)).scalar_subquery()


def confirmed_words(at: datetime | None, published_at: datetime | None, today: date) -> str:
    """Say how long ago a company last confirmed its offer."""
    known = at or published_at
    return days_ago(day_in_brussels(known), today) if known else ""


def _received(offer: Offer, since: datetime) -> Any:
    answered = select(func.min(ApplicationChange.at)).where(ApplicationChange.application_id == Application.id)
    first = answered.where(col(ApplicationChange.step).in_(FIRST_ANSWERS)).scalar_subquery()
    here = (col(Offer.company_id) == offer.company_id) & (col(Offer.establishment_id) == offer.establishment_id)
    statement = (
        select(  # type: ignore[call-overload]
            Application.offer_id, Application.sent_at, Application.answer_due_on, Application.status, first
        )
        .join(Offer, col(Application.offer_id) == Offer.id)
        .join(Learner, col(Application.learner_id) == Learner.id)
        .join(Person, col(Learner.person_id) == Person.id)
    )
    # Nobody can answer somebody whose account is suspended.
    lasting = statement.where(here, Application.status != ApplicationStatus.DRAFT, col(Person.suspended_at).is_(None))
    recent = lasting.where(Application.sent_at >= since)
    return recent.order_by(col(Application.sent_at).desc()).limit(MOST_READ)


def _answer_words(habit: Habit | None, months: int) -> str:
    if habit is None:
        return ""
    period = _("ces {n} derniers mois").format(n=months)
    received = number(habit.received)
    if not habit.answered:
        return _("aucune réponse aux {received} candidatures de {period}").format(received=received, period=period)
    often = _("{answered} réponses pour {received} candidatures {period}").format(
        answered=number(habit.answered), received=received, period=period
    )
    usual = ngettext("le plus souvent en {n} jour", "le plus souvent en {n} jours", habit.days).format(n=habit.days)
    return f"{often}, {usual}"


def _applicant_words(applied: int, places: int) -> str:
    if not applied:
        return _("aucune pour l’instant, la tienne serait la première")
    words = ngettext("{applied} pour {n} place", "{applied} pour {n} places", places)
    return words.format(applied=number(applied), n=number(places))
