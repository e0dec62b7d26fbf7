"""The desk's acts on one learner and on introductions: said, kept open with what is wrong, read again."""

from typing import Any

import pytest

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import NotPossible
from stageplus.domain.refusals import AlreadyPlaced, StaffNudgedAlready
from stageplus.services.followup.schemas import IntroductionLists, IntroductionRow
from stageplus.services.guidance.schemas import Guidance
from stageplus.states.audience import current_actor
from stageplus.states.operator import guidance, introductions
from stageplus.states.operator.guidance import OperatorGuidanceState
from stageplus.states.operator.introductions import OperatorIntroductionsState
from tests.states.test_desks import STAFF, Read, at, called

ROW = IntroductionRow(4, 7, "Ana", "ana@demo.test", "", "", "", "", "", "", "", False)


class Act:
    """A use case that remembers what it was given, and refuses when told to."""

    def __init__(self, answer: Any = None, refusal: Exception | None = None) -> None:
        self.answer, self.refusal = answer, refusal
        self.given: list[tuple[Any, ...]] = []

    def __call__(self, actor: Actor, *given: Any, now: Any) -> Any:
        assert actor.role is Role.OPERATOR
        self.given.append(given)
        if self.refusal:
            raise self.refusal
        return self.answer


@pytest.fixture
def sheet(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(guidance, "guidance", Read(Guidance(learner_id=7)))
    return at(OperatorGuidanceState, "/operateur/apprenants/7")


async def drained(state: Any, handler: str, typed: dict[str, Any]) -> None:
    current_actor.set(STAFF)
    async for _said in getattr(type(state), handler).fn(state, typed):
        pass


@pytest.mark.parametrize(
    ("handler", "use_case", "typed"),
    [
        ("write", "write_note", {"learner": "7", "words": "Vu lundi."}),
        ("plan", "plan_contact", {"learner": "7", "situation": "cherche", "next_contact_on": ""}),
        ("erase", "erase_note", "3"),
        ("nudge", "nudge_company", "5"),
    ],
)
async def test_an_act_shows_what_came_of_it(
    monkeypatch: pytest.MonkeyPatch, sheet: Any, handler: str, use_case: str, typed: Any
) -> None:
    act = Act(Guidance(learner_id=7, situation="cherche"))
    monkeypatch.setattr(guidance, use_case, act)
    await called(sheet, "load")
    await called(sheet, handler, typed)
    assert act.given[0][0] == 7
    assert (sheet.shown.situation, bool(sheet.notice), sheet.errors) == ("cherche", True, {})


async def test_what_is_wrong_stays_beside_its_field(monkeypatch: pytest.MonkeyPatch, sheet: Any) -> None:
    await called(sheet, "load")
    await called(sheet, "write", {"learner": "7", "words": " "})
    assert (list(sheet.errors), sheet.asked_for, sheet.written) == (["words"], "note", 0)
    await called(sheet, "plan", {"learner": "7", "situation": "perdu"})
    assert (list(sheet.errors), sheet.asked_for) == (["situation"], "suivi")
    monkeypatch.setattr(guidance, "nudge_company", Act(refusal=StaffNudgedAlready()))
    await called(sheet, "nudge", "5")
    assert (sheet.errors["form"] != "", sheet.notice) == (True, "")


async def test_a_place_outside_closes_its_dialog_once_noted(monkeypatch: pytest.MonkeyPatch, sheet: Any) -> None:
    act = Act()
    monkeypatch.setattr(guidance, "record_place", act)
    monkeypatch.setattr(guidance, "forget_place", act)
    await called(sheet, "load")
    await called(sheet, "note_place", {"learner": "7", "company_name": "Ailleurs"})
    assert (list(sheet.errors), sheet.done, act.given) == (["starts_on"], 0, [])
    await called(sheet, "note_place", {"learner": "7", "company_name": "Ailleurs", "starts_on": "2026-12-01"})
    assert (sheet.done, act.given[0][0]) == (1, 7)
    await called(sheet, "drop_place")
    assert sheet.done == 2
    monkeypatch.setattr(guidance, "record_place", Act(refusal=AlreadyPlaced()))
    await called(sheet, "note_place", {"learner": "7", "company_name": "Ailleurs", "starts_on": "2026-12-01"})
    assert (sheet.done, sheet.errors["form"] != "") == (2, True)


@pytest.mark.parametrize(
    ("handler", "use_case", "typed", "field"),
    [
        ("confirm", "confirm_start", {"day": "2026-11-20"}, "day"),
        ("fail", "fail_introduction", {"reason": "apprenant"}, "reason"),
    ],
)
async def test_an_introduction_is_settled_or_its_dialog_stays(
    monkeypatch: pytest.MonkeyPatch, handler: str, use_case: str, typed: dict[str, str], field: str
) -> None:
    act = Act(ROW)
    monkeypatch.setattr(introductions, "introductions", Read(IntroductionLists()))
    monkeypatch.setattr(introductions, use_case, act)
    state = at(OperatorIntroductionsState, "/operateur/mises-en-relation")
    await drained(state, handler, {"introduction": "4", field: ""})
    assert (list(state.errors), state.asking, state.done, act.given) == ([field], 4, 0, [])
    await drained(state, handler, {"introduction": "4", **typed})
    assert (state.errors, state.asking, state.done, act.given[0][0]) == ({}, 0, 1, 4)
    assert "Ana" in state.notice
    monkeypatch.setattr(introductions, use_case, Act(refusal=NotPossible("fail", "commencée")))
    await drained(state, handler, {"introduction": "4", **typed})
    assert (state.errors["form"] != "", state.asking, state.done) == (True, 4, 1)
