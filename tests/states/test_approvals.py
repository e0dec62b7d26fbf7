"""The register's states: the address holds the search, a decision shows its outcome."""

from typing import Any
from urllib.parse import urlencode

import pytest
from reflex.istate.data import RouterData

from stageplus.domain.actors import Actor, Role
from stageplus.services.approvals.schemas import ApprovalDetail, ApprovalPage, ApprovalRow, ApprovalSearch
from stageplus.states.audience import current_actor
from stageplus.states.registers import approvals as module
from stageplus.states.registers.approvals import ApprovalsState, ApprovalState, topics_of

OPERATOR, OFFA = Actor(1, Role.OPERATOR, operator_id=3), Actor(2, Role.OFFA)
SHOWN = ApprovalDetail(row=ApprovalRow(approval_id=7, state_words="Suspendu"))


def made(kind: type[Any], path: str, **asked: str) -> Any:
    state = kind(_reflex_internal_init=True)
    state.router = RouterData.from_router_data(
        {"asPath": path + ("?" + urlencode(asked) if asked else ""), "headers": {}}
    )
    return state


async def called(state: Any, handler: str, *args: Any) -> Any:
    return await getattr(type(state), handler).fn(state, *args)


def answering(monkeypatch: pytest.MonkeyPatch, name: str, answer: object) -> list[tuple[Any, ...]]:
    asked: list[tuple[Any, ...]] = []

    def use_case(actor: Actor | None, *args: Any, now: Any) -> object:
        asked.append(args)
        return answer

    monkeypatch.setattr(module, name, use_case)
    return asked


def test_each_listens_to_their_own() -> None:
    assert topics_of(OPERATOR) == {"operator:3"}
    assert topics_of(OFFA) == {"approvals"}


async def test_the_address_holds_the_search_and_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    current_actor.set(OFFA)
    asked = answering(monkeypatch, "approvals", ApprovalPage(page=2, pages=3))
    state = made(ApprovalsState, "/offa/agrements", q="pain", etat="accordé", page="2")
    await called(state, "load")
    assert (asked[0][0].text, asked[0][0].state.value, asked[0][0].page) == ("pain", "accordé", 2)
    assert state.before == "/offa/agrements?etat=accord%C3%A9&page=1&q=pain"
    assert "page=3" in state.after


async def test_what_does_not_fit_in_an_address_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    current_actor.set(OFFA)
    asked = answering(monkeypatch, "approvals", ApprovalPage(page=2))
    state = made(ApprovalsState, "/offa/agrements", page="-1", etat="autre", q="pain")
    await called(state, "load")
    assert asked[0][0] == ApprovalSearch(text="pain") and state.errors == {}


async def test_searching_goes_to_the_address_that_says_so() -> None:
    state = made(ApprovalsState, "/operateur/agrements")
    going = await called(state, "search", {"q": "pain", "etat": "", "page": "9", "autre": "x"})
    assert "/operateur/agrements?q=pain" in repr(going) and "autre" not in repr(going)


DECIDED = {"approval": "7", "state": "suspendu", "since": "2026-11-20", "reason": "Contrôle"}


async def test_a_decision_is_for_the_operator_or_of_the_commission(monkeypatch: pytest.MonkeyPatch) -> None:
    current_actor.set(OFFA)
    changed = answering(monkeypatch, "change_approval", SHOWN)
    settled = answering(monkeypatch, "settle_approval", SHOWN)
    state = made(ApprovalState, "/offa/agrements/7")
    await called(state, "change", DECIDED | {"operator": "3"})
    assert changed[0][:2] == (7, 3) and settled == []
    await called(state, "change", DECIDED | {"commission": "1"})
    assert settled[0][0] == 7 and len(changed) == 1
    assert state.detail == SHOWN and "notée" in state.notice


async def test_a_new_record_leads_to_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    current_actor.set(OPERATOR)
    answering(monkeypatch, "record_approval", SHOWN)
    typed = DECIDED | {
        "enterprise_number": "0400.000.185",
        "establishment_number": "2.000.000.141",
        "company": "Maison",
        "postal_code": "5000",
        "trade": "boulanger",
    }
    for desk in ("offa", "operateur", "https://ailleurs.example"):
        going = repr(await called(made(ApprovalState, "/x"), "record", typed | {"espace": desk}))
        assert f"/{'offa' if desk == 'offa' else 'operateur'}/agrements/7" in going


async def test_nothing_is_asked_when_a_field_does_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    current_actor.set(OPERATOR)
    asked = answering(monkeypatch, "record_approval", SHOWN)
    state = made(ApprovalState, "/x")
    assert await called(state, "record", DECIDED | {"enterprise_number": "123"}) is None
    assert asked == [] and "chiffres" in state.errors["enterprise_number"]
