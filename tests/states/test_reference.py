"""The reference data on OFFA’s screen: what is typed wrong keeps its form, what is accepted shows at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db import engine as engines
from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.reference import SearchState
from stageplus.models import FruitlessSearch
from stageplus.states.admin.parameters import OffaParametersState, OffaParameterState, OffaWeightsState
from stageplus.states.admin.reference import (
    OffaSectorsState,
    OffaTradesState,
    OffaTradeState,
    OffaWordsState,
)
from stageplus.states.audience import current_actor
from tests import factories

Open = Callable[..., Any]
PATH = "/offa/referentiels"
LATER = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()


@pytest.fixture
def offa(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Actor:
    monkeypatch.setattr(engines, "engine", lambda: sqlite_database)
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        factories.an_offer(session, published_at=datetime.now(UTC), ends_on=factories.NEXT_MONTH)
        at = {"first_at": factories.NOW, "last_at": factories.NOW, "state": SearchState.WAITING}
        session.add(FruitlessSearch(words="trottinette", times=4, **at))
        session.add(FruitlessSearch(words="drone", times=3, **at))
        return replace(factories.an_offa_member(session), proved_at=datetime.now(UTC))


@pytest.fixture
def open_state(offa: Actor, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a state as OFFA at an address."""

    def opened(kind: type[Any], path: str, **query: str) -> Any:
        current_actor.set(offa)
        url = SimpleNamespace(path=f"{PATH}{path}", query_parameters=query, query="")
        monkeypatch.setattr(kind, "router", SimpleNamespace(url=url), raising=False)
        return kind(_reflex_internal_init=True)

    return opened


async def test_a_trade_is_added_or_says_what_is_missing(open_state: Open) -> None:
    state = open_state(OffaTradesState, "", q="boulang")
    await state.load()
    assert [row.code for row in state.found.rows] == ["boulanger"]
    assert await state.add({"name_f": "Luthière", "name_m": "Luthier", "sector": "soins", "why": " "}) is None
    assert list(state.errors) == ["why"]
    assert await state.add({"name_f": "Luthière", "name_m": "Luthier", "sector": "soins", "why": "Demandé"}) is not None


async def test_a_trade_changes_and_only_the_form_that_is_wrong_says_so(open_state: Open) -> None:
    state = open_state(OffaTradeState, "/metiers/boulanger")
    await state.load()
    await state.decide({"status": "archivé", "why": ""})
    assert (state.asking, list(state.errors), state.answered) == ("status", ["why"], 0)
    await state.decide({"status": "archivé", "why": "Plus de formation"})
    assert (state.detail.row.status, state.asking, state.answered) == ("archivé", "", 1)
    await state.add({"word": "miche", "kind": "everyday"})
    assert "miche" in [row.word for row in state.detail.words] and state.notice
    await state.remove("miche")
    assert "miche" not in [row.word for row in state.detail.words]
    await state.save({"name_f": "Boulangère", "name_m": "Artisan boulanger", "sector": "alimentation", "why": "Nom"})
    assert state.detail.name_m == "Artisan boulanger"


async def test_the_worklist_is_emptied_word_by_word(open_state: Open) -> None:
    state = open_state(OffaWordsState, "/mots", q="pain")
    await state.load()
    assert [row.words for row in state.found.searches] == ["trottinette", "drone"]
    await state.settle({"words": "trottinette", "trade": " "})
    assert (state.asking, list(state.errors)) == ("trottinette", ["trade"])
    await state.settle({"words": "trottinette", "trade": "Mécanicienne / Mécanicien"})
    await state.ignore("drone")
    assert state.found.searches == [] and state.notice
    await state.remove("boulanger", "pain")
    assert state.found.words == []


async def test_the_form_opens_for_the_row_that_the_address_names(open_state: Open) -> None:
    kind = OffaSectorsState
    for code, editing in (("", ""), ("inconnu", ""), ("nouveau", "nouveau")):
        state = open_state(kind, "/liste", code=code)
        await state.load()
        assert (state.editing, state.chosen.code) == (editing, "")
    first = state.found.rows[0].code
    state = open_state(kind, "/liste", code=first)
    await state.load()
    assert state.editing == state.chosen.code == first


async def test_a_sector_is_saved(open_state: Open) -> None:
    state = open_state(OffaSectorsState, "/secteurs", code="nouveau")
    await state.load()
    await state.save({"code": "", "name": "Bois", "fund": "", "has_coach": "oui", "why": "Nouveau"})
    assert "Bois" in [row.name for row in state.found.rows] and state.editing == ""


async def test_a_value_is_tried_then_saved_then_taken_back(open_state: Open) -> None:
    state = open_state(OffaParametersState, "/parametres")
    await state.load()
    assert any(row.name == "alerts_max" for family in state.families for row in family.rows)
    state = open_state(OffaParameterState, "/parametres/offer_lifetime_days")
    await state.load()
    await state.send({"intent": "try", "value": "90", "effective_from": "", "why": ""})
    assert len(state.trial.effects) == 2 and len(state.detail.dated) == 1
    await state.send({"intent": "save", "value": "90", "effective_from": LATER, "why": ""})
    assert list(state.errors) == ["why"] and state.trial.effects
    await state.send({"intent": "save", "value": "90", "effective_from": LATER, "why": "Essai"})
    assert len(state.detail.dated) == 2 and state.notice
    await state.remove("pas une date")
    assert state.missing
    state.missing = False
    await state.remove(LATER)
    assert len(state.detail.dated) == 1


async def test_weights_are_compared_then_saved(open_state: Open) -> None:
    state = open_state(OffaWeightsState, "/ponderations")
    await state.load()
    typed = {row.name: row.typed for row in state.desk.rows} | {"text": "", "place": "Namur", "rank_days": "50"}
    await state.send({**typed, "intent": "try"})
    assert len(state.compared.before) == len(state.compared.after) == 1
    await state.send({**typed, "intent": "save", "effective_from": LATER, "why": "Essai", "rank_year": "mille"})
    assert list(state.errors) == ["rank_year"]
    await state.send({**typed, "intent": "save", "effective_from": LATER, "why": "Essai"})
    assert [row.standing for row in state.desk.planned] == ["rank_days"]
    await state.remove("rank_days", LATER)
    assert state.desk.planned == []
