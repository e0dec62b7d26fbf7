"""Tries are counted per name and limit, say how long to wait, and are forgotten in time or on success."""

import time
from contextlib import suppress

import pytest

from stageplus.domain.refusals import TooManyTries
from stageplus.services.throttle import Limit, Throttle, network_of
from stageplus.states.messages import message_of, wait_words
from stageplus.web.factors import PER_PERSON

THRICE = Limit("essai", 3, 15)


@pytest.fixture
def counts() -> Throttle:
    return Throttle()


def wait(counts: Throttle, whose: str, limit: Limit = THRICE) -> int:
    try:
        counts.check(limit, whose)
    except TooManyTries as refusal:
        return refusal.minutes
    return 0


def test_the_fourth_try_waits(counts: Throttle) -> None:
    for _ in range(3):
        counts.admit(THRICE, "ada")
    with pytest.raises(TooManyTries):
        counts.admit(THRICE, "ada")
    assert (wait(counts, "ada"), wait(counts, "lou")) == (15, 0)


def test_limits_count_apart(counts: Throttle) -> None:
    for _ in range(3):
        counts.count(THRICE, "ada")
    assert wait(counts, "ada", Limit("autre", 3, 15)) == 0


def test_checking_counts_nothing(counts: Throttle) -> None:
    for _ in range(9):
        counts.check(THRICE, "ada")
    assert wait(counts, "ada") == 0


def test_the_wait_shrinks_with_the_clock_and_ends(counts: Throttle, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        counts.count(THRICE, "ada")
    start = time.time()
    for later, minutes in ((0, 15), (5 * 60, 10), (14.5 * 60, 1), (15.1 * 60, 0)):
        monkeypatch.setattr(time, "time", lambda later=later: start + later)
        assert wait(counts, "ada") == minutes


def test_success_forgives(counts: Throttle) -> None:
    for _ in range(3):
        counts.count(THRICE, "ada")
    counts.forgive(THRICE, "ada")
    assert wait(counts, "ada") == 0


def test_a_name_that_is_missing_is_not_shared_by_everybody(counts: Throttle) -> None:
    for _ in range(9):
        counts.admit(THRICE, "")
    assert wait(counts, "") == 0


def test_of_several_limits_the_first_that_is_full_is_told_and_none_counts(counts: Throttle) -> None:
    both = (Limit("jour", 4, 24 * 60), THRICE)
    for _ in range(3):
        counts.admit_by_all(both, "ada")
    for _ in range(9):
        with pytest.raises(TooManyTries):
            counts.admit_by_all(both, "ada")
    assert (wait(counts, "ada", both[0]), wait(counts, "ada", both[1])) == (0, 15)


def test_a_patient_guesser_of_second_factors_has_a_bounded_number_of_tries_a_day(
    counts: Throttle, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, admitted = time.time(), 0
    for quarter in range(4 * 24 - 1):
        monkeypatch.setattr(time, "time", lambda quarter=quarter: start + quarter * (15 * 60 + 1))
        for _ in range(12):
            with suppress(TooManyTries):
                counts.admit_by_all(PER_PERSON, "ada")
                admitted += 1
    assert admitted == 100


@pytest.mark.parametrize("name", ["\ud800", "é\u202e", "x" * 100_000, "' OR 1=1"])
def test_any_name_can_be_counted(counts: Throttle, name: str) -> None:
    for _ in range(3):
        counts.admit(THRICE, name)
    assert wait(counts, name) == 15


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_a_household_is_counted_as_one(address: str, counted: str) -> None:
    assert network_of(address) == counted


def test_the_sentence_says_how_long() -> None:
    assert message_of(TooManyTries(12)).endswith("Un nouvel essai sera possible dans 12 minutes.")
    assert wait_words(1).endswith("dans 1 minute.")
    assert wait_words(20 * 60).endswith("dans 20 heures.")
