"""The map without a browser: it is drawn for what the page shows, framed anew for a new place, and keeps still else."""

from collections.abc import Callable
from typing import Any

import pytest

from stageplus.services.offers.schemas import MapMarker
from stageplus.states.learner.map import LearnerMapState
from stageplus.states.learner.offers import LearnerOffersState
from tests.states.learner.conftest import Town, call

Opened = Callable[[type, str], Any]
NAMUR = "q=boulanger&lieu=Namur&rayon=15&carte=oui"


@pytest.fixture
def state(opened: Opened) -> Any:
    return opened(LearnerMapState, "/offres")


async def test_it_is_drawn_for_the_search_around_its_place(town: Town, state: Any) -> None:
    await call(town, state, "draw", NAMUR)
    assert [(marker.name, marker.count) for marker in state.markers] == [("Namur", "25")]
    assert (state.level, state.view, state.x, state.y) == (3, 1, state.ring.x, state.ring.y)
    assert state.elsewhere == "/offres?q=boulanger&rayon=0&lieu="


async def test_a_filter_leaves_the_map_where_the_learner_moved_it(town: Town, state: Any) -> None:
    await call(town, state, "draw", NAMUR)
    await call(town, state, "zoom", NAMUR, 1)
    await call(town, state, "draw", f"{NAMUR}&permis=oui")
    assert (state.level, state.view) == (1, 1)
    await call(town, state, "draw", "q=boulanger&lieu=Namur&rayon=0")  # a commune picked on the map
    assert (state.level, state.view) == (1, 1)
    await call(town, state, "draw", "q=boulanger&lieu=Namur&rayon=50")
    assert (state.level, state.view) == (1, 2)
    await call(town, state, "zoom", NAMUR, 0)
    await call(town, state, "frame", NAMUR)
    assert (state.level, state.view) == (3, 3)


async def test_a_marker_of_many_is_entered_and_looked_at(town: Town, state: Any) -> None:
    await call(town, state, "draw", "q=")
    state.markers = [MapMarker(12.5, 40, "3", "Namur et 2 communes voisines", "3 offres", "", many=True, inside=True)]
    await call(town, state, "enter_cluster", "q=", 1, "Namur et 2 communes voisines")
    assert (state.level, state.view, state.x, state.y) == (1, 2, 12.5, 40)
    await call(town, state, "enter_cluster", "q=", 2, "Ailleurs")
    assert (state.level, state.view) == (2, 2)


async def test_communes_are_sent_once_they_are_wanted_as_a_list(town: Town, state: Any) -> None:
    await call(town, state, "draw", "q=")
    assert state.towns == []
    await call(town, state, "list_towns", "q=")
    assert [(each.name, each.offers) for each in state.towns] == [("Namur", "25 offres"), ("Liège", "1 offre")]
    await call(town, state, "list_towns", "q=")
    assert (state.listed, state.towns) == (False, [])


@pytest.mark.parametrize("search", ["lieu=Nulle-part", "rayon=7&soir=peut-etre", "&&&===", "q=" + "a" * 5000])
@pytest.mark.parametrize("level", [0, -3, 10**9])
async def test_whatever_is_claimed_breaks_nothing(town: Town, state: Any, search: str, level: int) -> None:
    state.errors = {"place": "Nous ne connaissons pas ce lieu."}
    await call(town, state, "zoom", search, level)
    assert (state.fault, state.errors) == ("", {"place": "Nous ne connaissons pas ce lieu."})


async def test_the_address_bar_keeps_the_map_open_on_a_phone(town: Town, opened: Opened) -> None:
    page = opened(LearnerOffersState, f"/offres?{NAMUR}")
    await call(town, page, "load")
    assert page.chosen["carte"] == "oui" and "carte=oui" in page.here and page.filters == 0
    assert page.map_switch == "/offres?q=boulanger&lieu=Namur&rayon=15"
    closed = opened(LearnerOffersState, "/offres?q=boulanger")
    await call(town, closed, "load")
    assert closed.map_switch == "/offres?q=boulanger&carte=oui"
