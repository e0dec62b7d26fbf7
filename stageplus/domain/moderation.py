"""What OFFA may do with an offer that is looked at twice (our own rule)."""

from enum import StrEnum

from stageplus.domain.actors import Role
from stageplus.domain.transitions import Lifecycle, Step


class Standing(StrEnum):
    """What moderation has decided of an offer so far."""

    ONLINE = "en ligne"
    CHANGE_ASKED = "changement demandé"
    TAKEN_OFF = "hors ligne"


class FlagReason(StrEnum):
    """Why a learner flags an offer; the list is closed."""

    NOT_TRUE = "pas la réalité"
    SELECTION = "discrimination"
    UNPAID = "travail gratuit"
    FEES = "argent demandé"
    ELSEWHERE = "contact ailleurs"
    GONE = "plus disponible"
    OTHER = "autre"


_OFFA = frozenset({Role.OFFA})
_ONLINE = frozenset({Standing.ONLINE, Standing.CHANGE_ASKED})

MODERATION: Lifecycle[Standing] = Lifecycle(
    [
        Step("leave", _ONLINE, Standing.ONLINE, _OFFA),
        Step("ask", _ONLINE, Standing.CHANGE_ASKED, _OFFA),
        Step("take off", frozenset(Standing), Standing.TAKEN_OFF, _OFFA),
        Step("lift", frozenset({Standing.TAKEN_OFF}), Standing.ONLINE, _OFFA),
    ]
)
"""`ask` and `take off` may be said again, in other words, of what a company has changed meanwhile."""
