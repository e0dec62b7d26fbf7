"""Who may call the handlers of a state class, and who calls at this moment."""

from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum

from reflex.state import BaseState
from starlette.concurrency import run_in_threadpool

from stageplus.domain.actors import Actor, Role, Stage
from stageplus.services.accounts.actions import recognise
from stageplus.services.accounts.browser import known_accounts, session_token
from stageplus.services.accounts.schemas import Visitor

current_actor: ContextVar[Actor | None] = ContextVar("current_actor", default=None)
"""Who the gate recognised for the event that runs in this task."""


class Audience(StrEnum):
    """Who may call the handlers of a state class."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed in"
    IDENTIFYING = "identifying"
    LEARNER = Role.LEARNER.value
    COMPANY = Role.COMPANY.value
    OPERATOR = Role.OPERATOR.value
    COACH = Role.COACH.value
    OFFA = Role.OFFA.value
    REGISTRARS = "operator or offa"

    def admits(self, actor: Actor | None) -> bool:
        """Say whether the audience holds this actor, or nobody when it is for everyone.

        Whose second factor is still due meets nothing but the pages that ask for it, those of `IDENTIFYING`.
        """
        if self is Audience.EVERYONE or actor is None:
            return self is Audience.EVERYONE
        if self is Audience.IDENTIFYING:
            return True
        if self is Audience.REGISTRARS:
            return actor.stage is Stage.COMPLETE and actor.role in {Role.OPERATOR, Role.OFFA}
        return actor.stage is Stage.COMPLETE and self in {Audience.SIGNED_IN, actor.role.value}


def cookie_of(state: BaseState) -> str:
    """Return the session's token that this connection brought."""
    return session_token(state.router.headers.cookie)


def visitor_of(state: BaseState) -> Visitor:
    """Return what this connection says of its browser."""
    router = state.router
    return Visitor(router.session.client_ip, router.headers.user_agent, known_accounts(router.headers.cookie))


async def recognised(state: BaseState) -> Actor | None:
    """Resolve the actor afresh from the cookie of this connection."""
    token = cookie_of(state)
    return await run_in_threadpool(recognise, token, datetime.now(UTC)) if token else None
