"""The life of an offer (our own rule: a listed offer is alive)."""

from enum import StrEnum

from stageplus.domain.actors import Role
from stageplus.domain.transitions import CLOCK, Lifecycle, Step


class OfferStatus(StrEnum):
    """Where an offer stands."""

    DRAFT = "brouillon"
    PUBLISHED = "publiée"
    SUSPENDED = "suspendue"
    FILLED = "pourvue"
    CLOSED = "clôturée"
    EXPIRED = "expirée"


class ClosingReason(StrEnum):
    """Why a company closes an offer; a reason is always asked."""

    FILLED_HERE = "pourvue par Stage+"
    FILLED_ELSEWHERE = "pourvue autrement"
    NO_LONGER_NEEDED = "plus de besoin"
    OTHER = "autre"


FILLED_BY = frozenset({ClosingReason.FILLED_HERE, ClosingReason.FILLED_ELSEWHERE})
"""Reasons that make an offer « pourvue » and not « clôturée »."""

_COMPANY = frozenset({Role.COMPANY})
_REGISTER = frozenset({Role.OPERATOR, Role.OFFA, CLOCK})
"""Who records agréments: without one the offer halts, and it is restored with it."""
_MODERATION = frozenset({Role.OFFA})
"""What OFFA takes off line comes back by OFFA alone."""
_OPEN = frozenset({OfferStatus.PUBLISHED, OfferStatus.SUSPENDED})

OFFER_LIFE: Lifecycle[OfferStatus] = Lifecycle(
    [
        Step("publish", frozenset({OfferStatus.DRAFT}), OfferStatus.PUBLISHED, frozenset({Role.COMPANY})),
        Step("suspend", frozenset({OfferStatus.PUBLISHED}), OfferStatus.SUSPENDED, _COMPANY | {CLOCK}),
        Step("resume", frozenset({OfferStatus.SUSPENDED}), OfferStatus.PUBLISHED, _COMPANY | {CLOCK}),
        Step("halt", frozenset({OfferStatus.PUBLISHED}), OfferStatus.SUSPENDED, _REGISTER),
        Step("restore", frozenset({OfferStatus.SUSPENDED}), OfferStatus.PUBLISHED, _REGISTER),
        Step("withhold", frozenset({OfferStatus.PUBLISHED}), OfferStatus.SUSPENDED, _MODERATION),
        Step("give back", frozenset({OfferStatus.SUSPENDED}), OfferStatus.PUBLISHED, _MODERATION),
        Step("fill", _OPEN, OfferStatus.FILLED, _COMPANY | {CLOCK}),
        Step("reopen", frozenset({OfferStatus.FILLED}), OfferStatus.PUBLISHED, frozenset({Role.OPERATOR})),
        Step("close", _OPEN, OfferStatus.CLOSED, frozenset({Role.COMPANY})),
        Step("expire", _OPEN, OfferStatus.EXPIRED, frozenset({CLOCK})),
        Step("renew", frozenset({OfferStatus.PUBLISHED, OfferStatus.EXPIRED}), OfferStatus.PUBLISHED, _COMPANY),
    ]
)
PAUSED_BY_OTHERS = frozenset({"halt", "withhold"})
"""Steps by which others than its company pause an offer: no agrément, nobody there to answer, OFFA reads it."""
