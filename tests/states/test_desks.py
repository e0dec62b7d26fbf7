"""Desk lists read what the address bar asks for, and say what was done."""

from types import SimpleNamespace
from typing import Any

import pytest
import reflex as rx
from reflex.istate.data import RouterData

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import AlreadyDone
from stageplus.services.followup.schemas import FollowedLearner, IntroductionLists, LearnerPage, LearnerSearch
from stageplus.states.audience import current_actor
from stageplus.states.operator import introductions, learners
from stageplus.states.operator.introductions import OperatorIntroductionsState
from stageplus.states.operator.learners import OperatorLearnersState, OperatorLearnerState
from stageplus.texts import _

STAFF = Actor(7, Role.OPERATOR, operator_id=3)


def at(kind: type[Any], address: str) -> Any:
    """Return a state, among those of its tab, which is at an address."""
    current_actor.set(STAFF)
    tab: Any = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]
    state = tab.get_substate(kind.get_full_name().split("."))
    where = {"pathname": address.split("?")[0], "asPath": address, "query": {}}
    state.router = RouterData.from_router_data({**where, "headers": {"origin": "https://stage.test"}})
    return state


async def called(state: Any, handler: str, *arguments: Any) -> Any:
    current_actor.set(STAFF)
    return await getattr(type(state), handler).fn(state, *arguments)


class Read:
    """A read that remembers what it was asked."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked: list[Any] = []

    def __call__(self, actor: Any, *asked: Any, now: Any) -> Any:
        self.asked.append(asked[0] if asked else None)
        return self.answer


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    found = Read(LearnerPage(page=2, pages=3, trades=[("boulanger", "Boulangère")], years=[("1", "1re année")]))
    monkeypatch.setattr(learners, "my_learners", found)
    return found


async def test_the_list_is_what_the_address_bar_asks_for(read: Read) -> None:
    state = at(OperatorLearnersState, "/operateur/apprenants?q=ana&place=sans&page=2")
    await called(state, "load")
    assert read.asked == [LearnerSearch(text="ana", place="sans", page=2)]
    assert state.before == "/operateur/apprenants?page=1&place=sans&q=ana"
    assert state.after == "/operateur/apprenants?page=3&place=sans&q=ana"
    assert (state.trades, state.found.trades, state.form_round) == ([("boulanger", "Boulangère")], [], 1)


async def test_another_page_leaves_the_filters_as_they_are(read: Read) -> None:
    state = at(OperatorLearnersState, "/operateur/apprenants?q=ana&page=2")
    state.asked = {"q": "ana"}
    await called(state, "load")
    assert state.form_round == 0


@pytest.mark.parametrize(("address", "intent"), [("?annee=2", ""), ("?place=avec&page=2", "filter")])
async def test_a_choice_is_read_at_once(read: Read, address: str, intent: str) -> None:
    state = at(OperatorLearnersState, f"/operateur/apprenants{address}")
    assert await called(state, "search", {"annee": "2", "q": "", "intent": intent}) is None
    assert read.asked == [LearnerSearch(year=2)]


async def test_words_go_to_the_address_bar_first(read: Read) -> None:
    state = at(OperatorLearnersState, "/operateur/apprenants?page=3")
    gone = await called(state, "search", {"q": "ana dupont"})
    assert "/operateur/apprenants?q=ana+dupont" in str(gone)
    assert (read.asked, state.asked) == ([], {"q": "ana dupont"})


async def test_a_sheet_is_the_learner_that_the_address_names(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Read(FollowedLearner(name="Ana"))
    monkeypatch.setattr(learners, "open_learner", read)
    for address, named in (("/operateur/apprenants/12", 12), ("/operateur/apprenants/x", 0)):
        state = at(OperatorLearnerState, address)
        await called(state, "load")
        assert (read.asked[-1], state.learner.name) == (named, "Ana")


async def test_both_lists_of_introductions_have_their_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Read(IntroductionLists(waiting_pages=2, taken_page=2, taken_pages=2))
    monkeypatch.setattr(introductions, "introductions", read)
    state = at(OperatorIntroductionsState, "/operateur/mises-en-relation?reprises=2")
    await called(state, "load")
    assert (read.asked[0].waiting, read.asked[0].taken) == (1, 2)
    assert state.waiting_after.endswith("?reprises=2&page=2")
    assert state.taken_before.endswith("?reprises=1")


async def test_taking_over_is_said_and_being_too_late_too(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    def take_over(actor: Any, introduction_id: int, *, now: Any) -> Any:
        if introduction_id in taken:
            raise AlreadyDone
        taken.append(introduction_id)
        return SimpleNamespace(learner="Ana")

    monkeypatch.setattr(introductions, "take_over", take_over)
    monkeypatch.setattr(introductions, "introductions", Read(IntroductionLists()))
    state = at(OperatorIntroductionsState, "/operateur/mises-en-relation")
    await called(state, "take", "12")
    assert (taken, state.notice, state.errors) == ([12], _("Reprise notée : Ana en est averti."), {})
    await called(state, "take", "12")
    assert (taken, state.notice, list(state.errors)) == ([12], "", ["form"])
