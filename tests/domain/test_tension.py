"""Tension is learners for each place; words say what it means, also where numbers are hidden."""

import pytest

from stageplus.domain.tension import Level, level_of, tension


@pytest.mark.parametrize(
    ("places", "learners", "found", "level"),
    [
        (4, 10, 2.5, Level.TIGHT),
        (10, 10, 1.0, Level.EASY),
        (10, 5, 0.5, Level.EASY),
        (10, 0, 0.0, Level.NOBODY),
        (0, 0, None, Level.NOBODY),
        (0, 7, None, Level.NONE),
        (0, None, None, Level.NONE),
        (3, None, None, Level.UNKNOWN),
    ],
)
def test_each_case(places: int, learners: int | None, found: float | None, level: Level) -> None:
    assert (tension(places, learners), level_of(places, learners)) == (found, level)
