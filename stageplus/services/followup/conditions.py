"""Which learners of an operator are meant, as conditions of a statement: a list and the figure that opens it agree."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, case, col, func, or_, select

from stageplus.domain.actors import Actor
from stageplus.domain.applications import TO_ANSWER
from stageplus.domain.introductions import IntroductionStatus
from stageplus.domain.plain_text import plain
from stageplus.models import Application, FollowUp, Introduction, Learner, LearnerAssignment, OutsidePlace, Person
from stageplus.services.followup.schemas import LearnerSearch
from stageplus.services.followup.scope import my_learners_only
from stageplus.services.inputs import identifier
from stageplus.services.registers.queries import named, parameters_in_force
from stageplus.texts.formats import BRUSSELS, day_in_brussels

Theirs = aliased(Application, name="theirs")


@dataclass(frozen=True)
class Patience:
    """How many days without a place are long and very long, and after how many an answer is due."""

    long: int
    very_long: int
    answer: int


def patience_in(session: Session, now: datetime) -> Patience:
    """Read the three from the parameters in force."""
    known = parameters_in_force(session, day_in_brussels(now))
    names = ("without_place_days_1", "without_place_days_2", "answer_due_days")
    return Patience(*(int(known[name]) for name in names))


def conditions(session: Session, actor: Actor, search: LearnerSearch, now: datetime, patience: Patience) -> list[Any]:
    """Return the conditions that a learner is one of the actor's and is meant by a search."""
    wanted = [*enrolled_with(actor), *meaning(session, search.text), *_of_enrolment(search)]
    if search.staff:
        wanted.append(_looked_after(actor, search.staff))
    if search.situation or search.contact:
        wanted += _followed(search, now)
    if search.waiting:
        days = patience.long if search.waiting == "long" else patience.very_long
        wanted += [col(Learner.has_place).is_(False), *_without_place_for(days, now)]
    if search.answer:
        late = col(Application.sent_at) < now - timedelta(days=patience.answer)
        waits = (Application.learner_id == Learner.id, col(Application.status).in_(TO_ANSWER))
        wanted.append(select(Application.id).where(*waits, late).exists())
    return wanted


def enrolled_with(actor: Actor) -> list[Any]:
    """Return the conditions that keep to the actor's learners whose enrolment lasts."""
    return [*my_learners_only(actor), col(Learner.enrolment_ended_on).is_(None)]


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


def assigned(*which: Any) -> Any:
    """Select who looks after a learner, within the operator that the learner is with."""
    here = (LearnerAssignment.learner_id == Learner.id, LearnerAssignment.operator_id == Learner.operator_id)
    return select(LearnerAssignment.learner_id).where(*here, *which)


def without_place_since() -> Any:
    """Say, in a statement about learners and their persons, since when whoever has no place is without one.

    The latest of: the account was made, a place found outside is no more, an introduction came to nothing.
    """
    began = col(Person.created_at)
    outside = select(func.max(col(OutsidePlace.ended_at))).where(OutsidePlace.learner_id == Learner.id)
    ended = func.coalesce(outside.where(col(OutsidePlace.ended_at) > began).scalar_subquery(), began)
    settled = col(Introduction.settled_at)
    nothing = select(func.max(settled)).where(*_came_to_nothing(), settled > began)
    failed = func.coalesce(nothing.scalar_subquery(), began)
    return case((ended > failed, ended), else_=failed)


def _of_enrolment(search: LearnerSearch) -> list[Any]:
    asked = (
        (search.place, col(Learner.has_place).is_(search.place == "avec")),
        (search.trade, Learner.trade_code == search.trade),
        (search.year, Learner.year == search.year),
        (search.implantation, Learner.implantation_id == search.implantation),
    )
    return [condition for wanted, condition in asked if wanted]


def _looked_after(actor: Actor, staff: str) -> Any:
    if staff == "personne":
        return ~assigned().exists()
    person = actor.person_id if staff == "moi" else identifier(staff)
    return assigned(LearnerAssignment.person_id == person).exists()


def _followed(search: LearnerSearch, now: datetime) -> list[Any]:
    theirs, planned = select(FollowUp.learner_id).where(FollowUp.learner_id == Learner.id), FollowUp.next_contact_on
    nothing = {"aucune": ~theirs.exists(), "": None}
    situation = nothing.get(search.situation, theirs.where(FollowUp.situation == search.situation).exists())
    contact = {
        "": None,
        "du": theirs.where(col(planned) <= day_in_brussels(now)).exists(),
        "aucun": ~theirs.where(col(planned).is_not(None)).exists(),
    }[search.contact]
    return [each for each in (situation, contact) if each is not None]


def _without_place_for(days: int, now: datetime) -> list[Any]:
    """Return the conditions that somebody without a place has had none for so many days, whole days of Brussels."""
    until = datetime.combine(day_in_brussels(now) - timedelta(days=days - 1), time(), BRUSSELS)
    made = select(Person.id).where(Person.id == Learner.person_id, Person.created_at < until)
    outside = select(OutsidePlace.id).where(OutsidePlace.learner_id == Learner.id)
    failed = select(Introduction.id).where(*_came_to_nothing(), col(Introduction.settled_at) >= until)
    return [made.exists(), ~outside.where(col(OutsidePlace.ended_at) >= until).exists(), ~failed.exists()]


def _came_to_nothing() -> list[Any]:
    return [
        Introduction.status == IntroductionStatus.FAILED,
        col(Introduction.application_id) == Theirs.id,
        Theirs.learner_id == Learner.id,
    ]
