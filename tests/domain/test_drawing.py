"""Our own drawing of the country: positions keep their places, and outlines close around what lies nearest."""

from math import dist

import pytest

from stageplus.domain.distances import Point, distance_km
from stageplus.domain.drawing import KM_ACROSS, KM_DOWN, Named, Spot, on_the_drawing, outlines, path_of
from stageplus.web.map_drawing import BASINS, DRAWING, drawn, drawn_basins

NAMUR, LIEGE, ARLON = Point(50.4669, 4.8675), Point(50.6337, 5.5675), Point(49.6833, 5.8167)


@pytest.mark.parametrize(("one", "other"), [(NAMUR, LIEGE), (NAMUR, ARLON), (LIEGE, ARLON)])
def test_distances_on_the_drawing_are_those_of_the_country(one: Point, other: Point) -> None:
    drawn_apart = dist(on_the_drawing(one), on_the_drawing(other))
    assert drawn_apart == pytest.approx(distance_km(one, other), rel=0.03)


def test_north_is_up_and_west_is_left() -> None:
    namur, liege, arlon = map(on_the_drawing, (NAMUR, LIEGE, ARLON))
    assert namur[0] < liege[0] < arlon[0] and liege[1] < namur[1] < arlon[1]
    assert all(0 < x < KM_ACROSS and 0 < y < KM_DOWN for x, y in (namur, liege, arlon))


def grid(owner: str, left: float) -> list[Named]:
    return [Named((left + 5 * column, 50 + 5 * line), owner) for column in range(6) for line in range(6)]


def around(line: list[Spot], spot: Spot) -> bool:
    """Say whether a closed line goes around a spot."""
    inside = False
    for (x, y), (to_x, to_y) in zip(line, [*line[1:], line[0]], strict=True):
        if (y > spot[1]) != (to_y > spot[1]) and spot[0] < (to_x - x) * (spot[1] - y) / (to_y - y) + x:
            inside = not inside
    return inside


def test_an_outline_goes_around_its_places_and_not_around_others() -> None:
    lines = outlines([*grid("west", 20), *grid("east", 60)])
    [west], [east] = lines["west"], lines["east"]
    for place in grid("", 20):
        assert around(west, place.spot) and not around(east, place.spot)
    for place in grid("", 60):
        assert around(east, place.spot) and not around(west, place.spot)
    assert not around(west, (150, 150)) and not around(east, (150, 150))


def test_a_path_is_written_in_steps_from_spot_to_spot() -> None:
    assert path_of([[(1, 1), (2, 1), (2, 0.5)]]) == "M10,10l10,0 0-5z"


def test_the_shipped_drawing_is_the_one_of_the_shipped_places() -> None:
    assert DRAWING.read_text(encoding="utf-8") == drawn(), "python -m stageplus.web.map_drawing"


def test_the_basins_are_drawn_under_their_codes() -> None:
    drawing = BASINS.read_text(encoding="utf-8")
    assert drawing == drawn_basins(), "python -m stageplus.web.map_drawing"
    assert drawing.count("<path id=") == 10


def test_every_region_is_drawn_and_nothing_comes_from_elsewhere() -> None:
    text = DRAWING.read_text(encoding="utf-8")
    assert all(f'id="{part}"' in text for part in ("home", "beyond", "towns"))
    assert text.count("http") == 1 and "w3.org/2000/svg" in text
