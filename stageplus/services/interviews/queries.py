"""What learners and companies read about interviews, on the site and in their calendars."""

from datetime import datetime, time, timedelta
from hashlib import sha256
from itertools import groupby

from sqlalchemy import Engine
from sqlmodel import Session, col, or_, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.applications import ANSWERABLE
from stageplus.domain.errors import NotFound
from stageplus.domain.interviews import InterviewState, may_be_offered
from stageplus.models import CalendarFeed, Company, CompanyMember, Interview, Person
from stageplus.services.interviews.calendars import feed_for, file_for
from stageplus.services.interviews.schemas import Agenda, AgendaDay, CalendarFile, InterviewView
from stageplus.services.interviews.scope import (
    fixed_from,
    is_standing,
    listed,
    meeting_for,
    meetings,
    visible_to,
)
from stageplus.services.interviews.showing import Around, begins, entry_of, meeting_in, nothing_yet, view_of
from stageplus.services.interviews.wording import headline, line_words, turn_words, when_words, where_words
from stageplus.texts.formats import BRUSSELS, day_in_brussels, long_date, short_date

MOST_ENTRIES = 300
KEPT_IN_FEED = timedelta(days=30)


def agenda(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Agenda:
    """List the interviews of the actor's company or establishments: those fixed from today on, and the open ones."""
    actor = require(actor, Permission.APPLICATION_ANSWER)
    today = datetime.combine(day_in_brussels(now), time(), BRUSSELS)
    with reading(on) as session:
        standing = meetings().where(*visible_to(actor), *is_standing())
        is_open = col(Interview.state) != InterviewState.AGREED
        coming = standing.where(or_(is_open, col(Interview.starts_at) >= today))
        found = listed(session, coming.order_by(col(Interview.starts_at), col(Interview.id)).limit(MOST_ENTRIES))
        feed = session.get(CalendarFeed, (actor.person_id, actor.company_id or 0))
    fixed = [each for each in found if each.interview.state is InterviewState.AGREED]
    days = groupby(fixed, key=lambda each: day_in_brussels(begins(each)))
    return Agenda(
        days=[
            AgendaDay(long_date(day).capitalize(), [entry_of(each, fixed) for each in theirs]) for day, theirs in days
        ],
        open=[entry_of(each, []) for each in found if each.interview.state is not InterviewState.AGREED],
        followed_since=short_date(day_in_brussels(feed.created_at)) if feed else "",
    )


def interview_file(
    actor: Actor | None, application_id: int, *, now: datetime, on: Engine | None = None
) -> CalendarFile:
    """Give the calendar file of an interview to its learner or its company, once a moment was fixed.

    Raises `NotFound` for anybody else, before that, and for the company once the application is withdrawn.
    """
    actor = require(actor, Permission.INTERVIEW_HOLD)
    with reading(on) as session:
        meeting = meeting_for(session, actor, application_id)
        if meeting.interview.starts_at is None:
            raise NotFound
        return file_for(meeting, actor.role, session.get_one(Person, actor.person_id).email, now)


def followed_calendar(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> CalendarFile:
    """Give the fixed interviews of a company to whoever holds the secret address, which is right enough.

    First names and titles only. Raises `NotFound` for an address that was ended, or whose person no longer acts for
    the company.
    """
    with reading(on) as session:
        wanted = select(CalendarFeed, Company).join(Company, col(Company.id) == CalendarFeed.company_id)
        wanted = wanted.join(Person, col(Person.id) == CalendarFeed.person_id).where(col(Person.suspended_at).is_(None))
        acting = select(CompanyMember.person_id).where(
            CompanyMember.person_id == CalendarFeed.person_id, CompanyMember.company_id == CalendarFeed.company_id
        )
        found = session.exec(wanted.where(CalendarFeed.token_hash == feed_hash(token), acting.exists())).first()
        if found is None:
            raise NotFound
        feed, company = found
        whose = Actor(feed.person_id, Role.COMPANY, company_id=feed.company_id)
        fixed = meetings().where(*visible_to(whose), *fixed_from(now - KEPT_IN_FEED))
        coming = listed(session, fixed.order_by(col(Interview.starts_at)).limit(MOST_ENTRIES))
        return feed_for(coming, company.name, now)


def feed_hash(token: str) -> str:
    """Return the only form in which the token of a secret address is kept."""
    return sha256(token.encode("utf-8", "ignore")).hexdigest()


def interview_in(session: Session, role: Role, around: Around, now: datetime) -> InterviewView:
    """Show one side the interview of an application that another area has read."""
    if around.interview is None:
        may_come = role is Role.COMPANY and around.application.status in ANSWERABLE
        return nothing_yet(session, now) if may_come else InterviewView()
    return view_of(session, role, meeting_in(around, around.interview), now)


def may_be_proposed(interview: Interview | None, now: datetime) -> bool:
    """Say whether a company may propose an interview now."""
    return interview is None or may_be_offered(interview.state, interview.starts_at, now)


def headline_of(interview: Interview, now: datetime) -> str:
    """Tell the learner where an interview stands and whose turn it is."""
    return headline(interview, Role.LEARNER, now)


def story_now(interview: Interview) -> tuple[str, str]:
    """Return when and where the interview is, for the learner's story, and who acts now."""
    return " · ".join(filter(None, [when_words(interview), where_words(interview)])), turn_words(interview)


def list_words(interview: Interview) -> str:
    """Say where an interview stands, in the line of a company's list."""
    return line_words(interview)
