"""Doubles on OFFA’s screen: compared by address, joined with a reason; and the accounts to look at."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db import engine as engines
from stageplus.db.engine import transaction
from stageplus.domain.actors import Role
from stageplus.models import JournalEntry
from stageplus.states.admin.mergers import OffaMergersState
from stageplus.states.admin.suspects import OffaSuspectsState
from stageplus.states.audience import current_actor
from tests import factories

Open = Callable[..., Any]


@pytest.fixture
def open_state(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a state as OFFA at an address."""
    monkeypatch.setattr(engines, "engine", lambda: sqlite_database)
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        for _each in range(2):
            factories.a_company(session, name="Garage Essai")
        lost = factories.a_person(session, Role.LEARNER, unreachable_since=factories.NOW)
        factories.kept(session, JournalEntry(at=datetime.now(UTC), action="password.reset", subject_id=lost.id))
        offa = replace(factories.an_offa_member(session), proved_at=datetime.now(UTC))

    def opened(kind: type[Any], *, proved: bool = True, **query: str) -> Any:
        current_actor.set(offa if proved else replace(offa, proved_at=None))
        url = SimpleNamespace(path="/offa/comptes/doublons", query_parameters=query, query="")
        monkeypatch.setattr(kind, "router", SimpleNamespace(url=url), raising=False)
        return kind(_reflex_internal_init=True)

    return opened


async def test_a_pair_is_compared_then_joined(open_state: Open) -> None:
    state = open_state(OffaMergersState)
    await state.load()
    [pair] = state.desk.pairs
    asked = {"garder": str(pair.keep.company_id), "reunir": str(pair.gone.company_id)}
    state = open_state(OffaMergersState, **asked)
    await state.load()
    assert state.desk.pair.keep.company_id == pair.keep.company_id and state.desk.moved
    typed = {"keep_id": asked["garder"], "gone_id": asked["reunir"]}
    await state.merge({**typed, "why": ""})
    assert (list(state.errors), state.answered) == (["why"], 0)
    await state.merge({**typed, "why": "Même entreprise"})
    assert (state.desk.pairs, state.answered, bool(state.notice)) == ([], 1, True)


async def test_an_old_proof_closes_the_dialog_and_shows_the_way(open_state: Open) -> None:
    state = open_state(OffaMergersState, proved=False)
    await state.load()
    [pair] = state.desk.pairs
    typed = {"keep_id": str(pair.keep.company_id), "gone_id": str(pair.gone.company_id), "why": "Même entreprise"}
    await state.merge(typed)
    assert state.prove and state.answered == 1 and len(state.desk.pairs) == 1


async def test_accounts_to_look_at_are_read(open_state: Open) -> None:
    state = open_state(OffaSuspectsState)
    await state.load()
    assert [len(row.reasons) for row in state.found.rows] == [2]
