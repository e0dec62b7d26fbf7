"""The queue of reported messages and the decision on OFFA's screen."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db import engine as engines
from stageplus.db.engine import transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.states.admin.message_reports import OffaMessagesState, OffaMessageState
from stageplus.states.audience import current_actor
from tests import factories

Open = Callable[..., Any]


@pytest.fixture
def message(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> int:
    """Make a message that its learner has reported, in front of OFFA."""
    monkeypatch.setattr(engines, "engine", lambda: sqlite_database)
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        learner, offer = factories.a_learner(session), factories.an_offer(session)
        application = factories.an_application(session, offer, learner, status=ApplicationStatus.SEEN)
        said = factories.a_message(session, application, factories.a_member(session, offer.company_id), "Grossier.")
        factories.a_report(session, said, learner)
        current_actor.set(factories.an_offa_member(session))
        return said.id or 0


@pytest.fixture
def open_state(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a state at an address."""

    def opened(kind: type[Any], path: str, **query: str) -> Any:
        url = SimpleNamespace(path=path, query_parameters=query, query="")
        monkeypatch.setattr(kind, "router", SimpleNamespace(url=url), raising=False)
        return kind(_reflex_internal_init=True)

    return opened


async def test_the_queue_lists_what_waits(message: int, open_state: Open) -> None:
    for query, found in (({}, [message]), ({"etat": "masques"}, []), ({"etat": "tout"}, [message])):
        state = open_state(OffaMessagesState, "/offa/moderation/messages", **query)
        await state.load()
        assert [row.message_id for row in state.found.rows] == found
        assert "Grossier" not in repr(state.found)


async def test_a_decision_needs_its_words_and_closes_its_dialog(message: int, open_state: Open) -> None:
    state = open_state(OffaMessageState, f"/offa/moderation/messages/{message}")
    await state.load()
    assert state.detail.decisions == ["close", "hide", "leave"]
    await state.decide({"message": f"{message}", "decision": "hide", "words": ""})
    assert (state.answered, state.asking, list(state.errors)) == (0, "hide", ["words"])
    await state.decide({"message": f"{message}", "decision": "hide", "words": "Restez poli."})
    assert (state.answered, state.detail.row.standing, state.moderated) == (1, "masqué", "")
    await state.decide({"message": f"{message}", "decision": "inventé", "words": "x"})
    assert (state.answered, list(state.errors)) == (1, ["decision"])


async def test_another_message_is_not_found(message: int, open_state: Open) -> None:
    state = open_state(OffaMessageState, f"/offa/moderation/messages/{message + 1}")
    await state.load()
    assert state.missing
