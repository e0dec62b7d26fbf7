"""Dispositifs on OFFA’s screen: tried before they are saved, wrong fields keep their form, dialogs close when done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db import engine as engines
from stageplus.db.engine import transaction
from stageplus.states.admin.networks import OffaNetworksState
from stageplus.states.admin.schemes import OffaSchemesState, OffaSchemeState
from stageplus.states.audience import current_actor
from tests import factories

Open = Callable[..., Any]
TODAY = datetime.now(UTC).date()
LATER = (TODAY + timedelta(days=30)).isoformat()
TYPED = {
    "name": "Adultes",
    "min_age": "18",
    "min_age_with_two_years": "18",
    "max_age_contract": "60",
    "pay_rates": "",
    "effective_from": LATER,
    "kinds": ["efp"],
}


@pytest.fixture
def open_state(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a state as OFFA at an address."""
    monkeypatch.setattr(engines, "engine", lambda: sqlite_database)
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        factories.an_operator(session, name="Centre d’essai")
        offa = replace(factories.an_offa_member(session), proved_at=datetime.now(UTC))

    def opened(kind: type[Any], path: str, **query: str) -> Any:
        current_actor.set(offa)
        url = SimpleNamespace(path=f"/offa{path}", query_parameters=query, query="")
        monkeypatch.setattr(kind, "router", SimpleNamespace(url=url), raising=False)
        return kind(_reflex_internal_init=True)

    return opened


async def test_a_new_one_is_tried_then_added(open_state: Open) -> None:
    state = open_state(OffaSchemesState, "/dispositifs")
    await state.load()
    assert await state.send({**TYPED, "intent": "try", "kinds": []}) is None
    assert (list(state.errors), state.tried.words) == (["kinds"], "")
    assert await state.send({**TYPED, "intent": "try"}) is None
    assert state.tried.effects and len(state.found.rows) == 1
    assert await state.send({**TYPED, "intent": "save", "why": ""}) is None
    assert list(state.errors) == ["why"]
    assert await state.send({**TYPED, "intent": "save", "why": "Décret"}) is not None
    await state.load()
    assert [row.name for row in state.found.rows] == ["Adultes", "Formation en alternance"]
    assert state.tried.words == ""


async def test_rules_are_planned_taken_back_and_the_dispositif_ends(open_state: Open) -> None:
    added = open_state(OffaSchemesState, "/dispositifs")
    now = {"effective_from": TODAY.isoformat(), "why": "Décret"}
    await added.send({**TYPED, **now, "intent": "save"})
    state = open_state(OffaSchemeState, "/dispositifs/adultes")
    await state.load()
    await state.send({**TYPED, "max_age_contract": "65", "intent": "try"})
    assert state.tried.effects and len(state.detail.rules) == 1
    await state.send({**TYPED, "max_age_contract": "65", "intent": "save", "why": "Décret"})
    assert (len(state.detail.rules), state.tried.words, state.answered) == (2, "", 1)
    await state.drop("pas une date")
    assert state.missing
    state.missing = False
    await state.drop(LATER)
    assert len(state.detail.rules) == 1
    await state.end({"last_day": "", "why": "Fin"})
    assert (list(state.errors), state.asking) == (["last_day"], "end")
    await state.end({"last_day": LATER, "why": "Fin"})
    assert (state.detail.last_day, state.asking) == (LATER, "")
    await state.reopen({"why": "Prolongé"})
    assert state.detail.last_day == "" and state.notice


async def test_an_unknown_one_is_missing(open_state: Open) -> None:
    state = open_state(OffaSchemeState, "/dispositifs/inconnu")
    await state.load()
    assert state.missing


async def test_networks_and_operators_open_their_form_and_close_it(open_state: Open) -> None:
    state = open_state(OffaNetworksState, "/reseaux")
    await state.load()
    assert (state.editing, len(state.found.networks), len(state.found.operators)) == ("", 3, 1)
    state = open_state(OffaNetworksState, "/reseaux", reseau="efp")
    await state.load()
    assert (state.editing, state.network.code) == ("reseau", "efp")
    await state.save_network({"code": "efp", "name": "", "words": "", "why": ""})
    assert set(state.errors) == {"name", "words", "why"}
    await state.save_network({"code": "efp", "name": "EFP", "words": "À Bruxelles", "why": "Mieux"})
    assert (state.editing, state.answered) == ("", 1)
    number = str(state.found.operators[0].operator_id)
    state = open_state(OffaNetworksState, "/reseaux", operateur=number)
    await state.load()
    assert (state.editing, state.operator.name) == ("operateur", "Centre d’essai")
    typed = {"operator_id": number, "name": "Centre neuf", "kind": "efp", "place": "Liège", "email": "a@demo.test"}
    await state.save_operator({**typed, "phone": "", "why": "Déménagé"})
    assert [row.place for row in state.found.operators] == ["Liège"]
