"""An interview with everything around it, found within what the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, literal, select

from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import HIDDEN_FROM_COMPANY
from stageplus.domain.errors import NotFound
from stageplus.domain.hours import Night
from stageplus.domain.interviews import HELD_IN, LIVE, InterviewState
from stageplus.models import (
    Application,
    Company,
    Establishment,
    Interview,
    InterviewSlot,
    Learner,
    Offer,
    Person,
    Trade,
)
from stageplus.services.registers.queries import in_force, parameters_in_force
from stageplus.services.teams.queries import acts_at

PARAMETERS = ("night_from", "night_to", "interview_slots_max", "interview_counter_max")


@dataclass
class Meeting:
    """An interview, its application and the people and organizations around it, read in one statement."""

    interview: Interview
    application: Application
    offer: Offer
    learner: Learner
    person: Person
    trade: Trade
    company: Company
    establishment: Establishment


@dataclass(frozen=True)
class Rules:
    """What bounds an interview on a day: moments of each side at once, and the hours in which minors do not work."""

    night: Night
    most: dict[Role, int]

    @classmethod
    def of(cls, parameters: dict[str, str]) -> "Rules":
        """Read the rules from dated parameters."""
        most = {Role.COMPANY: "interview_slots_max", Role.LEARNER: "interview_counter_max"}
        return cls(Night.in_force(parameters), {role: round(float(parameters[name])) for role, name in most.items()})


def meeting_for(session: Session, actor: Actor, application_id: int) -> Meeting:
    """Return the interview of the learner's own application, or of one to the actor's company or establishment.

    Raises `NotFound` for anybody else's, and for the company once the application is withdrawn.
    """
    return _only(session, meetings().where(Application.id == application_id, *visible_to(actor)))


def held_meeting(session: Session, actor: Actor, application_id: int) -> Meeting:
    """Return the interview like `meeting_for`, with its application held: it does not end between look and step."""
    session.exec(select(Application.id).where(Application.id == application_id).with_for_update()).first()
    return meeting_for(session, actor, application_id)


def meeting_of(session: Session, application_id: int) -> Meeting:
    """Return the interview of an application, for what is already allowed; raises `NotFound` without one."""
    return _only(session, meetings().where(Application.id == application_id))


def visible_to(actor: Actor) -> list[Any]:
    """Return the conditions under which somebody sees an interview."""
    if actor.role is Role.LEARNER:
        return [Application.learner_id == actor.learner_id]
    is_shown = col(Application.status).not_in(HIDDEN_FROM_COMPANY) & col(Application.erased_at).is_(None)
    return [is_shown, acts_at(actor, Offer.company_id, Offer.establishment_id)]


def is_standing() -> list[Any]:
    """Return the conditions under which an interview is counted on: its application goes on, its learner is there."""
    return [
        col(Interview.state).in_(LIVE),
        col(Application.status).in_(HELD_IN),
        col(Person.suspended_at).is_(None),
    ]


def fixed_from(since: datetime) -> list[Any]:
    """Return the conditions under which an interview is fixed, from a moment on."""
    return [Interview.state == InterviewState.AGREED, col(Interview.starts_at) >= since, *is_standing()]


def meetings() -> Any:
    """Select interviews with everything around them."""
    return (
        select(  # type: ignore[call-overload]
            Interview, Application, Offer, Learner, Person, Trade, Company, Establishment
        )
        .join(Application, Interview.application_id == Application.id)
        .join(Offer, Application.offer_id == Offer.id)
        .join(Learner, Application.learner_id == Learner.id)
        .join(Person, Learner.person_id == Person.id)
        .join(Trade, Offer.trade_code == Trade.code)
        .join(Company, Offer.company_id == Company.id)
        .join(Establishment, Offer.establishment_id == Establishment.id)
    )


def listed(session: Session, statement: Any) -> list[Meeting]:
    """Read what a statement of `meetings` selects."""
    return [Meeting(*row) for row in session.exec(statement).all()]


def rules_in_force(session: Session, today: date) -> Rules:
    """Return the rules of a day."""
    return Rules.of(parameters_in_force(session, today))


def slots_and_rules(session: Session, interview: Interview, today: date) -> tuple[list[InterviewSlot], Rules]:
    """Return the moments offered, the earliest first, and the rules of a day, in one statement."""
    values = [in_force(literal(name), today) for name in PARAMETERS]
    wanted = select(InterviewSlot, *values).where(InterviewSlot.interview_id == interview.id)
    found = session.execute(wanted.order_by(col(InterviewSlot.at))).all()
    if not found:
        return [], rules_in_force(session, today)
    return [row[0] for row in found], Rules.of(dict(zip(PARAMETERS, found[0][1:], strict=True)))


def others_fixed(
    session: Session, role: Role, meeting: Meeting, moments: Sequence[datetime], reach: timedelta
) -> list[Meeting]:
    """List the other fixed interviews near some moments: of the same learner, or at the same establishment.

    Neither side learns of the other's.
    """
    if role is Role.LEARNER:
        same = Application.learner_id == meeting.application.learner_id
    else:
        same = Offer.establishment_id == meeting.offer.establishment_id
    first, last = min(moments) - reach, max(moments) + reach
    near = meetings().where(same, *fixed_from(first), col(Interview.starts_at) <= last)
    return listed(session, near.where(Interview.id != meeting.interview.id))


def _only(session: Session, statement: Any) -> Meeting:
    found = listed(session, statement)
    if not found:
        raise NotFound
    return found[0]
