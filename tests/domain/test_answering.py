"""What is said of an establishment's answers is true, fair and never about a handful."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stageplus.domain.answering import Habit, Pause, Received, answering_habit, time_to_answer

SENT = datetime(2026, 10, 1, 9, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def received(hours: float | None = None, *, due: int = 7, is_over: bool = False) -> Received:
    answered = None if hours is None else SENT + timedelta(hours=hours)
    return Received(SENT, SENT.date() + timedelta(days=due), answered, is_over)


@pytest.mark.parametrize(
    ("applications", "habit"),
    [
        ([received(24)] * 4, None),
        ([received(24)] * 5, Habit(5, 5, 1)),
        ([received(1)] * 5, Habit(5, 5, 1)),
        ([received(25)] * 5, Habit(5, 5, 2)),
        ([received(24 * days) for days in (1, 2, 4, 8, 30)], Habit(5, 5, 4)),
        ([received(24)] * 3 + [received()] * 2, Habit(5, 3, 1)),
        ([received()] * 6, Habit(6, 0, 0)),
        ([received(24)] * 4 + [received(due=90)], None),
        ([received(24)] * 4 + [received(is_over=True)], None),
        ([received(24)] * 4 + [received(48, is_over=True)], Habit(5, 5, 1)),
        ([received(24 * 40)] * 5, Habit(5, 5, 40)),
    ],
)
def test_habit(applications: list[Received], habit: Habit | None) -> None:
    assert answering_habit(applications, TODAY, 5) == habit


def test_one_due_today_still_has_its_day() -> None:
    due_today = received(due=(TODAY - SENT.date()).days)
    assert answering_habit([due_today] * 5, TODAY, 5) is None
    assert answering_habit([due_today] * 5, TODAY + timedelta(days=1), 5) == Habit(5, 0, 0)


@pytest.mark.parametrize(
    ("pauses", "days"),
    [
        ([], 30),
        ([Pause(SENT + timedelta(days=10), SENT + timedelta(days=14))], 26),
        ([Pause(SENT - timedelta(days=5), SENT - timedelta(days=1))], 30),
        ([Pause(SENT - timedelta(days=5), SENT + timedelta(days=1))], 29),
        ([Pause(SENT + timedelta(days=10))], 10),
        ([Pause(SENT + timedelta(days=1), SENT + timedelta(days=2)), Pause(SENT + timedelta(days=20))], 19),
    ],
)
def test_only_the_time_in_which_a_company_could_answer_counts(pauses: list[Pause], days: int) -> None:
    assert time_to_answer(SENT, pauses, SENT + timedelta(days=30)) == timedelta(days=days)
