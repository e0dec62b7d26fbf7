"""Interviews of the demonstration: one in each state, and a company whose agenda is worth opening."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from stageplus.demo import words
from stageplus.demo.cast import Cast, a_learner
from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.interviews import InterviewKind, InterviewState
from stageplus.models import Application, ApplicationChange, Interview, InterviewSlot, Learner, Offer, Operator
from stageplus.texts.formats import BRUSSELS, day_in_brussels

Tell = Callable[[Cast, Offer, Learner], None]
PLACE, CALL = "Rue du Four 12, sonnez à l’atelier et demandez Sacha", "Nous vous appelons"
ILL, BUSY = "Je suis malade cette semaine.", "Une grosse commande nous occupe ce jour-là."
STAGES: tuple[dict[str, Any], ...] = (
    {"state": InterviewState.OFFERED, "days": (3, 4, 7), "by": Role.COMPANY},
    {"state": InterviewState.COUNTERED, "days": (5, 6), "by": Role.LEARNER, "why": "J’ai cours le lundi et le mardi."},
    {"state": InterviewState.AGREED, "days": (3,), "by": Role.COMPANY},
    {"state": InterviewState.AGREED, "days": (1,), "by": Role.LEARNER, "kind": InterviewKind.PHONE, "place": CALL},
    {"state": InterviewState.CANCELLED, "days": (2,), "by": Role.COMPANY, "fixed": True, "why": ILL},
    {"state": InterviewState.OFFERED, "days": (8, 9), "by": Role.COMPANY, "fixed": True, "why": BUSY},
    {"state": InterviewState.AGREED, "days": (3,), "by": Role.COMPANY, "minutes": 20},
)
"""What each interview is like in turn; the last one overlaps an earlier one."""
GUESTS = (("Nour", "Croquis"), ("Elio", "Maquette"), ("Lise", "Épure"), ("Tom", "Canevas"), ("Zoé", "Pochoir"))


def hold_interview(cast: Cast, application: Application) -> None:
    """Give an application in contact the next kind of interview; whoever was kept had theirs already."""
    if application.status is ApplicationStatus.ACCEPTED:
        stage: dict[str, Any] = {"state": InterviewState.AGREED, "days": (-1,), "by": Role.COMPANY}
    else:
        stage = STAGES[cast.interviews % len(STAGES)]
        cast.interviews += 1
    _hold(cast, application, **stage)


def fill_agenda(cast: Cast, offer: Offer, operator: Operator, tell: Tell) -> None:
    """Let guests apply to an offer and be invited, so that its company's agenda holds something of everything."""
    town = cast.town("Namur")
    for number, name in enumerate(GUESTS):
        tell(cast, offer, a_learner(cast, operator, f"invite{number}@demo.test", name, offer.trade_code, town))


def _hold(
    cast: Cast,
    application: Application,
    *,
    state: InterviewState,
    days: tuple[int, ...],
    by: Role,
    fixed: bool = False,
    minutes: int = 30,
    **told: Any,
) -> None:
    moments = [_at(cast, day, minutes) for day in days]
    has_moment = fixed or state is InterviewState.AGREED
    interview: Interview = cast.kept(
        Interview(
            application_id=application.id or 0,
            uid=f"demo-{application.id}",
            sequence=len(moments),
            state=state,
            kind=told.get("kind", InterviewKind.ON_SITE),
            place=told.get("place", PLACE),
            words=words.INVITATION if by is Role.COMPANY else "",
            minutes=45,
            starts_at=moments[0] if has_moment else None,
            why=told.get("why", ""),
            why_by=(Role.LEARNER if told["why"] == ILL else by) if "why" in told else None,
            created_at=application.changed_at,
            changed_at=application.changed_at,
        )
    )
    for moment in moments:
        cast.kept(InterviewSlot(interview_id=interview.id or 0, by=by, at=moment))
    if state is not InterviewState.OFFERED or fixed:
        _note(cast, application, interview)


def _note(cast: Cast, application: Application, interview: Interview) -> None:
    steps = {
        InterviewState.AGREED: ("interview-agreed", Role.LEARNER),
        InterviewState.COUNTERED: ("interview-countered", Role.LEARNER),
        InterviewState.CANCELLED: ("interview-cancelled", Role.LEARNER),
        InterviewState.OFFERED: ("interview-moved", Role.COMPANY),
    }
    step, role = steps[interview.state]
    at = application.changed_at + timedelta(hours=3)
    status = ApplicationStatus.IN_CONTACT
    cast.kept(ApplicationChange(application_id=application.id or 0, step=step, status=status, role=role, at=at))


def _at(cast: Cast, day: int, minutes: int) -> datetime:
    when = day_in_brussels(cast.now) + timedelta(days=day)
    return datetime.combine(when, time(14, minutes), BRUSSELS)
