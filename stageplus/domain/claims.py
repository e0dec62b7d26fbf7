"""The life of a claim: somebody says that they act for an establishment, an operator or OFFA looks into it."""

from enum import StrEnum

from stageplus.domain.actors import Role
from stageplus.domain.transitions import CLOCK, Lifecycle, Step


class ClaimState(StrEnum):
    """Where a claim stands."""

    UNCONFIRMED = "à confirmer"
    WAITING = "en attente"
    ACCEPTED = "acceptée"
    REFUSED = "refusée"
    CONTESTED = "contestée"
    CLOSED = "refus confirmé"


class ClaimRefusal(StrEnum):
    """Why a claim is refused; a reason is always asked."""

    NOT_APPROVED = "sans agrément"
    NUMBERS_DIFFER = "numéros"
    PERSON_UNKNOWN = "personne inconnue"
    ALREADY_REPRESENTED = "déjà représentée"
    OTHER = "autre"


OPEN = frozenset({ClaimState.WAITING, ClaimState.CONTESTED})
"""States in which somebody still has to decide."""
PENDING = OPEN | {ClaimState.REFUSED}
"""States in which the person has not got in and may still come in: drafts are kept meanwhile."""

_DECIDES = frozenset({Role.OPERATOR, Role.OFFA})

CLAIM_LIFE: Lifecycle[ClaimState] = Lifecycle(
    [
        Step("confirm", frozenset({ClaimState.UNCONFIRMED}), ClaimState.WAITING, frozenset({CLOCK})),
        Step("accept", frozenset({ClaimState.WAITING}), ClaimState.ACCEPTED, _DECIDES),
        Step("refuse", frozenset({ClaimState.WAITING}), ClaimState.REFUSED, _DECIDES),
        Step("contest", frozenset({ClaimState.REFUSED}), ClaimState.CONTESTED, frozenset({Role.COMPANY})),
        Step("admit", frozenset({ClaimState.CONTESTED}), ClaimState.ACCEPTED, frozenset({Role.OFFA})),
        Step("uphold", frozenset({ClaimState.CONTESTED}), ClaimState.CLOSED, frozenset({Role.OFFA})),
    ]
)
