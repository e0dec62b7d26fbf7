"""Whoever guesses waits, is told how long, and is never locked out for good."""

from collections.abc import Iterator

import pytest

from stageplus.web import patience
from stageplus.web.patience import PER_PERSON, Patience


class Clock:
    """An hour that the test sets, for the limiter and for us."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    shown = Clock()
    monkeypatch.setattr(patience, "time", shown)
    monkeypatch.setattr("limits.storage.memory.time", shown)
    return shown


def test_ten_tries_then_a_wait_that_is_said(clock: Clock) -> None:
    counter = Patience()
    assert [counter.minutes_to_wait("7", PER_PERSON) for _ in range(10)] == [0] * 10
    assert counter.minutes_to_wait("7", PER_PERSON) == 15
    assert counter.minutes_to_wait("8", PER_PERSON) == 0
    clock.now += 14 * 60
    assert counter.minutes_to_wait("7", PER_PERSON) == 1
    clock.now += 61
    assert counter.minutes_to_wait("7", PER_PERSON) == 0


def test_a_patient_guesser_has_a_bounded_number_of_tries_a_day(clock: Clock) -> None:
    counter = Patience()
    admitted = 0
    for _quarter in range(4 * 24):
        admitted += sum(counter.minutes_to_wait("7", PER_PERSON) == 0 for _ in range(12))
        clock.now += 15 * 60 + 1
    assert admitted <= 110


def test_success_forgives(clock: Clock) -> None:
    counter = Patience()
    for _ in range(3):
        assert [counter.minutes_to_wait("7", PER_PERSON) for _ in range(9)] == [0] * 9
        counter.forgive("7", PER_PERSON)
