"""The gate refuses by default, and admits exactly the declared audience."""

from types import SimpleNamespace
from typing import Any, ClassVar, cast

import pytest
import reflex as rx
from reflex.event import Event
from reflex.state import BaseState, StateUpdate

from stageplus.domain.actors import Actor, Role, Stage
from stageplus.states import gate
from stageplus.states.audience import Audience, current_actor, recognised
from stageplus.states.gate import Gate

ACTORS: dict[str, Actor | None] = {"nobody": None} | {role.value: Actor(1, role) for role in Role}


class ForCoachesState(rx.State):
    """A state that says who may call it."""

    AUDIENCE: ClassVar[Audience] = Audience.COACH
    count: int = 0

    @rx.event
    def add(self) -> None:
        self.count += 1


class ForLearnersState(rx.State):
    """A state whose form saves itself."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    @rx.event
    def submit(self, typed: dict[str, Any]) -> None:
        """Never reached."""


class SilentState(rx.State):
    """A state that forgot to say who may call it."""

    @rx.event
    def add(self) -> None:
        """Never reached."""


class HeirState(ForCoachesState):
    """A state that counts on its parent's audience."""

    @rx.event
    def add_more(self) -> None:
        """Never reached."""


async def answer(owner: type[rx.State], handler: str, **payload: Any) -> StateUpdate | None:
    event = Event(name=f"{owner.get_full_name()}.{handler}", payload=payload)
    root = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]
    return await Gate().preprocess(cast(rx.App, None), root, event)


async def passes(owner: type[rx.State], handler: str) -> bool:
    return await answer(owner, handler) is None


@pytest.fixture
def acting_as(monkeypatch: pytest.MonkeyPatch) -> Any:
    async def pretend(actor: Actor | None) -> Actor | None:
        return actor

    return lambda actor: monkeypatch.setattr(gate, "recognised", lambda _state: pretend(actor))


@pytest.mark.parametrize("who", ACTORS)
async def test_only_the_declared_audience_passes(acting_as: Any, who: str) -> None:
    acting_as(ACTORS[who])
    assert await passes(ForCoachesState, "add") is (who == "coach")
    assert current_actor.get() == ACTORS[who]


@pytest.mark.parametrize("owner", [SilentState, HeirState])
@pytest.mark.parametrize("who", ACTORS)
async def test_a_state_without_its_own_audience_is_refused(acting_as: Any, owner: type[rx.State], who: str) -> None:
    acting_as(ACTORS[who])
    assert not await passes(owner, "add_more" if owner is HeirState else "add")


@pytest.mark.parametrize("who", ACTORS)
async def test_nobody_sets_a_variable_directly(acting_as: Any, who: str) -> None:
    acting_as(ACTORS[who])
    assert not await passes(ForCoachesState, "setvar")
    assert not await passes(rx.State, "setvar")


@pytest.mark.parametrize(("intent", "leads_away"), [("autosave", False), ("send", True)])
async def test_a_form_that_saves_itself_is_refused_where_it_stands(
    acting_as: Any, intent: str, leads_away: bool
) -> None:
    acting_as(None)
    refused = await answer(ForLearnersState, "submit", typed={"intent": intent})
    assert refused is not None
    assert bool(refused.events) is leads_away


async def test_the_framework_may_start_a_page(acting_as: Any) -> None:
    acting_as(None)
    assert await passes(rx.State, "hydrate")


@pytest.mark.parametrize("audience", list(Audience))
def test_an_audience_admits_whom_it_names(audience: Audience) -> None:
    expected = {
        Audience.EVERYONE: set(ACTORS),
        Audience.SIGNED_IN: set(ACTORS) - {"nobody"},
        Audience.IDENTIFYING: set(ACTORS) - {"nobody"},
        Audience.REGISTRARS: {"operator", "offa"},
    }.get(audience, {audience.value})
    assert {who for who, actor in ACTORS.items() if audience.admits(actor)} == expected


@pytest.mark.parametrize("stage", [Stage.FACTOR_DUE, Stage.FACTOR_MISSING])
def test_before_the_second_factor_only_its_own_pages_open(stage: Stage) -> None:
    half = Actor(1, Role.OFFA, stage=stage)
    assert {audience for audience in Audience if audience.admits(half)} == {Audience.EVERYONE, Audience.IDENTIFYING}


async def test_no_cookie_means_no_query() -> None:
    bare = SimpleNamespace(router=SimpleNamespace(headers=SimpleNamespace(cookie="")))
    assert await recognised(cast(BaseState, bare)) is None
