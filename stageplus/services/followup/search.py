"""Finds learners of an operator, who may have 180,000 of them: one page of identifiers first, then its rows.

Filters, words and order use nothing but the columns of two indexes of `learner`, so that no other row is read; only
those who wait longest, or are to be called first, cost a look at each.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, literal
from sqlalchemy.orm import aliased
from sqlmodel import Session, case, col, func, select

from stageplus.domain.actors import Actor
from stageplus.domain.applications import ANSWERABLE, LIVE, TO_ANSWER
from stageplus.domain.plain_text import plain
from stageplus.domain.titles import both_genders
from stageplus.models import (
    Application,
    FollowUp,
    Implantation,
    Learner,
    LearnerAssignment,
    Municipality,
    Person,
    SignInSession,
    Trade,
)
from stageplus.services.asking.queries import asked_for
from stageplus.services.followup.conditions import Patience, conditions, enrolled_with, without_place_since
from stageplus.services.followup.schemas import LearnerSearch
from stageplus.services.paging import Slice, page_of
from stageplus.services.registers.queries import in_force

Colleague = aliased(Person, name="colleague")
PLANNED = col(FollowUp.next_contact_on)
BY_NAME = (col(Learner.plain_name), col(Learner.id))


def found_learners(session: Session, actor: Actor, search: LearnerSearch, now: datetime, patience: Patience) -> Slice:
    """Return one page of the learners that the search means."""
    return page_of(session, ordered_learners(session, actor, search, now, patience), search.page)


def ordered_learners(session: Session, actor: Actor, search: LearnerSearch, now: datetime, patience: Patience) -> Any:
    """Select the identifiers of the learners that the search means, in its order."""
    wanted: Any = select(Learner.id).where(*conditions(session, actor, search, now, patience))
    if search.sort == "attente":
        wanted = wanted.join(Person, col(Learner.person_id) == Person.id)
        return wanted.order_by(col(Learner.has_place), without_place_since(), *BY_NAME)
    if search.sort == "contact":
        wanted = wanted.outerjoin(FollowUp, col(FollowUp.learner_id) == Learner.id)
        return wanted.order_by(PLANNED.is_(None), PLANNED, *BY_NAME)
    return wanted.order_by(*BY_NAME) if search.sort == "nom" else wanted.order_by(col(Learner.has_place), *BY_NAME)


def counted(session: Session, actor: Actor, today: date) -> tuple[int, int, int]:
    """Count the operator's learners and those without a place, and say how many years a training has at most."""
    mine = select(func.count()).select_from(Learner).where(*enrolled_with(actor))
    without = mine.where(col(Learner.has_place).is_(False))
    years = in_force(literal("training_years_max"), today)
    together: Any = select(mine.scalar_subquery(), without.scalar_subquery(), years)
    everybody, waiting, most = session.execute(together).one()
    return int(everybody), int(waiting), int(most)


def trades_learned(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """List the trades that the operator's learners learn, by code and name."""
    mine = select(Learner.id).where(*enrolled_with(actor), Learner.trade_code == Trade.code)
    learned = session.exec(select(Trade).where(mine.exists()))
    found = [(trade.code, both_genders(trade.name_f, trade.name_m)) for trade in learned]
    return sorted(found, key=lambda trade: plain(trade[1]))


def learners_with(now: datetime) -> Any:
    """Select learners with their person, trade, municipality, the search with which they asked for help, how they are
    followed, when they were last there, where they are taught, who looks after them, and since when they are without
    a place.
    """
    visits = select(func.max(SignInSession.last_seen_at)).where(SignInSession.person_id == Person.id)
    wanted: Any = (Learner, Person, Trade, Municipality, asked_for(now), FollowUp, visits.scalar_subquery())
    looks_after = and_(
        col(LearnerAssignment.learner_id) == Learner.id, col(LearnerAssignment.operator_id) == Learner.operator_id
    )
    return (
        select(*wanted, Implantation.name, Colleague, without_place_since())  # type: ignore[call-overload]
        .join(Person, col(Learner.person_id) == Person.id)
        .join(Trade, col(Learner.trade_code) == Trade.code)
        .join(Municipality, col(Learner.municipality_ins) == Municipality.ins)
        .outerjoin(FollowUp, col(FollowUp.learner_id) == Learner.id)
        .outerjoin(Implantation, col(Learner.implantation_id) == Implantation.id)
        .outerjoin(LearnerAssignment, looks_after)
        .outerjoin(Colleague, col(LearnerAssignment.person_id) == Colleague.id)
    )


def live_applications(session: Session, learner_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Count the applications of each learner that are alive, and those that no company has answered."""
    live = func.sum(case((col(Application.status).in_(LIVE), 1), else_=0))
    unanswered = func.sum(case((col(Application.status).in_(TO_ANSWER), 1), else_=0))
    counted = select(Application.learner_id, live, unanswered).where(col(Application.learner_id).in_(learner_ids))
    counted = counted.where(col(Application.status).in_(ANSWERABLE)).group_by(col(Application.learner_id))
    return {learner: (int(alive), int(waiting)) for learner, alive, waiting in session.exec(counted)}
