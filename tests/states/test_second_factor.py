"""The page that asks for a proof says what the last try gave, and nothing that the address bar invents."""

from types import SimpleNamespace
from typing import Any

import pytest

from stageplus.domain.actors import Actor, Role
from stageplus.domain.refusals import LastFactor
from stageplus.services.factors.schemas import FactorsDetail, RecoveryCodes, TotpSetup, Ways
from stageplus.states import second_factor
from stageplus.states.audience import current_actor
from stageplus.states.second_factor import FactorsState, ProofState


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


DETAIL = FactorsDetail(has_any=True, codes_left=10)
SETUP = TotpSetup(secret="AAAA BBBB", pending="x")


@pytest.fixture
def factors(monkeypatch: pytest.MonkeyPatch) -> Any:
    answers: dict[str, Any] = {
        "my_factors": DETAIL,
        "totp_setup": SETUP,
        "rename_passkey": DETAIL,
        "remove_passkey": DETAIL,
        "remove_totp": DETAIL,
        "renew_codes": RecoveryCodes(["K7WQM-R2XBD"], "data:"),
    }
    for name, answer in answers.items():
        monkeypatch.setattr(second_factor, name, lambda *_given, now, answer=answer: answer)
    current_actor.set(Actor(7, Role.COACH))
    return FactorsState(_reflex_internal_init=True)  # type: ignore[call-arg]


async def opened(state: Any, monkeypatch: pytest.MonkeyPatch, **asked: str) -> None:
    url = SimpleNamespace(path="/compte/second-facteur", query="", query_parameters=asked)
    router = SimpleNamespace(url=url, headers=SimpleNamespace(cookie=""))
    monkeypatch.setattr(FactorsState, "router", router)
    await FactorsState.load.fn(state)  # type: ignore[attr-defined]


async def test_what_was_just_done_is_said(factors: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    await opened(factors, monkeypatch, fait="cle", suite="/coach")
    assert (factors.factors, factors.notice) == (DETAIL, "La clé d’accès est ajoutée.")
    assert (factors.heading, factors.sentence) == ("/coach", "")
    await opened(factors, monkeypatch, fait="inventé", erreur="inventée", suite="//ailleurs")
    assert (factors.notice, factors.sentence, factors.heading) == ("", "", "")


async def test_a_set_up_survives_a_wrong_code_and_nothing_else(factors: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    await opened(factors, monkeypatch)
    await FactorsState.begin_totp.fn(factors)  # type: ignore[attr-defined]
    await opened(factors, monkeypatch, erreur="application")
    assert (factors.setup, factors.sentence[:7]) == (SETUP, "Ce code")
    await opened(factors, monkeypatch)
    assert factors.setup == TotpSetup()
    await FactorsState.begin_totp.fn(factors)  # type: ignore[attr-defined]
    FactorsState.forget.fn(factors)  # type: ignore[attr-defined]
    assert factors.setup == TotpSetup()


async def test_new_codes_are_forgotten_when_the_page_is_read_again(
    factors: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(factors, monkeypatch)
    await FactorsState.renew_codes.fn(factors)  # type: ignore[attr-defined]
    assert factors.codes.codes == ["K7WQM-R2XBD"]
    await opened(factors, monkeypatch)
    assert factors.codes == RecoveryCodes()


@pytest.mark.parametrize("handler", ["rename", "remove_passkey", "remove_totp"])
async def test_each_change_shows_what_is_left(factors: Any, monkeypatch: pytest.MonkeyPatch, handler: str) -> None:
    await opened(factors, monkeypatch)
    arguments = {"rename": ({"passkey": "3", "name": "Bureau"},), "remove_passkey": (3,)}.get(handler, ())
    await getattr(FactorsState, handler).fn(factors, *arguments)
    assert factors.factors == DETAIL
    assert factors.notice.endswith(("à jour.", "retirée."))


async def test_a_refused_change_keeps_the_page(factors: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: object, now: object) -> FactorsDetail:
        raise LastFactor

    await opened(factors, monkeypatch)
    monkeypatch.setattr(second_factor, "remove_totp", refused)
    await FactorsState.remove_totp.fn(factors)  # type: ignore[attr-defined]
    assert (factors.factors, factors.notice) == (DETAIL, "")
    assert factors.errors["form"].startswith("C’est le seul moyen qui reste")
