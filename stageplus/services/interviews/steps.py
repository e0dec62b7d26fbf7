"""One step of an interview: the rule, the conditional write, the story of its application, and who is told live."""

from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from sqlmodel import Session, col, delete, select, update

from stageplus.domain.actors import Role
from stageplus.domain.errors import InvalidInput, NotPossible
from stageplus.domain.interviews import INTERVIEW_LIFE, InterviewState, is_over, may_be_offered
from stageplus.models import Application, ApplicationChange, Interview, InterviewSlot
from stageplus.services.interviews.schemas import InterviewInput, Offered
from stageplus.services.interviews.scope import Meeting
from stageplus.services.notifications.live import tell
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels

STORY = {
    "choose": "interview-agreed",
    "confirm": "interview-agreed",
    "counter": "interview-countered",
    "move": "interview-moved",
    "cancel": "interview-cancelled",
}
"""The steps that the story of an application tells; the first offer is the application's own step."""


def check_moments(session: Session, moments: tuple[Offered, ...], most: int, now: datetime) -> None:
    """Refuse what is past, too far away or more than `most`; raises `InvalidInput` beside each field."""
    wrong = {}
    furthest = int(parameter_in_force(session, "interview_within_days", day_in_brussels(now)))
    for position, offered in enumerate(moments):
        if offered.at <= now:
            wrong[offered.field] = _("Ce moment est déjà passé.")
        elif offered.at > now + timedelta(days=furthest):
            words = ngettext("Dans {n} jour au plus.", "Dans {n} jours au plus.", furthest)
            wrong[offered.field] = words.format(n=furthest)
        elif position >= most:
            wrong[offered.field] = ngettext("{n} moment au plus.", "{n} moments au plus.", most).format(n=most)
    if wrong:
        raise InvalidInput(wrong)


def proposed(session: Session, application_id: int, data: InterviewInput, now: datetime) -> Interview:
    """Write an interview anew, in the row that its application has already; raises `NotPossible` while one stands."""
    minutes = int(parameter_in_force(session, "interview_minutes", day_in_brussels(now)))
    told: dict[str, Any] = {"kind": data.kind, "place": data.place, "words": data.message, "minutes": minutes}
    fresh = {"starts_at": None, "why": "", "why_by": None}
    known = session.exec(select(Interview).where(Interview.application_id == application_id)).first()
    if known is None:
        known = Interview(
            application_id=application_id,
            uid=token_hex(16),
            state=InterviewState.OFFERED,
            created_at=now,
            changed_at=now,
            **told,
        )
        session.add(known)
        session.flush()
        return known
    if not may_be_offered(known.state, known.starts_at, now):
        raise NotPossible("offer", known.state)
    change(session, known, "offer", Role.COMPANY, now, **told, **fresh)
    return known


def change(session: Session, interview: Interview, step: str, role: Role | None, now: datetime, **changed: Any) -> None:
    """Take a step if nobody was faster; raises `NotPossible` when the interview changed meanwhile, or has passed."""
    if step not in {"offer", "end"} and is_over(interview.state, interview.starts_at, now):
        raise NotPossible(step, interview.state)
    after = INTERVIEW_LIFE.after(step, interview.state, role)
    mine = update(Interview).where(col(Interview.id) == interview.id, col(Interview.sequence) == interview.sequence)
    fresh = {"state": after, "sequence": interview.sequence + 1, "changed_at": now, "reminded_at": None}
    if session.exec(mine.values(**fresh, **changed)).rowcount != 1:
        raise NotPossible(step, interview.state)
    session.refresh(interview)


def offer_moments(
    session: Session, interview: Interview, moments: tuple[Offered, ...], by: Role
) -> list[InterviewSlot]:
    """Put these moments in the place of those offered before."""
    session.exec(delete(InterviewSlot).where(col(InterviewSlot.interview_id) == interview.id))
    slots = [InterviewSlot(interview_id=interview.id or 0, by=by, at=offered.at) for offered in moments]
    session.add_all(slots)
    session.flush()
    return slots


def note(session: Session, meeting: Meeting, step: str, role: Role, person_id: int, now: datetime) -> None:
    """Write a step in the story of the application and tell whoever looks at it."""
    application = meeting.application
    session.add(
        ApplicationChange(
            application_id=application.id or 0,
            step=STORY[step],
            status=application.status,
            role=role,
            person_id=person_id,
            at=now,
        )
    )
    session.exec(update(Application).where(col(Application.id) == application.id).values(changed_at=now))
    session.flush()
    tell(session, f"learner:{application.learner_id}", f"company:{meeting.offer.company_id}")
