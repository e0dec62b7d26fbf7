"""A learner of Namur in front of their pages, on a real database, without a browser."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from types import ModuleType
from typing import Any

import pytest
import reflex as rx
from reflex.istate.data import ReflexURL, RouterData
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.states import session as session_state
from stageplus.states.audience import current_actor
from stageplus.states.learner import (
    alerts,
    applications,
    asking,
    consulted,
    drafting,
    favourites,
    interviews,
    offers,
    place,
    suggestions,
)
from stageplus.states.learner import map as offers_map_state
from stageplus.texts.formats import day_in_brussels
from tests import factories

USE_CASES: dict[ModuleType, tuple[str, ...]] = {
    offers: (
        "my_search",
        "note_fruitless_search",
        "note_seen",
        "offer_detail",
        "open_offers",
        "send_application",
        "similar_offers",
    ),
    drafting: ("drop_document", "my_draft", "my_drafts", "save_draft"),
    favourites: ("keep_offer", "kept_offers", "let_offer_go", "my_favourites"),
    asking: ("ask_for_help",),
    suggestions: ("hide_suggestion", "my_suggestions", "see_suggestions"),
    alerts: ("change_pace", "drop_alert", "my_alerts", "save_alert", "see_news", "stop_mails"),
    session_state: ("who_am_i",),
    offers_map_state: ("offers_map",),
    applications: ("my_application", "my_applications", "withdraw_application", "withdraw_others"),
    consulted: ("my_consultations",),
    interviews: ("cancel_interview", "offer_other_times", "take_slot"),
    place: ("find_elsewhere", "my_place", "search_again"),
}


@dataclass(frozen=True)
class Town:
    """Twenty-five bakers' offers in Namur, a hairdresser's in Liège, and a learner of Namur."""

    database: Engine
    learner: Actor
    baker: int
    hairdresser: int


@pytest.fixture
def town(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Town:
    for module, names in USE_CASES.items():
        for name in names:
            monkeypatch.setattr(module, name, partial(getattr(module, name), on=sqlite_database))
    today = {"published_at": datetime.now(UTC), "ends_on": day_in_brussels(datetime.now(UTC))}
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        learner = factories.a_learner(session)
        house = factories.an_establishment(session)
        ids = [factories.an_offer(session, house, **today).id for _number in range(25)]
        far = factories.an_establishment(session, municipality_ins="62063", postal_code="4000")
        hairdresser = factories.an_offer(session, far, trade_code="coiffeur", **today).id
        return Town(sqlite_database, factories.actor_of_learner(learner), ids[0] or 0, hairdresser or 0)


@pytest.fixture
def opened(town: Town) -> Callable[[type, str], Any]:
    """Give a page's state, among those of its tab, as if the browser were at an address."""

    def at(owner: type, address: str) -> Any:
        tab = rx.State(_reflex_internal_init=True)
        return go(tab.get_substate(owner.get_full_name().split(".")), address)

    return at


def go(state: Any, address: str) -> Any:
    """Move the browser of a state."""
    state.router = RouterData(url=ReflexURL(f"http://stageplus.test{address}"))
    return state


async def call(town: Town, state: Any, handler: str, *args: Any) -> Any:
    """Call a handler to its end as Reflex does, for the learner, and return the last thing that it sent the browser."""
    current_actor.set(town.learner)
    made = getattr(type(state), handler).fn(state, *args)
    if hasattr(made, "__aiter__"):
        return ([None] + [said async for said in made if said is not None])[-1]
    return await made
