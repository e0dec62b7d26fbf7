"""Activation and rosters on screen: each step from its own arguments, refusals beside their field."""

from typing import Any

import pytest

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import AlreadyDone
from stageplus.domain.refusals import LaterImport, TooManyTries
from stageplus.services.accounts.schemas import Me
from stageplus.services.activation.schemas import CodeHolder, LinkHolder
from stageplus.services.enrolment.schemas import (
    EnrolmentDetail,
    EnrolmentPage,
    ImportHistory,
    ImportPreview,
    ImportResult,
    ReportRow,
)
from stageplus.states import activation, session
from stageplus.states.activation import ActivationState, FinishActivationState
from stageplus.states.audience import current_actor
from stageplus.states.operator import rosters
from stageplus.states.operator.rosters import (
    OperatorCodesState,
    OperatorEnrolmentState,
    OperatorImportsState,
    OperatorImportState,
    OperatorReportsState,
)
from tests.states.test_desks import at

CODE = "EPX-X6E-K4Y"
HOLDER = CodeHolder("Ada Essai", "IFAPME d’essai")


async def called(state: Any, handler: str, *arguments: Any) -> Any:
    current_actor.set(Actor(7, Role.OPERATOR, operator_id=3))
    return await getattr(type(state), handler).fn(state, *arguments)


def answering(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, answer: Any) -> list[tuple[Any, ...]]:
    asked: list[tuple[Any, ...]] = []

    def use_case(_actor: Any, *given: Any, now: Any) -> Any:
        asked.append(given)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(module, name, use_case)
    return asked


@pytest.fixture(autouse=True)
def no_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, activation, "demo_codes", [])


async def test_a_code_in_the_address_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch, activation, "look_at_code", HOLDER)
    state = at(ActivationState, "/activation")
    await called(state, "load")
    assert (state.step, asked) == ("code", [])
    state = at(ActivationState, f"/activation?code={CODE.lower()}")
    await called(state, "load")
    assert (state.step, state.code, state.holder) == ("name", CODE, HOLDER)


@pytest.mark.parametrize("typed", [{}, {"code": None}, {"code": "K7M"}, {"code": "x" * 500}])
async def test_a_code_that_is_none_asks_nobody(monkeypatch: pytest.MonkeyPatch, typed: dict[str, Any]) -> None:
    asked = answering(monkeypatch, activation, "look_at_code", HOLDER)
    state = at(ActivationState, "/activation")
    await called(state, "look", typed)
    assert (state.step, asked, list(state.errors)) == ("code", [], ["code"])


@pytest.mark.parametrize("typed", ["0400.000.185", "BE0400000185", "2.000.000.141", " 0400 000 186 "])
async def test_a_companys_number_is_led_to_the_companys_door(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    asked = answering(monkeypatch, activation, "look_at_code", HOLDER)
    state = at(ActivationState, "/activation")
    await called(state, "look", {"code": typed})
    assert (state.step, state.is_company, state.errors, asked) == ("code", True, {}, [])
    await called(state, "look", {"code": CODE})
    assert (state.step, state.is_company) == ("name", False)


async def test_each_step_takes_what_it_needs_as_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    # After a restart of the server the tab has a fresh state: the form brings the code.
    asked = answering(monkeypatch, activation, "start_activation", True)
    state = at(ActivationState, "/activation")
    await called(state, "start", {"code": CODE, "email": " Ada@Exemple.test "})
    assert (state.step, asked[0][1].email) == ("mail", "ada@exemple.test")


async def test_a_refusal_stays_on_the_step(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, activation, "start_activation", TooManyTries(12))
    state = at(ActivationState, "/activation")
    state.step = "name"
    await called(state, "start", {"code": CODE, "email": "ada@exemple.test"})
    assert state.step == "name" and "12" in state.errors["form"]


@pytest.mark.parametrize(
    ("what", "step"), [("pas-moi", "reported"), ("ailleurs", "reported"), ("autre", "code"), (3, "code")]
)
async def test_only_two_things_can_be_reported(monkeypatch: pytest.MonkeyPatch, what: Any, step: str) -> None:
    answering(monkeypatch, activation, "report_enrolment", True)
    state = at(ActivationState, "/activation")
    await called(state, "report", CODE, what)
    assert state.step == step


async def test_joining_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, activation, "attach_enrolment", HOLDER)
    state = at(ActivationState, "/activation")
    await called(state, "attach", {"code": CODE})
    assert state.step == "joined"


