"""Working hours against the night of minors."""

from datetime import time

import pytest

from stageplus.domain.hours import Night

NIGHT = Night.in_force({"night_from": "20", "night_to": "6"})


@pytest.mark.parametrize(
    ("begin", "end", "touches"),
    [
        (time(8), time(16, 30), False),
        (time(6), time(20), False),
        (time(5), time(13), True),
        (time(14), time(20, 30), True),
        (time(22), time(5), True),
    ],
)
def test_hours_that_reach_into_the_night_are_seen(begin: time, end: time, touches: bool) -> None:
    assert NIGHT.touches(begin, end) is touches


@pytest.mark.parametrize(
    ("begin", "end", "allowed"),
    [
        (time(8), time(16, 30), True),
        (time(22), time(7), True),
        (time(18), time(1), True),
        (time(16, 30), time(8), False),
        (time(9), time(9), False),
        (time(22), time(22), False),
    ],
)
def test_a_day_ends_after_it_begins_unless_it_is_night_work(begin: time, end: time, allowed: bool) -> None:
    assert NIGHT.allows(begin, end) is allowed
