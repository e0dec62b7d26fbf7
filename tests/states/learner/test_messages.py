"""A learner's conversations without a browser: written, refused with the text kept, read, shown and reported."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db import engine as engines
from stageplus.db.engine import transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.states.audience import current_actor
from stageplus.states.learner.messages import LearnerMessagesState, LearnerTalkState
from stageplus.states.operator.learners import OperatorLearnerState
from tests import factories

Open = Callable[..., Any]


@pytest.fixture
def talk(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Make an application that the company has seen and written to."""
    monkeypatch.setattr(engines, "engine", lambda: sqlite_database)
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        learner = factories.a_learner(session)
        offer = factories.an_offer(session)
        application = factories.an_application(session, offer, learner, status=ApplicationStatus.SEEN)
        member = factories.a_member(session, offer.company_id)
        message = factories.a_message(session, application, member, "Bonjour, une question ?")
        staff = factories.a_staff_member(session, learner.operator_id)
        actor = factories.actor_of_learner(learner)
        return {"application": application.id, "message": message.id, "learner": actor, "staff": staff}


@pytest.fixture
def open_state(talk: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a state as the learner, or somebody else, at an address."""

    def opened(kind: type[Any], path: str = "", who: str = "learner") -> Any:
        current_actor.set(talk[who])
        url = SimpleNamespace(path=path or f"/messages/{talk['application']}", query_parameters={}, query="")
        monkeypatch.setattr(kind, "router", SimpleNamespace(url=url), raising=False)
        return kind(_reflex_internal_init=True)

    return opened


def typed(talk: dict[str, Any], text: str, key: str = "a" * 32, **more: str) -> dict[str, Any]:
    return {"application": f"{talk['application']}", "form_key": key, "text": text, **more}


async def test_the_list_and_the_conversation_are_read(talk: dict[str, Any], open_state: Open) -> None:
    state = open_state(LearnerMessagesState, "/messages")
    await state.load()
    assert [(card.application_id, card.unread) for card in state.talks] == [(talk["application"], 1)]
    state = open_state(LearnerTalkState)
    await state.load()
    assert [each.words for each in state.thread.messages] == ["Bonjour, une question ?"]
    assert (state.thread.unread, state.missing) == (1, False)


async def test_opening_reads_nothing_before_the_browser_says_so(talk: dict[str, Any], open_state: Open) -> None:
    state = open_state(LearnerTalkState)
    await state.load()
    await state.read(talk["application"], state.thread.last_id)
    assert (state.thread.unread, state.messages) == (0, "")


async def test_a_message_leaves_and_a_refusal_keeps_what_was_typed(talk: dict[str, Any], open_state: Open) -> None:
    state = open_state(LearnerTalkState)
    await state.load()
    await state.say(typed(talk, ""))
    assert (state.said, list(state.talk_errors), state.talk_about) == (0, ["text"], "message")
    await state.say(typed(talk, "Mon 0470 12 34 56"))
    assert (state.said, list(state.talk_errors)) == (0, ["number"])
    await state.say(typed(talk, "Mon 0470 12 34 56", intent="numero"))
    assert (state.said, state.talk_errors, len(state.thread.messages)) == (1, {}, 2)
    await state.say(typed(talk, "x" * 100_000, key="b" * 32))
    assert (state.said, list(state.talk_errors)) == (1, ["text"])
    assert state.errors == {}


async def test_the_pace_is_said_beside_the_form(talk: dict[str, Any], open_state: Open) -> None:
    state = open_state(LearnerTalkState)
    await state.load()
    for number in range(4):
        await state.say(typed(talk, f"n° {number}", key=f"{number:032x}"))
    assert "le texte reste ici" in state.talk_errors["form"]
    assert state.said == 3


async def test_what_is_claimed_is_no_proof(talk: dict[str, Any], open_state: Open) -> None:
    state = open_state(LearnerTalkState)
    await state.load()
    for claimed in ("abc", None, "-1", "999999999", {"a": 1}):
        await state.say(typed(talk, "Bonjour") | {"application": claimed})
        assert "form" in state.talk_errors
        await state.report({"message": claimed, "concern": "insultes"})
        await state.read(claimed, claimed)
        await state.older(claimed)
        await state.share({"application": claimed, "form_key": "c" * 32, "number": "0470123456"})
    assert (state.said, state.shared, state.noted) == (0, 0, 0)


async def test_another_address_is_not_found(talk: dict[str, Any], open_state: Open) -> None:
    state = open_state(LearnerTalkState, "/messages/999")
    await state.load()
    assert (state.missing, state.thread.messages) == (True, [])


async def test_a_number_is_shared_on_purpose(talk: dict[str, Any], open_state: Open) -> None:
    state = open_state(LearnerTalkState)
    await state.load()
    await state.share(typed(talk, "", number="12"))
    assert (state.shared, list(state.talk_errors), state.talk_about) == (0, ["number"], "numero")
    await state.share(typed(talk, "", number="0470 12 34 56"))
    assert (state.shared, state.thread.messages[-1].words) == (1, "+32 470 12 34 56")


async def test_a_message_is_reported_once(talk: dict[str, Any], open_state: Open) -> None:
    state = open_state(LearnerTalkState)
    await state.load()
    state.choose(talk["message"])
    sent = {"message": f"{talk['message']}", "application": f"{talk['application']}"}
    await state.report(sent)
    assert (state.noted, list(state.talk_errors), state.talk_about) == (0, ["concern"], "signaler")
    await state.report(sent | {"concern": "insultes"})
    assert (state.noted, state.thread.messages[0].reported) == (1, True)
    assert "OFFA va regarder" in state.notice
    await state.report(sent | {"concern": "insultes"})
    assert (state.noted, list(state.talk_errors)) == (1, ["form"])


async def test_staff_sees_what_is_shown_and_no_longer(talk: dict[str, Any], open_state: Open) -> None:
    state = open_state(LearnerTalkState)
    await state.load()
    await state.show(talk["application"])
    assert state.thread.shown
    page = f"/operateur/apprenants/{talk['learner'].learner_id}"
    desk = open_state(OperatorLearnerState, page, who="staff")
    await desk.load()
    assert [each.messages[0].words for each in desk.shown] == ["Bonjour, une question ?"]
    current_actor.set(talk["learner"])
    await state.stop_showing(talk["application"])
    assert not state.thread.shown
    current_actor.set(talk["staff"])
    await desk._refresh()
    assert (desk.shown, desk.missing) == ([], False)
