"""What makes OFFA look at an account: facts that are there anyway, each with a weight (our own rule).

Points only say in which order to look; nothing happens to anybody by them.
"""

from collections.abc import Mapping
from enum import StrEnum


class Sign(StrEnum):
    """One kind of fact about an account."""

    HIDDEN = "messages masqués"
    REPORTED = "messages signalés"
    TAKEN_OFF = "offres mises hors ligne"
    FLAGGED = "offres signalées"
    FALSE_ALARM = "signalements sans suite"
    REFUSED = "demandes d’accès refusées"
    RESET = "accès remis à zéro"
    BURST = "mots de passe faux"
    UNREACHABLE = "adresse qui ne répond pas"


WEIGHTS: Mapping[Sign, int] = {
    Sign.HIDDEN: 5,
    Sign.TAKEN_OFF: 4,
    Sign.REFUSED: 3,
    Sign.REPORTED: 2,
    Sign.UNREACHABLE: 2,
    Sign.FLAGGED: 1,
    Sign.FALSE_ALARM: 1,
    Sign.RESET: 1,
    Sign.BURST: 1,
}


def points_of(signs: Mapping[Sign, int]) -> int:
    """Add up what an account's facts weigh; one kind counts ten times at most, so that none hides the others."""
    return sum(WEIGHTS[sign] * min(count, 10) for sign, count in signs.items())
