"""Filters narrow the same in memory and in both databases, count honestly, and never lead to a dead end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.services.offers import search as search_module
from stageplus.services.offers.filters import RULES, Filters
from stageplus.services.offers.queries import open_offers
from stageplus.services.offers.results import results_of
from stageplus.services.offers.schemas import OfferPage, OfferSearch
from stageplus.services.offers.search import Wanted, candidates
from tests import factories
from tests.factories import NOW

TODAY = NOW.date()
EVERYTHING = Filters(
    trade="coiffeur",
    sector="soins",
    start=TODAY + timedelta(days=40),
    days=0b00111,
    evening=time(18),
    no_weekend=True,
    no_licence=True,
    language="français",
    scheme="alternance-secondaire",
)


@pytest.fixture
def learner(database: Engine) -> Actor:
    with transaction(database) as session:
        factories.minimal_reference(session)
        return factories.actor_of_learner(factories.a_learner(session))


def some_offers(session: Session, count: int = 40) -> None:
    chance = Random(3)
    house = factories.an_establishment(session)
    for number in range(count):
        trade = chance.choice(["boulanger", "coiffeur"])
        factories.an_offer(
            session,
            house,
            trade_code=trade,
            sector_code="soins" if trade == "coiffeur" else "alimentation",
            company_days=chance.choice([0b00111, 0b01111, 0b1100111, 0b00011]),
            day_starts_at=time(chance.choice([8, 22])),
            day_ends_at=time(chance.choice([6, 16, 18, 21])),
            licence_needed=chance.random() < 0.3,
            language=chance.choice(["français", "néerlandais"]),
            starts_from=TODAY + timedelta(days=chance.choice([5, 35, 100])),
            starts_until=TODAY + timedelta(days=120),
            published_at=NOW - timedelta(hours=number),
        )


def seen(learner: Actor, database: Engine, **asked: Any) -> OfferPage:
    return open_offers(learner, OfferSearch.read(asked), now=NOW, on=database)


@pytest.mark.parametrize("name", RULES)
def test_the_database_and_memory_narrow_alike(database: Engine, learner: Actor, name: str) -> None:
    with transaction(database) as session:
        some_offers(session)
        one = Filters(**{name: getattr(EVERYTHING, name)})
        everything = candidates(session, Wanted({}), TODAY).near
        asked = {each.offer_id for each in candidates(session, Wanted({}, filters=one), TODAY).near}
    passing = {each.offer_id for each in everything if not one.missed_by(each)}
    assert asked == passing
    assert passing if name == "scheme" else 0 < len(passing) < len(everything)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"trade": "coiffeur"}, "trade"),
        ({"sector": "soins"}, "sector"),
        ({"start": "15"}, "start"),
        ({"days": True}, "days"),
        ({"evening": True}, "evening"),
        ({"no_weekend": True}, "no_weekend"),
        ({"no_licence": True}, "no_licence"),
        ({"language": "néerlandais"}, "language"),
    ],
)
def test_a_choice_leaves_as_many_as_was_said_beside_it(
    database: Engine, learner: Actor, asked: dict[str, Any], field: str
) -> None:
    with transaction(database) as session:
        some_offers(session)
    before, after = seen(learner, database).facets, seen(learner, database, **asked)
    lists = {"trade": before.trades, "sector": before.sectors, "start": before.starts, "language": before.languages}
    label = dict(lists[field])[str(asked[field])] if field in lists else before.ticks[field]
    assert label.endswith(f"({after.total})")
    assert 0 < after.total < 40
    counted = after.facets
    again = {"trade": counted.trades, "sector": counted.sectors, "start": counted.starts, "language": counted.languages}
    assert (dict(again[field])[str(asked[field])] if field in again else counted.ticks[field]) == label


def test_a_radius_says_what_it_holds(database: Engine, learner: Actor) -> None:
    with transaction(database) as session:
        factories.an_offer(session)
        factories.an_offer(session, factories.an_establishment(session, municipality_ins="62063"))
    near = dict(seen(learner, database, place="Namur", radius=5).facets.radii)
    assert (near["5"], near["10"], near["100"]) == ("5 km", "10 km (1)", "100 km (2)")
    assert dict(seen(learner, database).facets.radii)["5"] == "5 km"


def test_what_was_not_counted_to_the_end_is_at_least_so_many(
    database: Engine, learner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "CANDIDATES", 10)
    with transaction(database) as session:
        some_offers(session)
    assert all(label.endswith("ou plus)") for label in seen(learner, database).facets.ticks.values())


def test_a_rare_choice_is_found_among_more_offers_than_are_read(
    database: Engine, learner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "CANDIDATES", 12)
    with transaction(database) as session:
        some_offers(session, 30)
        rare = factories.an_offer(session, language="allemand", published_at=NOW - timedelta(days=3))
        results = results_of(session, Wanted({}, filters=Filters(language="allemand")), TODAY)
    assert [each.offer_id for each in results.fitting] == [rare.id]
    assert seen(learner, database, language="allemand").total_words == "Au moins 1 offre"


def test_filters_that_leave_nothing_name_the_one_to_leave_out(database: Engine, learner: Actor) -> None:
    with transaction(database) as session:
        factories.an_offer(session, licence_needed=True)
        factories.an_offer(session, licence_needed=True)
        factories.an_offer(session, language="néerlandais")
    page = seen(learner, database, no_licence=True, language="français")
    assert (page.total, [(link.field, link.label) for link in page.fewer]) == (
        0,
        [
            ("no_licence", "Sans «\u00a0Sans permis de conduire\u00a0»\u00a0: 2 offres"),
            ("language", "Sans «\u00a0Langue\u00a0»\u00a0: 1 offre"),
        ],
    )


def test_nothing_near_with_the_filters_looks_beyond_with_them(database: Engine, learner: Actor) -> None:
    with transaction(database) as session:
        far = factories.an_establishment(session, municipality_ins="62063")
        factories.an_offer(session, licence_needed=True)
        factories.an_offer(session, far, licence_needed=True)
        free = factories.an_offer(session, far)
    page = seen(learner, database, place="Namur", radius=5, no_licence=True)
    assert [card.offer_id for card in page.cards] == [free.id]
    assert [link.field for link in page.fewer] == ["no_licence"]
    assert page.widened.startswith("Rien à moins de 5")


def test_what_no_list_offers_narrows_nothing(database: Engine, learner: Actor) -> None:
    with transaction(database) as session:
        factories.an_offer(session)
    assert seen(learner, database, trade="x", sector="'--", scheme="<b>").total == 1


def test_filters_cost_no_more_statements(
    database: Engine, learner: Actor, statements: Callable[[Callable[[], object]], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(database) as session:
        some_offers(session)
    asked = {"text": "boulamger levian", "place": "Namur", "no_licence": True, "language": "allemand"}
    assert statements(lambda: seen(learner, database, **asked)) <= 5
    monkeypatch.setattr(search_module, "CANDIDATES", 4)
    assert statements(lambda: seen(learner, database, **asked)) <= 5
    assert statements(lambda: seen(learner, database, place="Namur", no_licence=True)) <= 5


def test_names_of_filters_in_use_follow_the_screen() -> None:
    assert replace(EVERYTHING, sector="", start=None).names == tuple(
        name for name in RULES if name not in {"sector", "start"}
    )
