"""The seam: use cases run for the recognised actor, refusals become French messages, faults a number."""

from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import quote

import pytest

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import (
    AlreadyDone,
    Denied,
    DomainError,
    FreshFactorNeeded,
    InvalidInput,
    NotFound,
    NotPossible,
)
from stageplus.services.accounts.schemas import Me
from stageplus.services.inputs import FilledLine, Input
from stageplus.states import session
from stageplus.states.audience import Audience, current_actor
from stageplus.states.session import SessionState

LEARNER = Actor(7, Role.LEARNER, learner_id=3)


class SeamState(SessionState):
    """A state as any role has."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER
    shown: int = 0


class Greeting(Input):
    name: FilledLine


@pytest.fixture
def state() -> Any:
    current_actor.set(LEARNER)
    return SeamState(_reflex_internal_init=True)  # type: ignore[call-arg]


def refusing(error: Exception) -> Any:
    def use_case(actor: Actor | None, *, now: datetime) -> None:
        raise error

    return use_case


async def called(state: Any, use_case: Any, *args: Any) -> Any:
    current_actor.set(LEARNER)
    return await state._call(use_case, *args)


async def test_a_use_case_gets_the_recognised_actor_and_the_hour(state: Any) -> None:
    def use_case(actor: Actor | None, word: str, *, now: datetime) -> tuple[Actor | None, str, bool]:
        return actor, word, now.tzinfo is not None

    assert await called(state, use_case, "word") == (LEARNER, "word", True)


@pytest.mark.parametrize(("error", "panel"), [(NotFound(), "missing"), (Denied(), "denied")])
async def test_out_of_scope_and_forbidden_replace_the_page(state: Any, error: DomainError, panel: str) -> None:
    assert await called(state, refusing(error)) is None
    assert getattr(state, panel) is True


@pytest.mark.parametrize("error", [AlreadyDone(), NotPossible("accept", "retirée"), DomainError()])
async def test_a_rule_that_refuses_is_told_in_french(state: Any, error: DomainError) -> None:
    await called(state, refusing(error))
    assert state.errors["form"].endswith(".")
    assert not state.missing


async def test_what_needs_a_fresh_proof_says_where_to_give_it_and_comes_back(state: Any) -> None:
    await called(state, refusing(FreshFactorNeeded()))
    assert state.prove == f"/connexion/second-facteur?suite={quote(state.router.url.path, safe='')}"
    assert (state.errors, state.denied) == ({}, False)
    await called(state, lambda actor, now: 1)
    assert state.prove == ""


async def test_field_errors_stand_beside_their_field(state: Any) -> None:
    await called(state, refusing(InvalidInput({"name": "Trop court."})))
    assert state.errors == {"name": "Trop court."}


async def test_what_was_typed_is_read_before_the_use_case(state: Any) -> None:
    def greet(actor: Actor | None, offer: int, greeting: Greeting, *, now: datetime) -> str:
        return f"{offer} {greeting.name}"

    current_actor.set(LEARNER)
    assert await state._send(greet, Greeting, {"name": " Ada "}, 5) == "5 Ada"
    assert await state._send(greet, Greeting, {"name": ""}, 5) is None
    assert list(state.errors) == ["name"]


async def test_a_fault_of_ours_gets_a_number_and_says_nothing_else(state: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    logged: list[str] = []
    monkeypatch.setattr(session, "noted", lambda error, where: logged.append(where) or "4F1A-09C2")
    await called(state, refusing(RuntimeError("select * from person")))
    assert state.fault == "4F1A-09C2"
    assert logged == ["use_case"]


async def test_a_new_call_forgets_the_old_errors(state: Any) -> None:
    state.errors = {"form": "Avant."}
    await called(state, lambda actor, now: 1)
    assert state.errors == {}


async def test_entering_a_page_says_who_is_there(state: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    me = Me(name="Ada", person="7", role="learner", home="/offres")
    monkeypatch.setattr(session, "who_am_i", lambda actor, now: me)
    state.denied, state.fault, state.errors, state.path = True, "X", {"form": "Avant."}, "/avant"
    current_actor.set(LEARNER)
    entering = SessionState.enter.fn  # type: ignore[attr-defined]
    await entering(state)
    assert (state.name, state.home, state.signed_in) == ("Ada", "/offres", True)
    assert (state.denied, state.fault, state.errors, state.loading) == (False, "", {}, True)


async def test_another_search_on_the_same_page_keeps_its_results(state: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "who_am_i", lambda actor, now: None)
    state.path, state.loading = state.router.url.path, False
    entering = SessionState.enter.fn  # type: ignore[attr-defined]
    await entering(state)
    assert state.loading is False


@pytest.mark.parametrize(("writer", "sent"), [("", True), ("7", True), ("8", False)])
async def test_what_somebody_else_wrote_is_not_sent(state: Any, writer: str, sent: bool) -> None:
    def greet(actor: Actor | None, greeting: Greeting, *, now: datetime) -> str:
        return greeting.name

    current_actor.set(LEARNER)
    assert await state._send(greet, Greeting, {"name": "Ada", "writer": writer}) == ("Ada" if sent else None)
    assert ("form" in state.errors) is not sent
