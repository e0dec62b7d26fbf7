"""Announcements on OFFA’s screen, the banner that a browser puts away, and the texts of the help page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db import engine as engines
from stageplus.db.engine import transaction
from stageplus.services.accounts.queries import who_am_i
from stageplus.states.admin.announcements import OffaAnnouncementsState
from stageplus.states.audience import current_actor
from stageplus.states.help import HelpState
from stageplus.states.session import SessionState
from tests import factories

Open = Callable[..., Any]
TODAY = datetime.now(UTC).date()
TYPED = {
    "announcement_id": "0",
    "spot": "bandeau",
    "audience": "everyone",
    "title": "",
    "words": "Bonne rentrée.",
    "link": "",
    "starts_on": TODAY.isoformat(),
    "ends_on": "",
}


@pytest.fixture
def open_state(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a state as OFFA, or as somebody else, at an address."""
    monkeypatch.setattr(engines, "engine", lambda: sqlite_database)
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        offa = replace(factories.an_offa_member(session), proved_at=datetime.now(UTC))

    def opened(kind: type[Any], **query: str) -> Any:
        current_actor.set(offa)
        url = SimpleNamespace(path="/offa/annonces", query_parameters=query, query="")
        monkeypatch.setattr(kind, "router", SimpleNamespace(url=url), raising=False)
        return kind(_reflex_internal_init=True)

    return opened


async def test_an_announcement_is_tried_saved_changed_and_taken_back(open_state: Open) -> None:
    state = open_state(OffaAnnouncementsState)
    await state.load()
    assert (state.found.rows, state.found.today) == ([], TODAY.isoformat())
    await state.send({**TYPED, "intent": "try", "words": ""})
    assert (list(state.errors), state.tried.words) == (["words"], "")
    await state.send({**TYPED, "intent": "try"})
    assert state.tried.words == "Bonne rentrée." and state.found.rows == []
    await state.send({**TYPED, "intent": "save"})
    assert (state.answered, state.tried.words, bool(state.notice)) == (1, "", True)
    number = state.found.rows[0].announcement_id
    state = open_state(OffaAnnouncementsState, numero=str(number))
    await state.load()
    assert state.chosen.announcement_id == number
    later = (TODAY + timedelta(days=3)).isoformat()
    await state.send({**TYPED, "announcement_id": str(number), "ends_on": later, "intent": "save"})
    assert (state.found.rows[0].ends_on, state.chosen.announcement_id) == (later, 0)
    await state.withdraw(number)
    assert not state.found.rows[0].may_withdraw
    state = open_state(OffaAnnouncementsState, numero=str(number))
    await state.load()
    assert state.chosen.announcement_id == 0


async def test_a_browser_puts_a_banner_away(open_state: Open) -> None:
    desk = open_state(OffaAnnouncementsState)
    await desk.send({**TYPED, "intent": "save"})
    state = open_state(SessionState)
    me = await state._call(who_am_i)
    assert me.banner == "Bonne rentrée."
    state._change(banner=me.banner, banner_key=me.banner_key)
    state.hide_banner()
    assert state.hidden_banner == me.banner_key != ""


async def test_the_help_page_reads_its_texts(open_state: Open) -> None:
    desk = open_state(OffaAnnouncementsState)
    await desk.send({**TYPED, "spot": "aide", "title": "Ta première candidature", "intent": "save"})
    state = open_state(HelpState)
    await state.load()
    assert [each.title for each in state.texts] == ["Ta première candidature"]
