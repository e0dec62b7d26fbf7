"""The page that asks for a proof says what the last try gave, and nothing that the address bar invents."""

from types import SimpleNamespace
from typing import Any

import pytest

from stageplus.services.factors.schemas import Ways
from stageplus.states import second_factor
from stageplus.states.second_factor import ProofState


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(second_factor, "my_ways", lambda actor, now: Ways(password=True))
    return ProofState(_reflex_internal_init=True)  # type: ignore[call-arg]


async def loaded(state: Any, monkeypatch: pytest.MonkeyPatch, **asked: str) -> Any:
    router = SimpleNamespace(url=SimpleNamespace(path="/connexion/second-facteur", query="", query_parameters=asked))
    monkeypatch.setattr(ProofState, "router", router)
    await ProofState.load.fn(state)  # type: ignore[attr-defined]
    return state


async def test_the_ways_of_the_person_are_shown(state: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    await loaded(state, monkeypatch, suite="/compte")
    assert (state.ways, state.heading, state.sentence, state.loading) == (Ways(password=True), "/compte", "", False)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [("7", "dans 7 minutes."), ("1", "dans 1 minute."), ("0", "dans 1 minute."), ("-3", "dans 1 minute.")],
)
async def test_the_wait_is_said(state: Any, monkeypatch: pytest.MonkeyPatch, minutes: str, said: str) -> None:
    await loaded(state, monkeypatch, erreur="essais", minutes=minutes)
    assert state.sentence.endswith(said)


@pytest.mark.parametrize("error", ["inconnue", "<b>", ""])
async def test_an_invented_error_says_nothing(state: Any, monkeypatch: pytest.MonkeyPatch, error: str) -> None:
    await loaded(state, monkeypatch, erreur=error, suite="https://ailleurs.example")
    assert (state.sentence, state.heading) == ("", "")
