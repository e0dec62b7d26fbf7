"""Markers that would touch are one, at every level; the last level shows every commune."""

from math import dist
from random import Random

import pytest

from stageplus.domain.clusters import (
    LEVELS,
    Cluster,
    Dot,
    clusters_of,
    kilometres_apart,
    level_showing,
    named_ones,
)
from stageplus.domain.drawing import KM_ACROSS


def many() -> list[Dot]:
    chance = Random(5)
    return [
        Dot(f"{ins:05}", (chance.uniform(0, 280), chance.uniform(0, 230)), chance.randrange(1, 90), ins % 3 == 0)
        for ins in range(280)
    ]


@pytest.mark.parametrize("level", range(LEVELS))
def test_no_offer_is_lost_and_no_marker_touches_another(level: int) -> None:
    dots = many()
    clusters = clusters_of(dots, level)
    assert sum(each.count for each in clusters) == sum(dot.count for dot in dots)
    assert sorted(dot.ins for each in clusters for dot in each.dots) == [dot.ins for dot in dots]
    if level < LEVELS - 1:
        apart = [dist(one.spot, other.spot) for one in clusters for other in clusters if one is not other]
        assert min(apart) >= kilometres_apart(level)
    else:
        assert all(len(each.dots) == 1 for each in clusters)


def test_each_level_shows_more_than_the_one_before() -> None:
    counts = [len(clusters_of(many(), level)) for level in range(LEVELS)]
    assert counts == sorted(counts) and counts[0] < 40 and counts[-1] == 280


def test_a_marker_stands_where_the_most_offers_are_those_of_the_radius_first() -> None:
    near, big, small = Dot("1", (10, 10), 2), Dot("2", (12, 10), 50, inside=False), Dot("3", (14, 10), 9, inside=False)
    assert clusters_of([small, big], 0)[0].spot == big.spot
    assert clusters_of([small, big, near], 0) == [Cluster((near, big, small))]


def test_no_offers_no_markers() -> None:
    assert clusters_of([], 0) == []


@pytest.mark.parametrize("radius", [5, 15, 50, 100])
def test_the_first_level_shows_the_whole_radius_and_not_much_more(radius: int) -> None:
    shown = KM_ACROSS / 2 ** level_showing(radius)
    assert 2 * radius <= shown
    assert level_showing(radius) == LEVELS - 1 or shown < 5 * radius


def test_names_stand_where_they_cover_nothing() -> None:
    crowded = [Cluster((Dot(str(at), (100 + 10 * at, 100), 5 - at),)) for at in range(3)]
    alone = Cluster((Dot("9", (200, 200), 1),))
    names = ["Marche-en-Famenne", "Rochefort", "Nassogne", "Arlon"]
    assert named_ones([*crowded, alone], names, 0) == {0, 3}
    assert named_ones([*crowded, alone], names, LEVELS - 1) == {0, 1, 2, 3}
