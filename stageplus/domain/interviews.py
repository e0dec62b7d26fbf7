"""Life of an interview: one side offers moments, the other takes one or offers others; it can move or end."""

from datetime import datetime, timedelta
from enum import StrEnum

from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.transitions import CLOCK, Lifecycle, Step


class InterviewState(StrEnum):
    """Where an interview stands; each of the first two names whose turn it is not."""

    OFFERED = "proposé"
    COUNTERED = "autres moments"
    AGREED = "fixé"
    CANCELLED = "annulé"


class InterviewKind(StrEnum):
    """How the two sides meet."""

    ON_SITE = "sur place"
    PHONE = "par téléphone"


LIVE = frozenset({InterviewState.OFFERED, InterviewState.COUNTERED, InterviewState.AGREED})
"""States of an interview that somebody still counts on."""

HELD_IN = frozenset({ApplicationStatus.IN_CONTACT, ApplicationStatus.ACCEPTED})
"""Statuses of an application in which its interview stands; with any other one it ends."""

TAKE: dict[Role, str] = {Role.LEARNER: "choose", Role.COMPANY: "confirm"}
"""How each side takes a moment that the other offered."""

MOVE: dict[Role, str] = {Role.LEARNER: "counter", Role.COMPANY: "move"}
"""How each side offers other moments."""

INTERVIEW_LIFE: Lifecycle[InterviewState] = Lifecycle(
    [
        Step(
            "offer",
            frozenset({InterviewState.CANCELLED, InterviewState.AGREED}),
            InterviewState.OFFERED,
            frozenset({Role.COMPANY}),
        ),
        Step("choose", frozenset({InterviewState.OFFERED}), InterviewState.AGREED, frozenset({Role.LEARNER})),
        Step("confirm", frozenset({InterviewState.COUNTERED}), InterviewState.AGREED, frozenset({Role.COMPANY})),
        Step(
            "counter",
            frozenset({InterviewState.OFFERED, InterviewState.AGREED}),
            InterviewState.COUNTERED,
            frozenset({Role.LEARNER}),
        ),
        Step("move", LIVE, InterviewState.OFFERED, frozenset({Role.COMPANY})),
        Step("cancel", LIVE, InterviewState.CANCELLED, frozenset({Role.LEARNER, Role.COMPANY})),
        Step("end", LIVE, InterviewState.CANCELLED, frozenset({*Role, CLOCK})),
    ]
)


def is_over(state: InterviewState, starts_at: datetime | None, now: datetime) -> bool:
    """Say whether an interview was fixed for a moment that has passed: nobody moves or cancels it any more."""
    return state is InterviewState.AGREED and starts_at is not None and starts_at <= now


def may_be_offered(state: InterviewState | None, starts_at: datetime | None, now: datetime) -> bool:
    """Say whether a company may propose an interview: there is none, the last was cancelled, or it has passed."""
    return state is None or state is InterviewState.CANCELLED or is_over(state, starts_at, now)


def overlap(first: datetime, lasts: timedelta, second: datetime, also_lasts: timedelta) -> bool:
    """Say whether two meetings share some time; one that begins when the other ends does not."""
    return first < second + also_lasts and second < first + lasts
