"""Deny by default: no event reaches a handler that did not say who may call it."""

from hashlib import sha256
from typing import Any
from urllib.parse import quote

import reflex as rx
from reflex.event import Event
from reflex.istate.delta import _resolve_delta
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.registry import RegistrationContext

from stageplus.domain.actors import Actor, Stage
from stageplus.states.audience import Audience, cookie_of, current_actor, recognised
from stageplus.states.session import SessionState

FRAMEWORK_EVENTS = frozenset({"hydrate", "set_is_hydrated", "hydrate_and_load", "on_load_internal"})
"""What Reflex itself sends to start a page; its `setvar`, which sets any variable, is not among them."""

DOORS = {
    None: "/connexion",
    Stage.FACTOR_DUE: "/connexion/second-facteur",
    Stage.FACTOR_MISSING: "/compte/second-facteur",
}
"""Where somebody goes on whose identification is not complete."""


class Gate(Middleware):
    """Reflex middleware that sees every event, resolves the actor afresh and refuses what nobody allowed."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """Let the event pass, or stop it: signing in first, a panel for another role, nothing for an attack."""
        await _forget_another_session(state)
        owner, handler = _owner_of(event.name)
        if handler in FRAMEWORK_EVENTS and owner.__module__ == "reflex.state":
            return None
        audience = owner.__dict__.get("AUDIENCE")
        if not isinstance(audience, Audience) or handler not in _declared(owner):
            return StateUpdate()
        actor = await recognised(state)
        current_actor.set(actor)
        if audience.admits(actor):
            return None
        # Nobody tapped: a learner's form that saves itself must not lead away while somebody types.
        if audience is Audience.LEARNER and _saves_itself(event):
            return StateUpdate()
        return await _refusal(state, actor)


def _saves_itself(event: Event) -> bool:
    typed = event.payload.get("typed")
    return isinstance(typed, dict) and typed.get("intent") == "autosave"


async def _refusal(state: BaseState, actor: Actor | None) -> StateUpdate:
    if actor is None or actor.stage is not Stage.COMPLETE:
        url = state.router.url
        here = url.path + (f"?{url.query}" if url.query else "")
        door = DOORS[actor.stage if actor else None]
        return StateUpdate(events=Event.from_event_type(rx.redirect(f"{door}?suite={quote(here, safe='')}")))
    session = await state.get_state(SessionState)
    session.denied, session.loading = True, False
    root = state._get_root_state()
    delta = await _resolve_delta(root.get_delta())
    root._clean()  # type: ignore[no-untyped-call]
    return StateUpdate(delta=delta)


async def _forget_another_session(state: BaseState) -> None:
    """Empty every variable when the cookie behind this tab has changed: a shared tablet keeps nothing."""
    session = await state.get_state(SessionState)
    holder = sha256(cookie_of(state).encode()).hexdigest()
    if session._holder != holder:
        state._get_root_state().reset()  # type: ignore[no-untyped-call]
        session._holder = holder


def _owner_of(name: str) -> tuple[type[Any], str]:
    registered = RegistrationContext.get().event_handlers[name]
    return registered.states[0], name.rsplit(".", 1)[-1]


def _declared(owner: type[Any]) -> frozenset[str]:
    return frozenset(name for name in vars(owner).get("event_handlers", {}) if name != "setvar")
