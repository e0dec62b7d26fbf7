"""What the pages say of the identity provider: its name, one sentence a failure, and nothing where there is none."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import FreshFactorNeeded
from stageplus.services.federation.schemas import IdentityDetail, ProviderHere
from stageplus.states import identity
from stageplus.states.audience import current_actor
from stageplus.states.identity import IdentityState, ProviderState
from stageplus.web.federation import CODES

NAME = "Clé de ville"
Opened = Callable[..., Any]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Give a page opened with what its address says: `opened(IdentityState, erreur="…")`."""
    current_actor.set(Actor(1, Role.COMPANY))
    monkeypatch.setattr(identity, "provider_here", lambda actor, now: ProviderHere(NAME))
    monkeypatch.setattr(identity, "my_identity", lambda actor, now: IdentityDetail(NAME, linked=True, fresh=True))

    def made(kind: Any, **asked: str) -> Any:
        url = SimpleNamespace(path="/compte", query="", query_parameters=asked)
        monkeypatch.setattr(kind, "router", SimpleNamespace(url=url))
        return kind(_reflex_internal_init=True)

    return made


async def sentence(state: Any) -> str:
    handler: Any = ProviderState.look if isinstance(state, ProviderState) else IdentityState.load
    await handler.fn(state)
    return str(state.sentence)


@pytest.mark.parametrize("kind", [ProviderState, IdentityState])
@pytest.mark.parametrize("code", CODES.values())
async def test_each_failure_has_a_sentence_with_the_providers_name(opened: Opened, kind: Any, code: str) -> None:
    said = await sentence(opened(kind, erreur=code))
    assert NAME in said and said.endswith(".") and "{" not in said


def test_no_two_failures_are_said_alike() -> None:
    said = [identity.ERRORS[code] for code in CODES.values()]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("kind", [ProviderState, IdentityState])
@pytest.mark.parametrize("code", ["", "invente", "<b>", "{provider.__class__}"])
async def test_an_invented_failure_says_nothing(opened: Opened, kind: Any, code: str) -> None:
    assert await sentence(opened(kind, erreur=code)) == ""


async def test_without_a_provider_nothing_is_said_or_shown(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "provider_here", lambda actor, now: ProviderHere())
    monkeypatch.setattr(identity, "my_identity", lambda actor, now: IdentityDetail())
    for kind in (ProviderState, IdentityState):
        assert await sentence(opened(kind, erreur="fournisseur-panne", fait="fournisseur")) == ""


async def test_the_wait_is_said_on_the_account(opened: Opened) -> None:
    assert (await sentence(opened(IdentityState, erreur="essais", minutes="7"))).endswith("7 minutes.")
    assert await sentence(opened(IdentityState, erreur="essais", minutes="x")) == ""


async def test_a_fresh_link_is_said(opened: Opened) -> None:
    state = opened(IdentityState, fait="fournisseur")
    await IdentityState.load.fn(state)  # type: ignore[attr-defined]
    assert state.notice == "Le compte est relié à Clé de ville."


async def test_unlinking_shows_what_is_left(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "unlink_identity", lambda actor, now: IdentityDetail(NAME, fresh=True))
    state = opened(IdentityState, erreur="fournisseur-pris")
    await IdentityState.load.fn(state)  # type: ignore[attr-defined]
    await IdentityState.unlink.fn(state)  # type: ignore[attr-defined]
    assert (state.identity.linked, state.sentence) == (False, "")
    assert state.notice == "Le compte n’est plus relié à Clé de ville."


async def test_unlinking_too_late_asks_for_a_proof(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_late(actor: Actor, now: object) -> IdentityDetail:
        raise FreshFactorNeeded

    monkeypatch.setattr(identity, "unlink_identity", too_late)
    state = opened(IdentityState)
    await IdentityState.load.fn(state)  # type: ignore[attr-defined]
    await IdentityState.unlink.fn(state)  # type: ignore[attr-defined]
    assert state.prove.startswith("/connexion/second-facteur") and state.identity.linked
