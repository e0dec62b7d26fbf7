"""The desk of an operator says what waits; a change of several is said, or what is wrong stays in the form."""

from typing import Any

import pytest

from stageplus.domain.coaching import ViewList
from stageplus.domain.errors import InvalidInput
from stageplus.services.caseload.schemas import Changed, Choices, Desk, DeskFigure, SeveralInput
from stageplus.services.followup.schemas import FollowedLearner, LearnerPage, LearnerRow
from stageplus.services.saved_views.schemas import ViewInput, ViewRow, Views
from stageplus.services.termly.schemas import TermRow
from stageplus.states import views
from stageplus.states.operator import caseload, learners
from stageplus.states.operator.caseload import OperatorCaseloadState, OperatorDeskState
from stageplus.states.operator.learners import OperatorLearnersState, OperatorLearnerState
from stageplus.states.operator.picks import OperatorPicksState
from stageplus.states.operator.views import OperatorViewsState
from tests.states.test_desks import Read, at, called
from tests.states.test_guidance import Act

LIST = "/operateur/apprenants"


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> Any:
    rows = [LearnerRow(learner_id=4), LearnerRow(learner_id=7)]
    monkeypatch.setattr(learners, "my_learners", Read(LearnerPage(rows=rows)))
    return at(OperatorLearnersState, LIST)


async def test_what_to_choose_from_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caseload, "choices", Read(Choices(staff=[("moi", "Moi")])))
    state = at(OperatorCaseloadState, LIST)
    await called(state, "load")
    assert state.choices.staff == [("moi", "Moi")]


async def test_the_desk_is_read_with_the_reports_of_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    figure = DeskFigure("à contacter", "3", f"{LIST}?contact=du")
    monkeypatch.setattr(caseload, "my_desk", Read(Desk(to_do=[figure])))
    monkeypatch.setattr(
        caseload, "my_terms", Read([TermRow("Premier trimestre 2026", "/operateur/rapport/2026-T1.pdf")])
    )
    desk = at(OperatorDeskState, "/operateur")
    await called(desk, "load")
    assert (desk.desk.to_do, len(desk.terms), desk.loading) == ([figure], 1, False)


async def test_several_are_changed_and_the_boxes_are_empty_again(monkeypatch: pytest.MonkeyPatch, state: Any) -> None:
    act = Act(Changed(2, 1))
    monkeypatch.setattr(learners, "follow_several", act)
    await called(state, "load")
    await called(state, "tick", True)
    assert state.ticked == [4, 7]
    await called(state, "change", {"learners": ["4", "7", "x"], "staff": "12", "situation": "", "next_contact_on": ""})
    assert act.given == [(SeveralInput(learners=(4, 7), staff="12"),)]
    assert (state.ticked, state.errors) == ([], {})
    assert "2 apprenants" in state.notice and "garde son suivi" in state.notice


async def test_what_is_wrong_stays_with_what_was_ticked(monkeypatch: pytest.MonkeyPatch, state: Any) -> None:
    await called(state, "load")
    await called(state, "tick", True)
    drawn = state.round
    monkeypatch.setattr(learners, "follow_several", Act(refusal=InvalidInput({"staff": "Plus de l’équipe."})))
    await called(state, "change", {"learners": ["4"], "staff": "12"})
    assert (state.errors, state.notice, state.round, state.ticked) == (
        {"staff": "Plus de l’équipe."},
        "",
        drawn,
        [4, 7],
    )
    await called(state, "change", {"learners": ["4"], "staff": "n’importe qui", "next_contact_on": "hier"})
    assert set(state.errors) == {"staff", "next_contact_on"}


@pytest.mark.parametrize("wanted", ["oui", 1, None])
async def test_only_a_tick_ticks(state: Any, wanted: Any) -> None:
    await called(state, "load")
    await called(state, "tick", wanted)
    assert state.ticked == []


async def test_one_learner_is_given_from_the_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    act = Act(Changed(1))
    monkeypatch.setattr(learners, "follow_several", act)
    monkeypatch.setattr(learners, "followed_learner", Read(FollowedLearner(name="Ana Essai")))
    monkeypatch.setattr(learners, "shown_conversations", Read([]))
    sheet = at(OperatorLearnerState, f"{LIST}/7")
    await called(sheet, "give", {"learners": ["7"], "staff": "12"})
    assert act.given == [(SeveralInput(learners=(7,), staff="12"),)]
    assert (sheet.learner.name, sheet.given, sheet.notice) == ("Ana Essai", 1, "C’est noté pour 1 apprenant.")


async def test_a_box_remembers_its_own_learner_and_nobody_who_is_not_listed(state: Any) -> None:
    await called(state, "load")
    await called(state, "pick", 7, True)
    await called(state, "pick", 99, True)
    await called(state, "pick", 4, "oui")
    assert state.ticked == [7]
    await called(state, "pick", 7, False)
    assert state.ticked == []
    await called(state, "tick", True)
    await called(state, "begin")
    assert state.ticked == []


async def test_what_the_list_asks_for_is_kept_as_a_view_of_ones_own(
    monkeypatch: pytest.MonkeyPatch, state: Any
) -> None:
    listed = at(OperatorLearnersState, f"{LIST}?implantation=3&page=2")
    await called(listed, "load")
    assert listed.view == "implantation=3"
    kept = Views("apprenants", [ViewRow(3, "Liège", f"{LIST}?implantation=3")])
    read, keep = Read(kept), Act(kept)
    monkeypatch.setattr(views, "my_views", read)
    monkeypatch.setattr(views, "save_view", keep)
    mine = at(OperatorViewsState, LIST)
    await called(mine, "load")
    assert (read.asked, mine.views) == ([ViewList.LEARNERS], kept)
    await called(mine, "keep", {"view_name": "Liège", "of_list": "apprenants", "query": listed.view})
    assert keep.given == [(ViewInput(view_name="Liège", of_list=ViewList.LEARNERS, query="implantation=3"),)]
    assert mine.kept == 1


async def test_the_ticked_are_taken_along_to_the_offers(state: Any) -> None:
    await called(state, "load")
    assert await called(state, "look_for") is None
    assert list(state.errors) == ["learners"]
    await called(state, "pick", 7, True)
    picks = await state.get_state(OperatorPicksState)
    assert "/operateur/offres" in str(await called(state, "look_for"))
    assert (picks._ids, "1 apprenant " in picks.words) == ([7], True)
    await called(state, "begin")
    assert (picks._ids, picks.words) == ([], "")
