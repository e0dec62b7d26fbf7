"""How an interview is shown to one of its sides, and in the agenda of its company."""

from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlmodel import Session

from stageplus.domain.actors import Role
from stageplus.domain.interviews import HELD_IN, INTERVIEW_LIFE, MOVE, TAKE, InterviewState, is_over, overlap
from stageplus.domain.titles import place_title
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
from stageplus.services.interviews.schemas import AgendaEntry, InterviewView, SlotRow, file_path, rows_of
from stageplus.services.interviews.scope import Meeting, Rules, others_fixed, rules_in_force, slots_and_rules
from stageplus.services.interviews.wording import (
    KIND_WORDS,
    STATE_WORDS,
    headline,
    line_words,
    warning_of,
    when_words,
    why_words,
)
from stageplus.texts import _
from stageplus.texts.formats import BRUSSELS, day_in_brussels, hour, moment_words

REACH = timedelta(days=1)
"""No interview lasts longer: others that begin further away share no time with it."""


class Around(Protocol):
    """What another area has read around an application."""

    application: Application
    offer: Offer
    learner: Learner
    person: Person
    trade: Trade
    company: Company
    establishment: Establishment
    interview: Interview | None


def meeting_in(around: Around, interview: Interview) -> Meeting:
    """Return an interview with what another area has read around it."""
    whose = (around.application, around.offer, around.learner, around.person)
    return Meeting(interview, *whose, around.trade, around.company, around.establishment)


def nothing_yet(session: Session, now: datetime) -> InterviewView:
    """Show a company that there is no interview, and how many moments its form may offer."""
    most = rules_in_force(session, day_in_brussels(now)).most[Role.COMPANY]
    return InterviewView(more_rows=rows_of(most))


def view_of(session: Session, role: Role, meeting: Meeting, now: datetime) -> InterviewView:
    """Show one side an interview, and what it may do now."""
    interview = meeting.interview
    slots, rules = slots_and_rules(session, interview, day_in_brussels(now))
    possible = _possible(meeting, role, now)
    return InterviewView(
        state=interview.state.value,
        state_words=STATE_WORDS[interview.state],
        headline=headline(interview, role, now),
        when=when_words(interview),
        kind=KIND_WORDS[interview.kind],
        place=interview.place,
        words=interview.words,
        why=why_words(interview, role),
        my_turn=TAKE[role] in possible,
        can_move=MOVE[role] in possible,
        can_cancel="cancel" in possible,
        needs_why=role is Role.COMPANY or interview.state is InterviewState.AGREED,
        file=file_path(interview.application_id) if interview.starts_at else "",
        more_rows=rows_of(rules.most[role]),
        **_moments(session, role, meeting, [slot for slot in slots if slot.at > now], rules),
    )


def entry_of(meeting: Meeting, fixed: list[Meeting]) -> AgendaEntry:
    """Build the line of an interview in its company's agenda."""
    interview = meeting.interview
    is_fixed = interview.state is InterviewState.AGREED
    ends = begins(meeting) + timedelta(minutes=interview.minutes)
    span = _("{begin} – {end}").format(begin=hour(begins(meeting).time()), end=hour(ends.time()))
    return AgendaEntry(
        application_id=interview.application_id,
        hour=span if is_fixed else "",
        person=f"{meeting.person.first_name} {meeting.person.last_name}",
        title=place_title(meeting.trade.name_f, meeting.trade.name_m),
        establishment=meeting.establishment.name,
        where=" · ".join(filter(None, [KIND_WORDS[interview.kind], interview.place])),
        turn="" if is_fixed else line_words(interview),
        my_turn=interview.state is InterviewState.COUNTERED,
        overlaps=_overlaps(meeting, fixed),
        file=file_path(interview.application_id) if interview.starts_at else "",
    )


def begins(meeting: Meeting) -> datetime:
    """Return when an interview begins in Brussels, or was last changed while that is open."""
    return (meeting.interview.starts_at or meeting.interview.changed_at).astimezone(BRUSSELS)


def _moments(
    session: Session, role: Role, meeting: Meeting, slots: list[InterviewSlot], rules: Rules
) -> dict[str, Any]:
    """Return the moments that are open, or the warning of the fixed one."""
    interview = meeting.interview
    fixed = interview.starts_at if interview.state is InterviewState.AGREED else None
    moments = [fixed] if fixed else [slot.at for slot in slots]
    if interview.state is InterviewState.CANCELLED or not moments:
        return {}
    others = others_fixed(session, role, meeting, moments, REACH)

    def warn(at: datetime) -> str:
        return warning_of(at, interview.minutes, others, rules.night, role)

    if fixed:
        return {"warning": warn(fixed)}
    return {"slots": [SlotRow(slot.id or 0, moment_words(slot.at), warn(slot.at)) for slot in slots]}


def _possible(meeting: Meeting, role: Role, now: datetime) -> frozenset[str]:
    interview = meeting.interview
    ended = meeting.application.status not in HELD_IN or meeting.person.suspended_at is not None
    if ended or is_over(interview.state, interview.starts_at, now):
        return frozenset()
    return INTERVIEW_LIFE.possible(interview.state, role)


def _overlaps(meeting: Meeting, fixed: list[Meeting]) -> str:
    lasts = timedelta(minutes=meeting.interview.minutes)
    for other in fixed:
        if other is meeting or other.establishment.id != meeting.establishment.id:
            continue
        if overlap(begins(meeting), lasts, begins(other), timedelta(minutes=other.interview.minutes)):
            return _("En même temps que {person}").format(person=other.person.first_name)
    return ""
