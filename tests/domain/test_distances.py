"""Distances in kilometres behave as distances do, and agree with the map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageplus.domain.distances import Point, distance_km

POINTS = st.builds(Point, st.floats(49.4, 51.6), st.floats(2.5, 6.5))
NAMUR, LIEGE, BRUSSELS = Point(50.4669, 4.8675), Point(50.6337, 5.5675), Point(50.8505, 4.3488)


@given(POINTS, POINTS)
def test_there_and_back_are_equally_far(one: Point, other: Point) -> None:
    assert distance_km(one, other) == pytest.approx(distance_km(other, one))


@given(POINTS)
def test_a_place_is_at_no_distance_from_itself(point: Point) -> None:
    assert distance_km(point, point) == 0


@given(POINTS, POINTS, POINTS)
def test_a_detour_is_never_shorter(one: Point, other: Point, third: Point) -> None:
    assert distance_km(one, third) <= distance_km(one, other) + distance_km(other, third) + 1e-6


@pytest.mark.parametrize(("one", "other", "km"), [(NAMUR, LIEGE, 53), (NAMUR, BRUSSELS, 56), (LIEGE, BRUSSELS, 89)])
def test_known_distances(one: Point, other: Point, km: float) -> None:
    assert distance_km(one, other) == pytest.approx(km, abs=2)


def test_no_two_points_of_belgium_are_300_km_apart() -> None:
    assert 0 < distance_km(Point(51.1, 2.55), Point(49.5, 5.8)) < 300
