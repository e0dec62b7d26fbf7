"""Which group a letter belongs to, when learners are left in peace, and when the daily mail leaves."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from stageplus.domain.actors import Role
from stageplus.domain.letters import (
    CHOICES,
    LETTERS,
    OWN_RHYTHM,
    Group,
    QuietHours,
    UnknownLetter,
    group_of,
    letter_of,
    letters_in,
    may_choose,
    next_daily_mail,
    waits_for_morning,
)

BRUSSELS = ZoneInfo("Europe/Brussels")
NIGHT = QuietHours(time(21), time(7))


def here(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("kind", "letter"),
    [
        ("account", "account"),
        ("activation-report", "activation-report"),
        ("application-reminder-2", "application-reminder"),
        ("application-paused-answer-17000", "application-paused"),
        ("claim-to-decide", "claim-to-decide"),
    ],
)
def test_a_kind_belongs_to_the_longest_name_that_it_begins_with(kind: str, letter: str) -> None:
    assert letter_of(kind) == letter
    assert group_of(kind) is LETTERS[letter]


@pytest.mark.parametrize("kind", ["", "birthday", "application", "applications-sent", "account2"])
def test_a_letter_without_a_group_says_where_to_add_it(kind: str) -> None:
    with pytest.raises(UnknownLetter, match=r"LETTERS in stageplus/domain/letters\.py"):
        group_of(kind)


def test_what_safety_and_the_law_need_is_nobodys_choice() -> None:
    chosen = {group for groups in CHOICES.values() for group in groups}
    others = {Group.SAFETY, Group.DECISIONS, *OWN_RHYTHM}
    assert chosen & others == set()
    assert chosen | others == set(Group)


def test_every_group_has_a_letter_and_every_role_its_choices() -> None:
    assert {group for group in Group if not letters_in(group)} == set()
    assert set(CHOICES) == set(Role)
    assert may_choose(Role.LEARNER, Group.ANSWERS)
    assert not may_choose(Role.COMPANY, Group.ANSWERS)


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [(20, 59, False), (21, 0, True), (23, 59, True), (0, 0, True), (6, 59, True), (7, 0, False), (12, 0, False)],
)
def test_the_quiet_hours_go_over_midnight(hour: int, minute: int, quiet: bool) -> None:
    assert NIGHT.hold(here(24, hour, minute)) is quiet


def test_quiet_hours_may_also_lie_within_a_day_or_be_none() -> None:
    noon = QuietHours(time(12), time(14))
    assert [noon.hold(here(24, hour)) for hour in (11, 12, 13, 14)] == [False, True, True, False]
    nothing = QuietHours.in_force({})
    assert not any(nothing.hold(here(24, hour)) for hour in range(24))
    assert QuietHours.in_force({"quiet_from": "21", "quiet_to": "7"}) == NIGHT


def test_only_learners_wait_for_the_morning_and_never_for_safety() -> None:
    assert waits_for_morning(Role.LEARNER, Group.ANSWERS)
    assert waits_for_morning(Role.LEARNER, Group.DIGEST)
    assert not waits_for_morning(Role.LEARNER, Group.SAFETY)
    assert not waits_for_morning(Role.COMPANY, Group.APPLICATIONS)
    assert not waits_for_morning(None, Group.ANSWERS)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (here(24, 16, 59), here(24, 17)),
        (here(24, 17), here(25, 17)),
        (here(24, 23, 30), here(25, 17)),
        (here(24, 20, month=10), here(25, 17, month=10)),  # the night in which clocks go back
    ],
)
def test_the_daily_mail_leaves_at_its_hour_of_the_clock(now: datetime, then: datetime) -> None:
    assert next_daily_mail(now, 17) == then
