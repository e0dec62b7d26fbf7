"""The life of a mise en relation, after a company has kept a learner (our own rule)."""

from enum import StrEnum

from stageplus.domain.actors import Role
from stageplus.domain.transitions import Lifecycle, Step


class IntroductionStatus(StrEnum):
    """Where a mise en relation stands."""

    WAITING = "à reprendre"
    TAKEN_OVER = "reprise"
    STARTED = "commencée"
    FAILED = "non aboutie"


class FailureReason(StrEnum):
    """Why nothing came of it; a reason is always asked, none of them speaks of health or of who the person is."""

    COMPANY = "entreprise"
    LEARNER = "apprenant"
    CONDITIONS = "conditions"
    NO_CONTACT = "contact"
    OTHER = "autre"


_OPERATOR = frozenset({Role.OPERATOR})
_UNSETTLED = frozenset({IntroductionStatus.WAITING, IntroductionStatus.TAKEN_OVER})
"""Statuses in which the operator still has something to do."""

INTRODUCTION_LIFE: Lifecycle[IntroductionStatus] = Lifecycle(
    [
        Step("take over", frozenset({IntroductionStatus.WAITING}), IntroductionStatus.TAKEN_OVER, _OPERATOR),
        Step("start", frozenset({IntroductionStatus.TAKEN_OVER}), IntroductionStatus.STARTED, _OPERATOR),
        Step("fail", _UNSETTLED, IntroductionStatus.FAILED, _OPERATOR),
    ]
)
