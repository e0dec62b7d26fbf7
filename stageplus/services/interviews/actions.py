"""Use cases of interviews: take a moment, offer others, cancel, be reminded, follow them in one's own calendar."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select, update

from stageplus.config import settings
from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import InvalidInput, NotFound, NotPossible
from stageplus.domain.interviews import HELD_IN, LIVE, MOVE, TAKE, InterviewState, is_over
from stageplus.domain.refusals import LearnerSuspended
from stageplus.models import CalendarFeed, CompanyMember, Interview, InterviewSlot
from stageplus.services.interviews import letters
from stageplus.services.interviews.queries import feed_hash
from stageplus.services.interviews.schemas import (
    FEED,
    CancelInput,
    FeedAddress,
    InterviewInput,
    InterviewView,
    TimesInput,
)
from stageplus.services.interviews.scope import (
    Meeting,
    fixed_from,
    held_meeting,
    listed,
    meeting_of,
    meetings,
    rules_in_force,
)
from stageplus.services.interviews.showing import view_of
from stageplus.services.interviews.steps import change, check_moments, note, offer_moments, proposed
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

OVER_WITH = {
    ApplicationStatus.WITHDRAWN: (Role.COMPANY,),
    ApplicationStatus.REFUSED: (Role.LEARNER, Role.COMPANY),
    ApplicationStatus.LAPSED: (Role.LEARNER, Role.COMPANY),
}
"""Whose calendars let a fixed interview go when its application ends: nothing is mailed to whoever withdrew."""


def take_slot(
    actor: Actor | None, application_id: int, slot_id: int, *, now: datetime, on: Engine | None = None
) -> InterviewView:
    """Take a moment that the other side offers: the interview is fixed, and both get the file for their calendar.

    Raises `NotPossible` for a moment that is past or was replaced meanwhile, `NotFound` out of the actor's scope.
    """
    actor = require(actor, Permission.INTERVIEW_HOLD)
    with transaction(on) as session:
        meeting = _open_to(session, actor, application_id)
        slot = session.get(InterviewSlot, slot_id)
        if slot is None or slot.interview_id != meeting.interview.id or slot.by is actor.role or slot.at <= now:
            raise NotPossible(TAKE[actor.role], meeting.interview.state)
        change(session, meeting.interview, TAKE[actor.role], actor.role, now, starts_at=slot.at, why="", why_by=None)
        note(session, meeting, TAKE[actor.role], actor.role, actor.person_id, now)
        letters.agreed(session, meeting, now)
        return view_of(session, actor.role, meeting, now)


def offer_other_times(
    actor: Actor | None, application_id: int, data: TimesInput, *, now: datetime, on: Engine | None = None
) -> InterviewView:
    """Offer other moments in the place of those offered, or of the one fixed; then the other side takes one of them.

    Only a learner whom no offered moment suits may leave the reason out. Raises `InvalidInput` for a moment in the
    past, too far away or one too many (`interview_slots_max`, `interview_counter_max`), `NotPossible` once it is over.
    """
    actor = require(actor, Permission.INTERVIEW_HOLD)
    with transaction(on) as session:
        meeting = _open_to(session, actor, application_id)
        interview, step = meeting.interview, MOVE[actor.role]
        if not data.why and (actor.role is Role.COMPANY or interview.state is InterviewState.AGREED):
            raise InvalidInput({"why": _("Quelques mots suffisent, mais il en faut : l’autre les lira.")})
        most = rules_in_force(session, day_in_brussels(now)).most[actor.role]
        check_moments(session, data.moments, most, now)
        fixed = interview.starts_at if interview.state is InterviewState.AGREED else None
        change(session, interview, step, actor.role, now, why=data.why, why_by=actor.role)
        slots = offer_moments(session, interview, data.moments, actor.role)
        note(session, meeting, step, actor.role, actor.person_id, now)
        if fixed:
            letters.moved(session, meeting, actor.role, fixed, now)
        elif actor.role is Role.LEARNER:
            letters.countered(session, meeting, slots, now)
        else:
            letters.offered(session, meeting, slots, now)
        return view_of(session, actor.role, meeting, now)


def cancel_interview(
    actor: Actor | None, application_id: int, data: CancelInput, *, now: datetime, on: Engine | None = None
) -> InterviewView:
    """Cancel the interview and say why; the application goes on. Raises `NotPossible` once it is over."""
    actor = require(actor, Permission.INTERVIEW_HOLD)
    with transaction(on) as session:
        meeting = _open_to(session, actor, application_id)
        change(session, meeting.interview, "cancel", actor.role, now, why=data.why, why_by=actor.role)
        note(session, meeting, "cancel", actor.role, actor.person_id, now)
        in_calendars = meeting.interview.starts_at is not None
        told = tuple(letters.OTHER) if in_calendars else (letters.OTHER[actor.role],)
        letters.cancelled(session, meeting, actor.role, now, told=told)
        return view_of(session, actor.role, meeting, now)


def follow_interviews(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> FeedAddress:
    """Make the secret address of one's calendar of the company's interviews; an earlier one ends at once.

    Only its digest is kept. Raises `NotFound` for whoever acts for no company.
    """
    actor = require(actor, Permission.APPLICATION_ANSWER)
    token = token_urlsafe(32)
    with transaction(on) as session:
        _stop(session, actor)
        if session.get(CompanyMember, (actor.person_id, actor.company_id or 0)) is None:
            raise NotFound
        whose = {"person_id": actor.person_id, "company_id": actor.company_id or 0}
        session.add(CalendarFeed(**whose, token_hash=feed_hash(token), created_at=now))
    address = settings().site + FEED.format(token=token)
    return FeedAddress(address, f"webcal://{address.split('//', 1)[1]}")


def stop_following(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> None:
    """End the secret address of one's calendar for the company; it gives nothing from now on."""
    actor = require(actor, Permission.APPLICATION_ANSWER)
    with transaction(on) as session:
        _stop(session, actor)


