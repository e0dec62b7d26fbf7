"""How an operator's staff follows a learner who looks for a place (our own rule)."""

from enum import StrEnum


class Situation(StrEnum):
    """Where a learner's search stands for the staff: a closed list, so that nothing private is written there."""

    SEARCHING = "cherche"
    NEEDS_HELP = "a besoin d’aide"
    EXPECTS_ANSWER = "attend une réponse"
    ON_HOLD = "en pause"
