"""Asking for help without a browser: the form's search leaves once, the second time says to wait."""

from collections.abc import Callable
from typing import Any

from stageplus.states.learner.asking import LearnerAskingState
from tests.states.learner.conftest import Town, call


async def test_it_leaves_once_and_then_says_to_wait(town: Town, opened: Callable[[type, str], Any]) -> None:
    state = opened(LearnerAskingState, "/offres")
    await call(town, state, "ask", {"search": "q=luthier&lieu=Namur&rayon=5"})
    assert (state.asked, state.errors, "parti" in state.notice) == (1, {}, True)
    await call(town, state, "ask", {"search": "q=luthier"})
    assert (state.asked, list(state.errors)) == (1, ["form"])
    await call(town, state, "ask", {"search": "rayon=17"})
    assert (state.asked, list(state.errors)) == (1, ["radius"])
