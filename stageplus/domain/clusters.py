"""Markers of a map that would touch become one, so that each can be read and hit with a thumb."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import dist

from stageplus.domain.drawing import KM_ACROSS, Spot

LETTER, LINE, HALF_MARKER = 8, 20, 23
"""The usual width and height of a letter under a marker, and half a marker with its edge, in CSS pixels."""
LEVELS = 6
"""From the whole country, level 0, each level shows half as much across as the one before."""
FRAME_WIDTH = 340
"""The width of the map on a phone, in CSS pixels."""
APART = 46
"""The least distance between the middles of two markers, in CSS pixels: the size of a target for a thumb."""


@dataclass(frozen=True)
class Dot:
    """A commune on the drawing with its open offers; `inside` when it lies in the radius that was asked for."""

    ins: str
    spot: Spot
    count: int
    inside: bool = True


@dataclass(frozen=True)
class Cluster:
    """Communes under one marker, which stands where the first of them does."""

    dots: tuple[Dot, ...]

    @property
    def count(self) -> int:
        """Count the offers of all communes."""
        return sum(dot.count for dot in self.dots)

    @property
    def spot(self) -> Spot:
        """Return where the marker stands."""
        return self.dots[0].spot


def clusters_of(dots: Sequence[Dot], level: int) -> list[Cluster]:
    """Join communes whose markers would touch at a level; those in the radius, then those with most, take in others.

    So no two markers are nearer than they may be. At the last level every commune has its own.
    """
    if level >= LEVELS - 1:
        return [Cluster((dot,)) for dot in dots]
    reach = kilometres_apart(level)
    clusters: list[list[Dot]] = []
    for dot in sorted(dots, key=lambda each: (not each.inside, -each.count, each.ins)):
        near = [(dist(dot.spot, each[0].spot), number) for number, each in enumerate(clusters)]
        distance, number = min(near, default=(reach, 0))
        if distance < reach:
            clusters[number].append(dot)
        else:
            clusters.append([dot])
    return [Cluster(tuple(each)) for each in clusters]


def named_ones(clusters: Sequence[Cluster], names: Sequence[str], level: int) -> set[int]:
    """Choose, by position, the markers whose names fit under them without covering a marker or another name."""
    pixel = KM_ACROSS / FRAME_WIDTH / 2**level
    spots = [(each.spot[0] / pixel, each.spot[1] / pixel) for each in clusters]
    taken = [(x - HALF_MARKER, y - HALF_MARKER, x + HALF_MARKER, y + HALF_MARKER) for x, y in spots]
    chosen = set()
    for at in sorted(range(len(clusters)), key=lambda each: -clusters[each].count):
        (x, y), half = spots[at], len(names[at]) * LETTER / 2
        box = (x - half, y + HALF_MARKER, x + half, y + HALF_MARKER + LINE)
        if not any(_meet(box, other) for other in taken):
            taken.append(box)
            chosen.add(at)
    return chosen


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def kilometres_apart(level: int) -> float:
    """Return how far apart markers have to be at a level, in kilometres."""
    return float(APART * KM_ACROSS / FRAME_WIDTH / 2**level)


def level_showing(radius_km: float) -> int:
    """Return the last level at which a circle fits into the map."""
    level = 0
    while level < LEVELS - 1 and 2 * radius_km <= KM_ACROSS / 2 ** (level + 1) * 0.9:
        level += 1
    return level
