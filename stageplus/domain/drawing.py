"""Our own drawing of the country: where a place stands on it, and outlines worked out from the communes' positions.

No boundary file is needed: whatever lies nearest to the places of a province is drawn as that province.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, dist, radians
from typing import TypeVar

from stageplus.domain.distances import Point

WEST, NORTH, EAST, SOUTH = 2.42, 51.6, 6.52, 49.42
"""The edges of the drawing, in decimal degrees."""
KM_OF_A_DEGREE = 111.2
KM_ACROSS = (EAST - WEST) * KM_OF_A_DEGREE * cos(radians((NORTH + SOUTH) / 2))
KM_DOWN = (NORTH - SOUTH) * KM_OF_A_DEGREE
STEP = 1.5
"""Side of a square of the grid on which outlines are found, in kilometres."""
FARTHEST, NEAREST = 9.0, 6.0
"""How far from a place its province reaches where no other is nearer, in kilometres: far where places are rare."""
NEIGHBOURS = 3
SMOOTHED_OVER = 3
DETAIL = 0.35
Spot = tuple[float, float]
Square = tuple[int, int]
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Named:
    """A position with what it belongs to, such as a province."""

    spot: Spot
    owner: str


def on_the_drawing(point: Point) -> Spot:
    """Return where a position stands, in kilometres from the left and the upper edge of the drawing."""
    return (point.longitude - WEST) / (EAST - WEST) * KM_ACROSS, (NORTH - point.latitude) * KM_OF_A_DEGREE


def outlines(places: Sequence[Named]) -> dict[str, list[list[Spot]]]:
    """Return, for each owner of some places, the closed lines around what lies nearest to them."""
    squares = _owned(places)
    lines: dict[str, list[list[Spot]]] = defaultdict(list)
    for owner in sorted(set(squares.values())):
        for ring in _rings(squares, owner):
            if len(ring) > 4 * SMOOTHED_OVER:
                lines[owner].append(_simpler(_smoothed(ring)))
    return dict(lines)


def path_of(lines: Sequence[Sequence[Spot]]) -> str:
    """Write closed lines as an SVG path, in whole tenths of kilometres."""
    parts = []
    for line in lines:
        tenths = [(round(10 * x), round(10 * y)) for x, y in line]
        steps = [f"{x - from_x},{y - from_y}" for (from_x, from_y), (x, y) in pairwise(tenths)]
        parts.append(f"M{tenths[0][0]},{tenths[0][1]}l{' '.join(steps)}z")
    return "".join(parts).replace(",-", "-").replace(" -", "-")


def _owned(places: Sequence[Named]) -> dict[Square, str]:
    """Give each square of the grid to the nearest place that reaches it."""
    cells: dict[Square, list[tuple[Spot, float, str]]] = defaultdict(list)
    for each, reach in zip(places, _reaches(places), strict=True):
        cells[_cell(each.spot)].append((each.spot, reach, each.owner))
    owned = {}
    for column in range(int(KM_ACROSS / STEP)):
        for line in range(int(KM_DOWN / STEP)):
            spot = (column + 0.5) * STEP, (line + 0.5) * STEP
            near = [(dist(spot, other), reach, owner) for other, reach, owner in _around(cells, spot)]
            distance, reach, owner = min(near, default=(1.0, 0.0, ""))
            if distance <= reach:
                owned[column, line] = owner
    return owned


def _reaches(places: Sequence[Named]) -> Iterator[float]:
    spots = {each.spot for each in places}
    cells: dict[Square, list[Spot]] = defaultdict(list)
    for spot in spots:
        cells[_cell(spot)].append(spot)
    for each in places:
        near = sorted(dist(each.spot, other) for other in _around(cells, each.spot))
        reach = near[NEIGHBOURS] if len(near) > NEIGHBOURS else FARTHEST
        yield min(FARTHEST, max(NEAREST, reach))


def _cell(spot: Spot) -> Square:
    return int(spot[0] // FARTHEST), int(spot[1] // FARTHEST)


def _around(cells: Mapping[Square, list[Kept]], spot: Spot) -> Iterator[Kept]:
    column, line = _cell(spot)
    for beside in (-1, 0, 1):
        for below in (-1, 0, 1):
            yield from cells.get((column + beside, line + below), ())


def _rings(squares: Mapping[Square, str], owner: str) -> Iterator[list[Spot]]:
    """Follow the sides between an owner's squares and others, always with the owner at the same hand."""
    after: dict[Square, list[Square]] = defaultdict(list)
    for start, end in _sides(squares, owner):
        after[start].append(end)
    while after:
        corner = first = next(iter(after))
        ring: list[Spot] = []
        while not ring or corner != first:
            following = after[corner].pop()
            if not after[corner]:
                del after[corner]
            ring.append(((corner[0] + following[0]) / 2 * STEP, (corner[1] + following[1]) / 2 * STEP))
            corner = following
        yield ring


def _sides(squares: Mapping[Square, str], owner: str) -> Iterator[tuple[Square, Square]]:
    for (x, y), found in squares.items():
        around = (
            ((x, y - 1), (x, y), (x + 1, y)),
            ((x + 1, y), (x + 1, y), (x + 1, y + 1)),
            ((x, y + 1), (x + 1, y + 1), (x, y + 1)),
            ((x - 1, y), (x, y + 1), (x, y)),
        )
        for beside, start, end in around if found == owner else ():
            if squares.get(beside) != owner:
                yield start, end


def _smoothed(ring: Sequence[Spot]) -> list[Spot]:
    """Take the stairs out of a line: each spot becomes the middle of those around it."""
    count = len(ring)
    near = range(-SMOOTHED_OVER, SMOOTHED_OVER + 1)
    return [
        (
            sum(ring[(at + each) % count][0] for each in near) / len(near),
            sum(ring[(at + each) % count][1] for each in near) / len(near),
        )
        for at in range(count)
    ]


def _simpler(line: Sequence[Spot]) -> list[Spot]:
    """Leave out the spots that lie on the way between others, to half a kilometre (Douglas-Peucker)."""
    half = len(line) // 2
    return [*_reduced(line[: half + 1])[:-1], *_reduced([*line[half:], line[0]])[:-1]]


def _reduced(line: Sequence[Spot]) -> list[Spot]:
    if len(line) < 3:
        return list(line)
    off, at = max((_off_line(line[0], line[-1], spot), number) for number, spot in enumerate(line))
    if off <= DETAIL:
        return [line[0], line[-1]]
    return [*_reduced(line[: at + 1])[:-1], *_reduced(line[at:])]


def _off_line(start: Spot, end: Spot, spot: Spot) -> float:
    length = dist(start, end)
    if not length:
        return dist(start, spot)
    across = (end[0] - start[0]) * (spot[1] - start[1]) - (end[1] - start[1]) * (spot[0] - start[0])
    return abs(across) / length
