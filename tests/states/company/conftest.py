"""A company's states on a real database, without a browser."""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db import engine as engines
from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.states.audience import current_actor
from tests import factories


@dataclass(frozen=True)
class Shop:
    """A bakery with an approval, one offer and one application, and who acts for it."""

    database: Engine
    member: Actor
    place: str
    offer: int
    application: int


@pytest.fixture
def shop(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Make the bakery, on the database that use cases open by themselves."""
    monkeypatch.setattr(engines, "engine", lambda: sqlite_database)
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        house = factories.an_establishment(session)
        factories.an_approval(session, house)
        dates = {
            "starts_from": factories.TOMORROW,
            "starts_until": factories.NEXT_MONTH,
            "ends_on": factories.NEXT_MONTH,
        }
        offer = factories.an_offer(session, house, **dates)
        application = factories.an_application(session, offer, factories.a_learner(session))
        member = factories.a_member(session, house.company_id)
        return Shop(sqlite_database, member, f"{house.id}:boulanger", offer.id or 0, application.id or 0)


@pytest.fixture
def open_state(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Open a state as the bakery's member, at an address: `open_state(SomeState, "/entreprise", page="2")`."""

    def opened(kind: type[Any], path: str = "/entreprise", **query: str) -> Any:
        current_actor.set(shop.member)
        url = SimpleNamespace(path=path, query_parameters=query)
        monkeypatch.setattr(kind, "router", SimpleNamespace(url=url), raising=False)
        return kind(_reflex_internal_init=True)

    return opened


async def run(state: Any, handler: str, *args: Any) -> list[Any]:
    """Run a handler to its end and list what it sends the browser on the way."""
    made = getattr(type(state), handler).fn(state, *args)
    if hasattr(made, "__aiter__"):
        return [said async for said in made if said is not None]
    said = await made
    return [] if said is None else [said]


def target(events: list[Any]) -> str:
    """Return where the browser is sent."""
    return str(events[-1].args[0][1]).strip('"') if events else ""
