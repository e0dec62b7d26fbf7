"""When the two sides of an application may write to each other (our own rules)."""

from enum import StrEnum

from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.transitions import Lifecycle, Step

SIDES = (Role.LEARNER, Role.COMPANY)
"""Who talks; whoever else reads was let in by the learner, or by a report."""

OPEN = frozenset({ApplicationStatus.SEEN, ApplicationStatus.IN_CONTACT, ApplicationStatus.ACCEPTED})
"""Statuses in which both sides may write: the company has seen the application and it is not over."""


class MessageConcern(StrEnum):
    """Why somebody reports a message; the list is closed."""

    INSULT = "insultes"
    PRIVATE = "propos gênants"
    SELECTION = "discrimination"
    FEES = "argent demandé"
    ELSEWHERE = "contact ailleurs"
    OTHER = "autre"


class MessageStanding(StrEnum):
    """What OFFA has decided of a reported message so far; `CLOSED` hides it and ends its conversation."""

    VISIBLE = "visible"
    HIDDEN = "masqué"
    CLOSED = "fermée"


_OFFA = frozenset({Role.OFFA})

MESSAGE_MODERATION: Lifecycle[MessageStanding] = Lifecycle(
    [
        Step("leave", frozenset({MessageStanding.VISIBLE}), MessageStanding.VISIBLE, _OFFA),
        Step("hide", frozenset({MessageStanding.VISIBLE}), MessageStanding.HIDDEN, _OFFA),
        Step("close", frozenset({MessageStanding.VISIBLE, MessageStanding.HIDDEN}), MessageStanding.CLOSED, _OFFA),
        Step("lift", frozenset({MessageStanding.HIDDEN, MessageStanding.CLOSED}), MessageStanding.VISIBLE, _OFFA),
    ]
)


def may_write(role: Role, status: ApplicationStatus, *, begun: bool, closed: bool) -> bool:
    """Say whether a side may write; never once OFFA has `closed` the conversation.

    After « sans réponse » a late answer stays possible: the company may begin, the learner once something was said.
    """
    if closed or role not in SIDES:
        return False
    if status is ApplicationStatus.UNANSWERED:
        return begun or role is Role.COMPANY
    return status in OPEN
