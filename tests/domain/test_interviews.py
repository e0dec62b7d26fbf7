"""An interview's life: who does what from where, when one may be proposed again, and what shares time."""

from datetime import UTC, datetime, timedelta

import pytest

from stageplus.domain.actors import Role
from stageplus.domain.errors import Denied, NotPossible
from stageplus.domain.interviews import (
    INTERVIEW_LIFE,
    InterviewState,
    is_over,
    may_be_offered,
    overlap,
)
from stageplus.domain.transitions import CLOCK

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
S = InterviewState
ALLOWED = {
    ("offer", S.CANCELLED, Role.COMPANY): S.OFFERED,
    ("offer", S.AGREED, Role.COMPANY): S.OFFERED,
    ("choose", S.OFFERED, Role.LEARNER): S.AGREED,
    ("confirm", S.COUNTERED, Role.COMPANY): S.AGREED,
    ("counter", S.OFFERED, Role.LEARNER): S.COUNTERED,
    ("counter", S.AGREED, Role.LEARNER): S.COUNTERED,
    **{("move", state, Role.COMPANY): S.OFFERED for state in (S.OFFERED, S.COUNTERED, S.AGREED)},
    **{
        ("cancel", state, role): S.CANCELLED
        for state in (S.OFFERED, S.COUNTERED, S.AGREED)
        for role in (Role.LEARNER, Role.COMPANY)
    },
    **{("end", state, role): S.CANCELLED for state in (S.OFFERED, S.COUNTERED, S.AGREED) for role in (*Role, CLOCK)},
}


@pytest.mark.parametrize("role", [*Role, CLOCK])
@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("step", INTERVIEW_LIFE.steps)
def test_every_step_from_every_state_by_everybody(step: str, state: S, role: Role | None) -> None:
    wanted = ALLOWED.get((step, state, role))
    if wanted:
        assert INTERVIEW_LIFE.after(step, state, role) is wanted
        return
    with pytest.raises((Denied, NotPossible)):
        INTERVIEW_LIFE.after(step, state, role)


@pytest.mark.parametrize(
    ("state", "starts_at", "over", "offered"),
    [
        (S.AGREED, NOW + HOUR, False, False),
        (S.AGREED, NOW, True, True),
        (S.OFFERED, NOW - HOUR, False, False),
        (S.COUNTERED, None, False, False),
        (S.CANCELLED, NOW + HOUR, False, True),
    ],
)
def test_what_is_over_or_cancelled_may_be_proposed_again(
    state: S, starts_at: datetime | None, over: bool, offered: bool
) -> None:
    assert (is_over(state, starts_at, NOW), may_be_offered(state, starts_at, NOW)) == (over, offered)


def test_without_an_interview_one_may_be_proposed() -> None:
    assert may_be_offered(None, None, NOW)


@pytest.mark.parametrize(("apart", "shared"), [(-60, False), (-59, True), (0, True), (44, True), (45, False)])
def test_meetings_share_time_unless_one_begins_when_the_other_ends(apart: int, shared: bool) -> None:
    minutes = timedelta(minutes=1)
    assert overlap(NOW, 45 * minutes, NOW + apart * minutes, 60 * minutes) is shared
