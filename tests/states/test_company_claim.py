"""The door of companies and the desk that decides: what each handler asks, and what it shows."""

from typing import Any

import pytest
from reflex.istate.data import RouterData

from stageplus.domain.activation import grouped, new_code
from stageplus.domain.actors import Actor, Role
from stageplus.domain.refusals import ClaimUnmatched, LinkSpent
from stageplus.services.claims.schemas import ClaimDetail, ClaimRow, DemoHouse, MyClaims, NearOperators
from stageplus.states import company_claim
from stageplus.states.audience import current_actor
from stageplus.states.company import claims as company_claims
from stageplus.states.company.claims import CompanyClaimState
from stageplus.states.company_claim import (
    ConfirmClaimState,
    NearOperatorsState,
    RegisterCompanyState,
    learners_code,
)
from stageplus.states.registers import claims as register_claims
from stageplus.states.registers.claims import ClaimState, topics_of

COMPANY, OPERATOR, OFFA = Actor(1, Role.COMPANY), Actor(2, Role.OPERATOR, operator_id=3), Actor(3, Role.OFFA)
PLACE = {
    "enterprise_number": "0400.000.185",
    "establishment_number": "2.000.000.141",
    "company_name": "Zéphyr",
    "postal_code": "5000",
    "function": "Gérante",
}
WHOLE = PLACE | {"first_name": "Ada", "last_name": "Essai", "email": "ada@demo.test"}


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(company_claim, "ANSWER_AFTER_SECONDS", 0)


async def called(kind: type[Any], handler: str, *args: Any, actor: Actor | None = None, path: str = "/x") -> Any:
    current_actor.set(actor)
    state = kind(_reflex_internal_init=True)
    state.router = RouterData.from_router_data({"asPath": path, "headers": {}})
    await getattr(kind, handler).fn(state, *args)
    return state


def answering(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, answer: Any) -> list[tuple[Any, ...]]:
    asked: list[tuple[Any, ...]] = []

    def use_case(actor: Actor | None, *args: Any, now: Any) -> Any:
        asked.append(args)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(module, name, use_case)
    return asked


async def test_the_demonstration_names_a_company_to_try(monkeypatch: pytest.MonkeyPatch) -> None:
    house = DemoHouse("Fournil de l’Aurore", "0400.000.185", "2.000.000.141", "5000")
    answering(monkeypatch, company_claim, "demo_house", house)
    state = await called(RegisterCompanyState, "load")
    assert (state.sample, state.asked) == (house, False)


async def test_the_receipt_is_the_same_for_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch, company_claim, "make_claim", None)
    state = await called(RegisterCompanyState, "ask", WHOLE)
    assert (state.asked, state.errors, len(asked)) == (True, {}, 1)
    assert not hasattr(state, "found")


async def test_a_form_that_does_not_fit_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch, company_claim, "make_claim", None)
    state = await called(RegisterCompanyState, "ask", {"email": 5})
    assert (state.asked, asked) == (False, [])
    assert {"email", "enterprise_number", "company_name"} <= set(state.errors)


async def test_a_learners_code_leads_to_the_learners_door(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch, company_claim, "make_claim", None)
    code = new_code(lambda signs: signs[3])
    state = await called(RegisterCompanyState, "ask", WHOLE | {"enterprise_number": code.lower()})
    assert (state.learners_code, state.asked, asked) == (grouped(code), False, [])


@pytest.mark.parametrize("typed", ["0400.000.185", "", None, 5, "K7M-4XP", "é" * 500])
def test_nothing_else_is_taken_for_a_code(typed: Any) -> None:
    assert learners_code({"enterprise_number": typed}) == ""


async def test_the_link_is_used_by_its_button(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch, company_claim, "confirm_claim", "ada@demo.test")
    state = await called(ConfirmClaimState, "confirm", {"token": "jeton", "new": "une phrase assez longue"})
    assert (state.done, asked[0][0]) == (True, "jeton")
    answering(monkeypatch, company_claim, "confirm_claim", LinkSpent())
    state = await called(ConfirmClaimState, "confirm", {"token": "jeton", "new": "une phrase assez longue"})
    assert (state.done, list(state.errors)) == (False, ["form"])


async def test_an_unknown_place_is_told_beside_its_field(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, company_claim, "operators_near", NearOperators(error="Inconnu."))
    state = await called(NearOperatorsState, "search", {"place": "Atlantide"})
    assert state.errors == {"place": "Inconnu."}


async def test_contesting_and_asking_show_the_new_state(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = MyClaims(rows=[ClaimRow(claim_id=7)], waits=True)
    contested = answering(monkeypatch, company_claims, "contest_claim", shown)
    another = answering(monkeypatch, company_claims, "claim_another", shown)
    state = await called(CompanyClaimState, "contest", {"claim": "7", "words": "Si."}, actor=COMPANY)
    assert (state.mine, contested[0][0]) == (shown, 7)
    state = await called(CompanyClaimState, "ask", PLACE, actor=COMPANY)
    assert state.notice and another[0][0].function == "Gérante"


async def test_a_decision_is_shown_with_its_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = ClaimDetail(row=ClaimRow(claim_id=7, state="acceptée"))
    accepted = answering(monkeypatch, register_claims, "accept_claim", shown)
    refused = answering(monkeypatch, register_claims, "refuse_claim", shown)
    state = await called(ClaimState, "accept", 7, actor=OPERATOR)
    assert (state.detail, accepted) == (shown, [(7,)])
    state = await called(ClaimState, "refuse", {"claim": "7", "reason": "autre"}, actor=OPERATOR)
    assert refused[0][0] == 7 and "contester" in state.notice
    state = await called(ClaimState, "refuse", {"claim": "7", "reason": "parce que"}, actor=OPERATOR)
    assert list(state.errors) == ["reason"] and len(refused) == 1


async def test_what_cannot_be_accepted_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, register_claims, "accept_claim", ClaimUnmatched())
    state = await called(ClaimState, "accept", "7 OR 1=1", actor=OPERATOR)
    assert "notez d’abord l’agrément" in state.errors["form"] and state.notice == ""


def test_each_desk_listens_to_its_own() -> None:
    assert (topics_of(OPERATOR), topics_of(OFFA)) == ({"operator:3"}, {"claims"})