def remind_of_interviews(*, now: datetime, on: Engine | None = None) -> int:
    """Remind both sides of what is fixed within `interview_reminder_hours`, once each; say of how many interviews.

    Whatever was fixed later than that was told a moment ago. What was cancelled, or ended otherwise, is left out.
    """
    with transaction(on) as session:
        ahead = timedelta(hours=float(parameter_in_force(session, "interview_reminder_hours", day_in_brussels(now))))
        soon = meetings().where(
            *fixed_from(now), col(Interview.starts_at) > now, col(Interview.starts_at) <= now + ahead
        )
        due = listed(session, soon.where(col(Interview.reminded_at).is_(None)).order_by(col(Interview.id)))
        due = [each for each in due if _was_fixed_before(each, ahead) and _mark_reminded(session, each, now)]
        for meeting in due:
            letters.reminder(session, meeting, now)
        return len(due)


def propose(session: Session, application_id: int, data: InterviewInput, now: datetime) -> None:
    """Open the interview of an application with the moments that its company offers, and tell the learner.

    Raises `InvalidInput` for moments that do not fit, `NotPossible` while an interview stands already.
    """
    most = rules_in_force(session, day_in_brussels(now)).most[Role.COMPANY]
    check_moments(session, data.moments, most, now)
    slots = offer_moments(session, proposed(session, application_id, data, now), data.moments, Role.COMPANY)
    letters.offered(session, meeting_of(session, application_id), slots, now)


def end_with_application(
    session: Session, application_id: int, status: ApplicationStatus, role: Role | None, now: datetime
) -> None:
    """End the interview of an application that ended, or one still open once the learner is kept.

    Calendars that hold a coming one let it go; what has taken place stays as it was.
    """
    mine = select(Interview).where(Interview.application_id == application_id).with_for_update()
    known = session.exec(mine.execution_options(populate_existing=True)).first()
    if known is None or known.state not in LIVE or is_over(known.state, known.starts_at, now):
        return
    if status is ApplicationStatus.ACCEPTED and known.state is InterviewState.AGREED:
        return
    change(session, known, "end", role, now, why="", why_by=None)
    if known.starts_at is not None and known.starts_at > now:
        told = OVER_WITH.get(status, (Role.LEARNER, Role.COMPANY))
        letters.cancelled(session, meeting_of(session, application_id), None, now, told=told)


def _open_to(session: Session, actor: Actor, application_id: int) -> Meeting:
    meeting = held_meeting(session, actor, application_id)
    if meeting.person.suspended_at is not None:
        raise LearnerSuspended
    if meeting.application.status not in HELD_IN:
        raise NotPossible("interview", meeting.application.status)
    return meeting


def _was_fixed_before(meeting: Meeting, ahead: timedelta) -> bool:
    starts_at = meeting.interview.starts_at
    return starts_at is not None and meeting.interview.changed_at <= starts_at - ahead


def _mark_reminded(session: Session, meeting: Meeting, now: datetime) -> bool:
    mine = update(Interview).where(col(Interview.id) == meeting.interview.id, col(Interview.reminded_at).is_(None))
    same = mine.where(col(Interview.sequence) == meeting.interview.sequence)
    return session.exec(same.values(reminded_at=now)).rowcount == 1


def _stop(session: Session, actor: Actor) -> None:
    mine = delete(CalendarFeed).where(col(CalendarFeed.person_id) == actor.person_id)
    session.exec(mine.where(col(CalendarFeed.company_id) == actor.company_id))
