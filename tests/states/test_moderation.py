"""The queue and the decision on OFFA’s screen, the flag on a learner’s, the remarks on a company’s."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db import engine as engines
from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.models import ModerationCase, OfferFlag
from stageplus.services.throttle import throttle
from stageplus.states.admin.moderation import OffaCaseState, OffaModerationState
from stageplus.states.audience import current_actor
from stageplus.states.learner.flag import LearnerFlagState
from tests import factories

Open = Callable[..., Any]


@pytest.fixture
def people(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Make an offer that waits, its learner, and OFFA."""
    monkeypatch.setattr(engines, "engine", lambda: sqlite_database)
    throttle().forget_everything()
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        offer, quiet = factories.an_offer(session), factories.an_offer(session)
        factories.a_case(session, offer)
        learner = factories.actor_of_learner(factories.a_learner(session))
        offa = factories.an_offa_member(session)
        return {"offer": offer.id, "quiet": quiet.id, "learner": learner, "offa": offa, "database": sqlite_database}


@pytest.fixture
def open_state(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a state as somebody at an address."""

    def opened(kind: type[Any], actor: Actor, path: str, **query: str) -> Any:
        current_actor.set(actor)
        url = SimpleNamespace(path=path, query_parameters=query, query="")
        monkeypatch.setattr(kind, "router", SimpleNamespace(url=url), raising=False)
        return kind(_reflex_internal_init=True)

    return opened


async def test_the_queue_lists_what_the_address_asks_for(people: dict[str, Any], open_state: Open) -> None:
    state = open_state(OffaModerationState, people["offa"], "/offa/moderation")
    await state.load()
    assert [row.offer_id for row in state.found.rows] == [people["offer"]]
    state = open_state(OffaModerationState, people["offa"], "/offa/moderation", etat="hors-ligne")
    await state.load()
    assert state.found.rows == []


async def test_a_decision_without_its_words_keeps_the_dialog_open(people: dict[str, Any], open_state: Open) -> None:
    state = open_state(OffaCaseState, people["offa"], f"/offa/moderation/{people['offer']}")
    await state.load()
    await state.decide({"offer": str(people["offer"]), "decision": "ask", "words": " "})
    assert (list(state.errors), state.asking, state.answered) == (["words"], "ask", 0)
    await state.decide({"offer": str(people["offer"]), "decision": "ask", "words": "Changez ce mot."})
    assert (state.errors, state.answered, state.detail.row.standing) == ({}, 1, "changement demandé")
    assert state.notice
    with reading(people["database"]) as session:
        case = session.get_one(ModerationCase, people["offer"])
        assert case.words == "Changez ce mot."


@pytest.mark.parametrize("decision", ["", "vendre", None, "x" * 5000])
async def test_a_decision_of_nobody_is_refused(people: dict[str, Any], open_state: Open, decision: object) -> None:
    state = open_state(OffaCaseState, people["offa"], f"/offa/moderation/{people['offer']}")
    await state.decide({"offer": str(people["offer"]), "decision": decision, "words": "x"})
    assert "decision" in state.errors


async def test_an_offer_that_never_came_is_not_found(people: dict[str, Any], open_state: Open) -> None:
    state = open_state(OffaCaseState, people["offa"], f"/offa/moderation/{people['quiet']}")
    await state.load()
    assert state.missing


async def test_a_flag_is_sent_once_and_shown(people: dict[str, Any], open_state: Open) -> None:
    state = open_state(LearnerFlagState, people["learner"], f"/offres/{people['quiet']}")
    await state.load()
    assert state.mine.sent == ""
    await state.flag({"offer": str(people["quiet"])})
    assert (list(state.flag_errors), state.errors, state.flagged) == (["reason"], {}, 0)
    for _tap in range(2):
        await state.flag({"offer": str(people["quiet"]), "reason": "autre", "words": "Bizarre."})
    assert (bool(state.mine.sent), state.flagged) == (True, 1)
    assert "déjà" in state.flag_errors["form"]
    with reading(people["database"]) as session:
        assert len(session.exec(select(OfferFlag)).all()) == 1
