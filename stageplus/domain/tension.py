"""How many learners look for each free place (our own figure), as far as it may be shown."""

from enum import StrEnum


class Level(StrEnum):
    """What a tension means for whoever looks for companies."""

    UNKNOWN = "inconnue"
    NOBODY = "personne"
    EASY = "assez de places"
    TIGHT = "peu de places"
    NONE = "aucune place"


TIGHT_FROM = 1
"""Learners for each place above which places are few: somebody goes without."""


def tension(places: int, learners: int | None) -> float | None:
    """Return how many learners look for each free place; nothing where they are hidden, or there is no place."""
    return round(learners / places, 1) if places and learners is not None else None


def level_of(places: int, learners: int | None) -> Level:
    """Say what the two figures mean together; hidden learners are few, and yet some."""
    if learners == 0:
        return Level.NOBODY
    if not places:
        return Level.NONE
    if learners is None:
        return Level.UNKNOWN
    return Level.TIGHT if learners / places > TIGHT_FROM else Level.EASY
