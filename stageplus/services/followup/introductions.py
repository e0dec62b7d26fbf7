"""Introductions with everybody they bring together."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from stageplus.domain.actors import Actor
from stageplus.domain.introductions import IntroductionStatus
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
from stageplus.services.followup.schemas import IntroductionRow
from stageplus.services.followup.scope import my_introductions_only
from stageplus.services.placements.schemas import FAILURE_WORDS
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, days_ago, short_date

Colleague = aliased(Person, name="colleague")


def introduction_in(session: Session, introduction_id: int, now: datetime) -> IntroductionRow:
    """Build one introduction's row, within a session."""
    return rows_of(session, [introduction_id], now)[0]


def rows_of(session: Session, ids: list[int], now: datetime) -> list[IntroductionRow]:
    """Build the rows of some introductions, in the order of their identifiers in the list."""
    found = session.exec(with_everybody().where(col(Introduction.id).in_(ids))).all()
    rows = {row.introduction_id: row for row in (_row(now, *parties) for parties in found)}
    return [rows[each] for each in ids]


def introductions_of(session: Session, actor: Actor, learner_id: int, now: datetime) -> list[IntroductionRow]:
    """List the introductions of one of the actor's learners, the latest first, within a session."""
    theirs = with_everybody().where(*my_introductions_only(actor), Learner.id == learner_id)
    return [_row(now, *parties) for parties in session.exec(theirs.order_by(col(Introduction.id).desc()))]


def with_everybody() -> Any:
    """Select introductions with everybody they bring together, and whoever took them over."""
    return (
        select(Introduction, Learner, Person, Trade, Company, Establishment, Municipality, Colleague)  # type: ignore[call-overload]
        .join(Application, Introduction.application_id == Application.id)
        .join(Learner, Application.learner_id == Learner.id)
        .join(Person, Learner.person_id == Person.id)
        .join(Offer, Application.offer_id == Offer.id)
        .join(Trade, Offer.trade_code == Trade.code)
        .join(Company, Offer.company_id == Company.id)
        .join(Establishment, Offer.establishment_id == Establishment.id)
        .join(Municipality, Offer.municipality_ins == Municipality.ins)
        .outerjoin(Colleague, Introduction.taken_over_by == Colleague.id)
    )


def _row(
    now: datetime,
    introduction: Introduction,
    learner: Learner,
    person: Person,
    trade: Trade,
    company: Company,
    establishment: Establishment,
    town: Municipality,
    colleague: Person | None,
) -> IntroductionRow:
    taken = introduction.taken_over_at
    by = f"{colleague.first_name} {colleague.last_name}" if colleague else "—"
    return IntroductionRow(
        introduction_id=introduction.id or 0,
        learner_id=learner.id or 0,
        learner=f"{person.first_name} {person.last_name}",
        learner_email="" if learner.erased_at else person.email,
        trade=both_genders(trade.name_f, trade.name_m),
        company=company.name,
        establishment="" if establishment.name == company.name else establishment.name,
        municipality=town.name,
        since=days_ago(day_in_brussels(introduction.created_at), day_in_brussels(now)),
        taken_over=short_date(day_in_brussels(taken)) if taken else "",
        taken_by=by,
        is_open=introduction.status is IntroductionStatus.WAITING,
        status=introduction.status.value,
        outcome=_outcome(introduction),
        settled=short_date(day_in_brussels(introduction.settled_at)) if introduction.settled_at else "",
    )


def _outcome(introduction: Introduction) -> str:
    if introduction.started_on is not None:
        return _("A commencé le {day}").format(day=short_date(introduction.started_on))
    return FAILURE_WORDS[introduction.failure_reason] if introduction.failure_reason else ""
