"""Deny by default: no event reaches a handler that did not say who may call it."""

from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from http.cookies import CookieError, SimpleCookie
from typing import Any

import reflex as rx
from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.registry import RegistrationContext
from starlette.concurrency import run_in_threadpool

from stageplus.domain.actors import Actor, Role
from stageplus.services.accounts.actions import recognise

SESSION_COOKIE = "stageplus_session"
FRAMEWORK_EVENTS = frozenset({"hydrate", "set_is_hydrated", "hydrate_and_load", "on_load_internal"})
"""What Reflex itself sends to start a page; its `setvar`, which sets any variable, is not among them."""

current_actor: ContextVar[Actor | None] = ContextVar("current_actor", default=None)
"""Who the gate recognised for the event that runs in this task."""


class Audience(StrEnum):
    """Who may call the handlers of a state class."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed in"
    LEARNER = Role.LEARNER.value
    COMPANY = Role.COMPANY.value
    OPERATOR = Role.OPERATOR.value
    COACH = Role.COACH.value
    OFFA = Role.OFFA.value

    def admits(self, actor: Actor | None) -> bool:
        """Say whether the audience holds this actor, or nobody when it is for everyone."""
        if self is Audience.EVERYONE:
            return True
        return actor is not None and (self is Audience.SIGNED_IN or self.value == actor.role.value)


class Gate(Middleware):
    """Reflex middleware that sees every event, resolves the actor afresh and refuses what nobody allowed."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """Let the event pass, or stop it with an empty update."""
        owner, handler = _owner_of(event.name)
        if handler in FRAMEWORK_EVENTS and owner.__module__ == "reflex.state":
            return None
        audience = owner.__dict__.get("AUDIENCE")
        if not isinstance(audience, Audience) or handler not in _declared(owner):
            return StateUpdate()
        actor = await run_in_threadpool(_actor_of, state)
        current_actor.set(actor)
        return None if audience.admits(actor) else StateUpdate()


def session_token(cookie_header: str) -> str:
    """Read the session's token from a Cookie header; empty when there is none or it is malformed."""
    try:
        found = SimpleCookie(cookie_header.strip()).get(SESSION_COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _owner_of(name: str) -> tuple[type[Any], str]:
    registered = RegistrationContext.get().event_handlers[name]
    return registered.states[0], name.rsplit(".", 1)[-1]


def _declared(owner: type[Any]) -> frozenset[str]:
    return frozenset(name for name in vars(owner).get("event_handlers", {}) if name != "setvar")


def _actor_of(state: BaseState) -> Actor | None:
    token = session_token(state.router.headers.cookie)
    return recognise(token, datetime.now(UTC)) if token else None
