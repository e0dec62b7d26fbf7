"""Finds learners of an operator, who may have 180,000 of them: one page of identifiers first, then its rows.

Filters, words and order use nothing but the columns of two indexes of `learner`, so that no other row is read.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import literal
from sqlmodel import Session, case, col, func, or_, select

from stageplus.domain.actors import Actor
from stageplus.domain.applications import ANSWERABLE, LIVE, TO_ANSWER
from stageplus.domain.plain_text import plain
from stageplus.domain.titles import both_genders
from stageplus.models import Application, FollowUp, Learner, Municipality, Person, SignInSession, Trade
from stageplus.services.asking.queries import asked_for
from stageplus.services.followup.schemas import LearnerSearch
from stageplus.services.followup.scope import my_learners_only
from stageplus.services.paging import Slice, page_of
from stageplus.services.registers.queries import in_force, named

ORDERS = {
    "place": (col(Learner.has_place), col(Learner.plain_name), col(Learner.id)),
    "nom": (col(Learner.plain_name), col(Learner.id)),
}


def found_learners(session: Session, actor: Actor, search: LearnerSearch, today: date) -> Slice:
    """Return one page of the learners that the search means."""
    wanted = select(Learner.id).where(*enrolled_with(actor), *meaning(session, search.text))
    if search.place:
        wanted = wanted.where(col(Learner.has_place).is_(search.place == "avec"))
    if search.trade:
        wanted = wanted.where(Learner.trade_code == search.trade)
    if search.year:
        wanted = wanted.where(Learner.year == search.year)
    if search.contact:
        due = select(FollowUp.learner_id).where(FollowUp.learner_id == Learner.id)
        wanted = wanted.where(due.where(col(FollowUp.next_contact_on) <= today).exists())
    return page_of(session, wanted.order_by(*ORDERS[search.sort]), search.page)


def enrolled_with(actor: Actor) -> list[Any]:
    """Return the conditions that keep to the actor's learners whose enrolment lasts."""
    return [*my_learners_only(actor), col(Learner.enrolment_ended_on).is_(None)]


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
    followed, and when they were last there.
    """
    visits = select(func.max(SignInSession.last_seen_at)).where(SignInSession.person_id == Person.id)
    there = visits.scalar_subquery()
    return (
        select(Learner, Person, Trade, Municipality, asked_for(now), FollowUp, there)  # type: ignore[call-overload]
        .join(Person, col(Learner.person_id) == Person.id)
        .join(Trade, col(Learner.trade_code) == Trade.code)
        .join(Municipality, col(Learner.municipality_ins) == Municipality.ins)
        .outerjoin(FollowUp, col(FollowUp.learner_id) == Learner.id)
    )


def live_applications(session: Session, learner_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Count the applications of each learner that are alive, and those that no company has answered."""
    live = func.sum(case((col(Application.status).in_(LIVE), 1), else_=0))
    unanswered = func.sum(case((col(Application.status).in_(TO_ANSWER), 1), else_=0))
    counted = select(Application.learner_id, live, unanswered).where(col(Application.learner_id).in_(learner_ids))
    counted = counted.where(col(Application.status).in_(ANSWERABLE)).group_by(col(Application.learner_id))
    return {learner: (int(alive), int(waiting)) for learner, alive, waiting in session.exec(counted)}


def meaning(session: Session, text: str) -> list[Any]:
    """Return the conditions that a learner fits what was typed: every word a part of a name, a trade or a town."""
    words = plain(text).split()
    meant = zip(words, named(session, words) if words else [], strict=True)
    return [
        or_(
            col(Learner.plain_name).like(f"%{word}%"),
            col(Learner.trade_code).in_(found.trades),
            col(Learner.municipality_ins).in_(found.towns),
        )
        for word, found in meant
    ]
