"""What is due for erasure at a moment, by the dated periods; the jobs erase it, OFFA's overview counts what is left."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists
from sqlmodel import Session, and_, col, or_, select

from stageplus.domain.applications import LIVE
from stageplus.models import (
    Application,
    ApplicationDraft,
    Consultation,
    Document,
    Enrolment,
    EnrolmentState,
    JournalEntry,
    Learner,
    Notice,
    OutboxMessage,
    Person,
    SignInSession,
)
from stageplus.services.registers.queries import months_before, parameter_in_force
from stageplus.texts.formats import day_in_brussels

OVER = col(Application.status).not_in(LIVE)


def ended_applications(session: Session, now: datetime) -> Any:
    """Say which applications ended so long ago that only their row stays, or changed since they were emptied."""
    before = months_before(session, "retention_ended_application_months", now)
    full = or_(col(Application.erased_at).is_(None), col(Application.erased_at) < col(Application.changed_at))
    return and_(OVER, col(Application.changed_at) < before, full)


def learners_to_warn(session: Session, now: datetime) -> Any:
    """Say which learners sleep long enough to be warned that their account will be erased, and were not yet."""
    before = months_before(session, "retention_inactive_learner_warning_months", now)
    unwarned = or_(col(Learner.warned_at).is_(None), col(Learner.warned_at) < before)
    return and_(_is_there(), _sleeps_since(before), unwarned, ~_has_left(session, now))


def sleeping_learners(session: Session, now: datetime) -> Any:
    """Say which learners have slept for the whole period, warned in time: a late warning puts the erasure off."""
    warned = months_before(session, "retention_inactive_learner_warning_months", now)
    before = months_before(session, "retention_inactive_learner_months", now)
    in_time = and_(col(Learner.warned_at) >= before, col(Learner.warned_at) <= now - (warned - before))
    return and_(_is_there(), _sleeps_since(before), in_time)


def learners_who_left(session: Session, now: datetime) -> Any:
    """Say which learners' enrolment ended so long ago that their account goes."""
    return and_(_is_there(), _has_left(session, now))


def ended_enrolments(session: Session, now: datetime) -> Any:
    """Say which enrolments ended so long ago that the operator's line goes too."""
    before = day_in_brussels(months_before(session, "retention_after_registration_end_months", now))
    return and_(col(Enrolment.state) == EnrolmentState.ENDED, col(Enrolment.ended_on) < before)


def old_drafts(session: Session, now: datetime) -> Any:
    """Say which drafts of applications nobody has touched for the days in force."""
    return col(ApplicationDraft.saved_at) < _days_before(session, "draft_keep_days", now)


def old_documents(session: Session, now: datetime) -> Any:
    """Say which CVs nobody needs: of drafts left alone, and of applications over for the months in force."""
    added_before = _days_before(session, "draft_keep_days", now)
    unsent = col(Document.application_id).is_(None) & (col(Document.added_at) < added_before)
    ended = months_before(session, "retention_ended_application_months", now)
    return unsent | col(Document.application_id).in_(select(Application.id).where(OVER, Application.changed_at < ended))


def old_notices(session: Session, now: datetime) -> Any:
    """Say which lines of the site's own lists are older than the days in force."""
    return col(Notice.at) < _days_before(session, "notice_days", now)


def old_consultations(session: Session, now: datetime) -> Any:
    """Say which looks at learners' data are older than the log is kept."""
    return col(Consultation.day) < day_in_brussels(_logged_since(session, now))


def old_deeds(session: Session, now: datetime) -> Any:
    """Say which entries of the journal are older than it is kept."""
    return col(JournalEntry.at) < _logged_since(session, now)


def old_sessions(session: Session, now: datetime) -> Any:
    """Say which sessions were last used before the time that the log is kept."""
    return col(SignInSession.last_seen_at) < _logged_since(session, now)


def old_mails(session: Session, now: datetime) -> Any:
    """Say which mails were written before the time that the log is kept and wait for nothing any more."""
    done = or_(col(OutboxMessage.sent_at).is_not(None), col(OutboxMessage.given_up_at).is_not(None))
    return and_(col(OutboxMessage.created_at) < _logged_since(session, now), done)


def _is_there() -> Any:
    return col(Learner.erased_at).is_(None)


def _has_left(session: Session, now: datetime) -> Any:
    before = day_in_brussels(months_before(session, "retention_after_registration_end_months", now))
    return and_(col(Learner.enrolment_ended_on).is_not(None), col(Learner.enrolment_ended_on) < before)


def _sleeps_since(before: datetime) -> Any:
    """Say whether nobody came since a moment; a new account counts as a visit."""
    came = exists().where(col(SignInSession.person_id) == Learner.person_id, col(SignInSession.last_seen_at) >= before)
    new = exists().where(col(Person.id) == Learner.person_id, col(Person.created_at) >= before)
    return and_(~came.correlate(Learner), ~new.correlate(Learner))


def _logged_since(session: Session, now: datetime) -> datetime:
    return months_before(session, "log_retention_months", now)


def _days_before(session: Session, name: str, now: datetime) -> datetime:
    return now - timedelta(days=float(parameter_in_force(session, name, day_in_brussels(now))))
