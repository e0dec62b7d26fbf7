"""The star and the list without a browser: one truth for every card, a refusal that changes nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from stageplus.db.engine import transaction
from stageplus.domain.offers import OfferStatus
from stageplus.models import Offer
from stageplus.states.learner.favourites import LearnerFavouritesState, LearnerKeepState
from tests.states.learner.conftest import Town, call

Opened = Callable[[type, str], Any]


async def test_a_tap_keeps_and_another_lets_go(town: Town, opened: Opened) -> None:
    state = opened(LearnerKeepState, "/offres")
    await call(town, state, "keep", town.baker, True)
    assert (state.kept, state.said, state.last, state.answers) == (
        [town.baker],
        "C’est dans tes favoris.",
        town.baker,
        1,
    )
    await call(town, state, "keep", town.baker, True)
    assert (state.kept, state.answers) == ([town.baker], 2)
    await call(town, state, "keep", town.baker, False)
    assert (state.kept, state.said, state.answers) == ([], "Enlevé de tes favoris.", 3)
    await call(town, state, "load")
    assert (state.kept, state.said) == ([], "")


async def test_one_too_many_says_why_and_keeps_what_the_page_had_to_say(town: Town, opened: Opened) -> None:
    state = opened(LearnerKeepState, "/offres")
    for offer_id in range(town.baker, town.baker + 3):
        await call(town, state, "keep", offer_id, True)
    state.errors = {"radius": "Choisis dans la liste."}
    await call(town, state, "keep", town.hairdresser, True)
    assert state.refused and "favoris" in state.said
    assert (state.answers, len(state.kept), state.errors) == (4, 3, {"radius": "Choisis dans la liste."})


@pytest.mark.parametrize("claimed", ["abc", -1, "1 OR 1=1", None, 10**12])
async def test_what_is_no_offer_is_kept_by_nobody(town: Town, opened: Opened, claimed: Any) -> None:
    state = opened(LearnerKeepState, "/offres")
    await call(town, state, "keep", claimed, True)
    assert (state.kept, state.fault) == ([], "")


async def test_the_list_tells_open_from_closed(town: Town, opened: Opened) -> None:
    stars = opened(LearnerKeepState, "/favoris")
    for offer_id in (town.baker, town.hairdresser):
        await call(town, stars, "keep", offer_id, True)
    with transaction(town.database) as session:
        session.get_one(Offer, town.baker).status = OfferStatus.SUSPENDED
    state = opened(LearnerFavouritesState, "/favoris")
    await call(town, state, "load")
    assert [row.ends_words for row in state.open] == ["Ferme aujourd’hui"]
    [gone] = state.closed
    assert (gone.state_words, len(gone.similar), state.total, state.loading) == ("En pause", 3, 2, False)
