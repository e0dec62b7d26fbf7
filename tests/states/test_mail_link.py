"""Whoever opens a mailed link sees what it would do; only the button acts."""

from typing import Any

import pytest

from stageplus.domain.links import LinkPurpose
from stageplus.domain.refusals import LinkSpent
from stageplus.pages.public.mail_link import PANELS
from stageplus.services.links.schemas import LinkView
from stageplus.states import mail_link, password_reset
from stageplus.states.audience import current_actor
from stageplus.states.mail_link import MailLinkState
from stageplus.states.password_reset import ForgottenPasswordState, ResetPasswordState
from tests.components.rendered import attribute, tags, text_of


def state_of(kind: type[Any]) -> Any:
    current_actor.set(None)
    return kind(_reflex_internal_init=True)


async def test_opening_looks_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def look(actor: Any, token: str, *, now: Any) -> LinkView:
        looked.append(token)
        return LinkView("reset password", "fresh", "a@demo.test")

    monkeypatch.setattr(mail_link, "look_at_link", look)
    state = state_of(MailLinkState)
    await MailLinkState.load.fn(state)  # type: ignore[attr-defined]
    assert (state.view.state, state.done, len(looked)) == ("fresh", False, 1)


async def test_the_button_sets_the_password_once(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[str] = []

    def reset(actor: Any, token: str, data: Any, *, now: Any) -> bool:
        if token in used:
            raise LinkSpent
        used.append(token)
        return True

    monkeypatch.setattr(password_reset, "reset_password", reset)
    state = state_of(ResetPasswordState)
    typed = {"token": "jeton", "new": "une phrase assez longue"}
    await ResetPasswordState.choose.fn(state, typed)  # type: ignore[attr-defined]
    assert (state.done, state.errors) == (True, {})
    await ResetPasswordState.choose.fn(state, typed)  # type: ignore[attr-defined]
    assert (state.done, list(state.errors)) == (False, ["form"])


@pytest.mark.parametrize("typed", [{}, {"new": None, "token": None}, {"new": "court", "token": "x"}])
async def test_a_form_that_does_not_fit_uses_nothing(monkeypatch: pytest.MonkeyPatch, typed: dict[str, Any]) -> None:
    monkeypatch.setattr(password_reset, "reset_password", pytest.fail)
    state = state_of(ResetPasswordState)
    await ResetPasswordState.choose.fn(state, typed)  # type: ignore[attr-defined]
    assert (state.done, list(state.errors)) == (False, ["new"])


async def test_asking_answers_alike_and_a_mistyped_address_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(password_reset, "ask_for_reset", lambda actor, visitor, data, *, now: None)
    monkeypatch.setattr(password_reset, "ANSWER_AFTER_SECONDS", 0.01)
    state = state_of(ForgottenPasswordState)
    await ForgottenPasswordState.ask.fn(state, {"email": "a@demo.test"})  # type: ignore[attr-defined]
    assert (state.asked, state.errors) == (True, {})
    await ForgottenPasswordState.ask.fn(state, {"email": "a@demo"})  # type: ignore[attr-defined]
    assert (state.asked, list(state.errors)) == (False, ["email"])


@pytest.mark.parametrize("purpose", PANELS)
def test_every_purpose_says_what_it_does_with_one_button(purpose: LinkPurpose) -> None:
    panel = PANELS[purpose]
    types = [attribute(button, "type") for button in tags(panel.form(), "button")]
    assert types.count("submit") == 1
    assert panel.again[1].startswith("/")
    assert text_of(panel.receipt())
