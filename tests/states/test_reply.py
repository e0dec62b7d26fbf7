"""The page of a new application's link: looking changes nothing, the button acts once, a refusal shows what is left."""

from typing import Any

import pytest

from stageplus.domain.refusals import ApplicationGone
from stageplus.services.replies.schemas import ReplyView
from stageplus.states import reply
from stageplus.states.audience import current_actor
from stageplus.states.reply import ReplyState


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> Any:
    current_actor.set(None)
    view = ReplyView("open", 7, "Boulangère", "Mila", "J’aime le pain.")
    monkeypatch.setattr(reply, "look_at_reply", lambda actor, token, *, now: view)
    return ReplyState(_reflex_internal_init=True)


async def test_opening_looks_and_nothing_else(state: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reply, "promise_by_link", pytest.fail)
    await ReplyState.look.fn(state)  # type: ignore[attr-defined]
    assert (state.reply.first_name, state.done) == ("Mila", False)


async def test_the_button_acts_and_the_person_is_no_longer_shown(state: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pressed: list[str] = []
    monkeypatch.setattr(reply, "promise_by_link", lambda actor, token, *, now: pressed.append(token) or "C’est dit.")
    await ReplyState.look.fn(state)  # type: ignore[attr-defined]
    await ReplyState.promise.fn(state, {"token": "jeton"})  # type: ignore[attr-defined]
    assert (state.done, state.told, state.reply, pressed) == (True, "C’est dit.", ReplyView(), ["jeton"])


@pytest.mark.parametrize("typed", [{}, {"token": None}, {"token": "x" * 5000}])
async def test_a_refusal_says_why(state: Any, monkeypatch: pytest.MonkeyPatch, typed: dict[str, Any]) -> None:
    def refuse(actor: Any, token: str, *, now: Any) -> str:
        raise ApplicationGone

    monkeypatch.setattr(reply, "promise_by_link", refuse)
    await ReplyState.promise.fn(state, typed)  # type: ignore[attr-defined]
    assert (state.done, list(state.errors)) == (False, ["form"])