async def test_the_mailed_link_shows_whom_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch, activation, "look_at_activation", LinkHolder("Ada Essai"))
    state = at(FinishActivationState, "/lien/un-jeton")
    await called(state, "load_holder")
    assert (state.holder.name, asked) == ("Ada Essai", [("un-jeton",)])


async def test_an_import_says_what_it_did_and_a_second_tap_says_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch, rosters, "import_roster", ImportResult(4, words="2 ajoutées"))
    state = at(OperatorImportState, "/operateur/importer/4")
    await called(state, "confirm", {"import_id": "4", "ended": ["12", "x"], "all_absent": ""})
    assert (state.result, asked[0][0], asked[0][1].ended) == ("2 ajoutées", 4, (12, 0))
    answering(monkeypatch, rosters, "import_roster", AlreadyDone())
    await called(state, "confirm", {"import_id": "4"})
    assert "déjà fait" in state.errors["form"]


async def test_the_preview_is_that_of_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch, rosters, "import_preview", ImportPreview(4))
    await called(at(OperatorImportState, "/operateur/importer/4"), "load")
    await called(at(OperatorImportState, "/operateur/importer/4 OR 1"), "load")
    assert asked == [(4,), (0,)]


async def test_undoing_says_what_stayed_and_what_stands_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, rosters, "roster_imports", ImportHistory())
    answering(monkeypatch, rosters, "undo_import", ImportResult(4, kept=2))
    state = at(OperatorImportsState, "/operateur/importer")
    await called(state, "undo", 4)
    assert "2 inscriptions sont restées" in state.notice
    answering(monkeypatch, rosters, "undo_import", LaterImport())
    await called(state, "undo", "4")
    assert "plus récent" in state.errors["form"]


async def test_the_address_bar_says_only_what_we_know(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch, rosters, "my_enrolments", EnrolmentPage(page=2, pages=2))
    state = at(OperatorCodesState, "/operateur/codes?erreur=<script>&envoyes=3&sans=1&page=2&q=Ada&voir=toutes")
    await called(state, "load")
    assert state.refusal == ""
    assert state.notice == "3 codes envoyés. 1 personne sans adresse\u00a0: imprimez son code."
    assert (asked[0][0].page, asked[0][0].q, asked[0][0].shown) == (2, "Ada", "toutes")
    assert state.before == "/operateur/codes?page=1&q=Ada&voir=toutes" and state.after == ""


async def test_a_report_that_is_settled_leaves_the_list_and_the_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "who_am_i", lambda actor, now: Me("Nour", "1", "operator", "/", reported="1"))
    asked = answering(monkeypatch, rosters, "settle_reports", None)
    answering(monkeypatch, rosters, "open_reports", [ReportRow(4, 10, "Essai Ada", "E10", "Ce n’est pas moi", "hier")])
    state = at(OperatorReportsState, "/operateur/codes")
    await called(state, "settle", 9)
    assert (asked, [each.report_id for each in state.reports], state.reported) == ([(9,)], [4], "1")


async def test_a_correction_that_does_not_fit_is_beside_its_field(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, rosters, "enrolment_detail", EnrolmentDetail())
    asked = answering(monkeypatch, rosters, "correct_enrolment", None)
    state = at(OperatorEnrolmentState, "/operateur/codes/9")
    await called(state, "correct", {"enrolment_id": "9", "first_name": "", "last_name": "Essai", "email": "x"})
    assert (sorted(state.errors), asked, state.notice) == (["email", "first_name"], [], "")
    await called(state, "correct", {"enrolment_id": "9", "first_name": "Zoé", "last_name": "Essai"})
    assert (state.errors, asked[0][0]) == ({}, 9) and "corrigée" in state.notice


@pytest.mark.parametrize("handler", ["end", "resume", "settle"])
async def test_what_was_refused_is_not_said_to_be_done(monkeypatch: pytest.MonkeyPatch, handler: str) -> None:
    answering(monkeypatch, rosters, "enrolment_detail", EnrolmentDetail())
    for name in ("end_enrolment", "resume_enrolment", "settle_reports"):
        answering(monkeypatch, rosters, name, AlreadyDone())
    state = at(OperatorEnrolmentState, "/operateur/codes/9")
    await called(state, handler, 9)
    assert state.notice == "" and "form" in state.errors
