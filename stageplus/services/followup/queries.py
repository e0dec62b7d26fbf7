"""What an operator's staff reads: introductions to take over, learners without a place first."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.applications import LIVE, ApplicationStatus
from stageplus.domain.errors import NotFound
from stageplus.domain.titles import both_genders
from stageplus.models import (
    Application,
    Company,
    Establishment,
    Introduction,
    Learner,
    Municipality,
    Offer,
    Person,
    Trade,
)
from stageplus.services.applications.schemas import STATUS_WORDS
from stageplus.services.followup.schemas import FollowedApplication, FollowedLearner, IntroductionRow, LearnerRow
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, days_ago, short_date


def introductions(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> list[IntroductionRow]:
    """List the introductions of one's operator, those to take over first, the oldest first."""
    actor = require(actor, Permission.INTRODUCTION_TAKE_OVER)
    with reading(on) as session:
        mine = _introductions().where(Introduction.operator_id == actor.operator_id)
        rows = [_introduction(found, now) for found in session.exec(mine.order_by(col(Introduction.created_at)))]
    return sorted(rows, key=lambda row: not row.is_open)


def introductions_to_take_over(session: Session, actor: Actor) -> int:
    """Count the introductions of the actor's operator that nobody has taken over."""
    mine = select(func.count(col(Introduction.id))).where(Introduction.operator_id == actor.operator_id)
    return session.exec(mine.where(col(Introduction.taken_over_at).is_(None))).one()


def introduction_in(session: Session, introduction: Introduction, now: datetime) -> IntroductionRow:
    """Build one introduction's row, within a session."""
    return _introduction(session.exec(_introductions().where(Introduction.id == introduction.id)).one(), now)


def my_learners(
    actor: Actor | None, text: str, without_place: bool, *, now: datetime, on: Engine | None = None
) -> list[LearnerRow]:
    """List the learners of one's operator, those without a place first; `text` looks in names, trades and towns."""
    actor = require(actor, Permission.LEARNER_FOLLOW)
    with reading(on) as session:
        found = session.exec(_learners().where(Learner.operator_id == actor.operator_id)).all()
        statuses = _statuses(session, actor)
    rows = [_learner(learner, person, trade, town, statuses[learner.id or 0]) for learner, person, trade, town in found]
    wanted = text.strip().casefold()
    shown = [row for row in rows if wanted in f"{row.name} {row.trade} {row.municipality}".casefold()]
    kept = [row for row in shown if not (without_place and row.has_place)]
    return sorted(kept, key=lambda row: (row.has_place, row.name))


def followed_learner(
    actor: Actor | None, learner_id: int, *, now: datetime, on: Engine | None = None
) -> FollowedLearner:
    """Show one learner of one's operator and their applications; raises `NotFound` for another operator's."""
    actor = require(actor, Permission.LEARNER_FOLLOW)
    with reading(on) as session:
        mine = _learners().where(Learner.operator_id == actor.operator_id, Learner.id == learner_id)
        found = session.exec(mine).first()
        if found is None:
            raise NotFound
        statement = select(Application, Trade, Company).join(Offer, col(Application.offer_id) == Offer.id)
        statement = statement.join(Trade, col(Offer.trade_code) == Trade.code)
        statement = statement.join(Company, col(Offer.company_id) == Company.id)
        sent = statement.where(Application.learner_id == learner_id).order_by(col(Application.sent_at).desc())
        applications = session.exec(sent).all()
    learner, person, trade, town = found
    row = _learner(learner, person, trade, town, [application.status for application, _trade, _company in applications])
    return FollowedLearner(row, person.email, [_followed(*each) for each in applications])


def _introductions() -> Any:
    return (
        select(Introduction, Person, Trade, Company, Establishment)  # type: ignore[call-overload]
        .join(Application, Introduction.application_id == Application.id)
        .join(Learner, Application.learner_id == Learner.id)
        .join(Person, Learner.person_id == Person.id)
        .join(Offer, Application.offer_id == Offer.id)
        .join(Trade, Offer.trade_code == Trade.code)
        .join(Company, Offer.company_id == Company.id)
        .join(Establishment, Offer.establishment_id == Establishment.id)
    )


def _introduction(found: Any, now: datetime) -> IntroductionRow:
    introduction, person, trade, company, establishment = found
    taken = introduction.taken_over_at
    return IntroductionRow(
        introduction_id=introduction.id or 0,
        learner=f"{person.first_name} {person.last_name}",
        learner_email=person.email,
        trade=both_genders(trade.name_f, trade.name_m),
        company=company.name,
        establishment=establishment.name,
        since=days_ago(day_in_brussels(introduction.created_at), day_in_brussels(now)),
        taken_over=_("Reprise le {day}").format(day=short_date(day_in_brussels(taken))) if taken else "",
        is_open=taken is None,
    )


def _learners() -> Any:
    return (
        select(Learner, Person, Trade, Municipality)
        .join(Person, col(Learner.person_id) == Person.id)
        .join(Trade, col(Learner.trade_code) == Trade.code)
        .join(Municipality, col(Learner.municipality_ins) == Municipality.ins)
    )


def _statuses(session: Session, actor: Actor) -> dict[int, list[ApplicationStatus]]:
    mine = (
        select(Application.learner_id, Application.status).join(Learner).where(Learner.operator_id == actor.operator_id)
    )
    found: dict[int, list[ApplicationStatus]] = defaultdict(list)
    for learner_id, status in session.exec(mine):
        found[learner_id].append(ApplicationStatus(status))
    return found


def _learner(
    learner: Learner, person: Person, trade: Trade, town: Municipality, statuses: list[ApplicationStatus]
) -> LearnerRow:
    live = sum(status in LIVE for status in statuses)
    return LearnerRow(
        learner_id=learner.id or 0,
        name=f"{person.last_name} {person.first_name}",
        trade=both_genders(trade.name_f, trade.name_m),
        year=learner.year,
        municipality=town.name,
        applications=ngettext("{n} en cours", "{n} en cours", live).format(n=live),
        has_place=ApplicationStatus.ACCEPTED in statuses,
    )


def _followed(application: Application, trade: Trade, company: Company) -> FollowedApplication:
    return FollowedApplication(
        title=both_genders(trade.name_f, trade.name_m),
        company=company.name,
        status=application.status.value,
        status_words=STATUS_WORDS[application.status],
        sent=short_date(day_in_brussels(application.sent_at)),
    )
