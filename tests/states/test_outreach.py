"""A coach makes links on screen; the registration counts that a tab came by one, once, and its claim carries it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db import engine as engines
from stageplus.db.engine import reading, transaction
from stageplus.models import CoachLink
from stageplus.states.audience import current_actor
from stageplus.states.coach.outreach import CoachOutreachState
from stageplus.states.company_claim import RegisterCompanyState
from tests import factories

Open = Callable[..., Any]
CODE = "abcdef012345"


@pytest.fixture
def open_state(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a state as a coach with one link, or as nobody, at an address."""
    monkeypatch.setattr(engines, "engine", lambda: sqlite_database)
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        coach = replace(factories.a_coach(session, "alimentation"), proved_at=datetime.now(UTC))
        factories.a_coach_link(session, coach, code=CODE)

    def opened(kind: type[Any], *, signed_in: bool = True, **query: str) -> Any:
        current_actor.set(coach if signed_in else None)
        url = SimpleNamespace(path="/ici", query_parameters=query, query="")
        browser = SimpleNamespace(cookie="", user_agent="")
        router = SimpleNamespace(url=url, session=SimpleNamespace(client_ip="192.0.2.7"), headers=browser)
        monkeypatch.setattr(kind, "router", router, raising=False)
        return kind(_reflex_internal_init=True)

    return opened


async def test_links_are_made_and_ended(open_state: Open) -> None:
    state = open_state(CoachOutreachState)
    await state.load()
    await state.make({"name": " "})
    assert (list(state.errors), len(state.found.rows)) == (["name"], 1)
    await state.make({"name": "Salon"})
    assert (len(state.found.rows), state.answered, "Salon" in state.notice) == (2, 1, True)
    await state.end(state.found.rows[0].link_id)
    assert not state.found.rows[0].is_open
    await state.end(999)
    assert state.missing


async def test_a_tab_counts_once_and_its_claim_carries_the_link(open_state: Open, sqlite_database: Engine) -> None:
    state = open_state(RegisterCompanyState, signed_in=False, lien=CODE)
    await state.load()
    await state.load()
    with reading(sqlite_database) as session:
        assert session.get_one(CoachLink, 1).opened == 1
    assert state.link == CODE
    state = open_state(RegisterCompanyState, signed_in=False)
    await state.load()
    assert state.link == "" and not state.fault
