"""A coach follows the offers of his sectors by counts: filters, words, order, fifty at a time, never who applied."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import Learner
from stageplus.services.coaching.queries import offers_of_my_sectors
from stageplus.services.coaching.schemas import FollowedPage, FollowedSearch
from tests import factories
from tests.factories import NOW
from tests.matrix.test_statements import counted

OFFERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("L’Épi d’Or", {"ends": 5, "places": 3}),
    ("Nuage", {"ends": 40, "trade_code": "patissier"}),
    ("Zeste", {"ends": 20, "trade_code": "coiffeur"}),
    ("Pause", {"ends": 9, "status": OfferStatus.SUSPENDED}),
    ("Fini", {"ends": -4, "status": OfferStatus.EXPIRED}),
    ("Brouillon", {"ends": 50, "status": OfferStatus.DRAFT}),
)


@pytest.fixture
def coach(database: Engine) -> Actor:
    """Make six offers; the first has two applications, one of them answered, and one that was withdrawn."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        made = {}
        for days, (company, wanted) in enumerate(OFFERS):
            fields = dict(wanted)
            house = factories.an_establishment(session, factories.a_company(session, name=company))
            ends = NOW.date() + timedelta(days=fields.pop("ends"))
            published = NOW - timedelta(days=days)
            made[company] = factories.an_offer(session, house, ends_on=ends, published_at=published, **fields)
        for status in (ApplicationStatus.SENT, ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN):
            factories.an_application(session, made["L’Épi d’Or"], factories.a_learner(session), status=status)
        return factories.a_coach(session, "alimentation", "soins")


def listed(database: Engine, coach: Actor, **asked: Any) -> FollowedPage:
    return offers_of_my_sectors(coach, FollowedSearch.read_address(asked), now=NOW, on=database)


@pytest.mark.parametrize(
    ("asked", "companies"),
    [
        ({}, ["L’Épi d’Or", "Zeste", "Nuage"]),
        ({"sort": "recentes"}, ["L’Épi d’Or", "Nuage", "Zeste"]),
        ({"sort": "entreprise"}, ["L’Épi d’Or", "Nuage", "Zeste"]),
        ({"sort": "candidatures"}, ["Zeste", "Nuage", "L’Épi d’Or"]),
        ({"state": "suspendues"}, ["Pause"]),
        ({"state": "expirees"}, ["Fini"]),
        ({"state": "toutes", "sort": "entreprise"}, ["Fini", "L’Épi d’Or", "Nuage", "Pause", "Zeste"]),
        ({"sector": "soins"}, ["Zeste"]),
        ({"sector": "mobilite"}, []),
        ({"without": "oui"}, ["Zeste", "Nuage"]),
        ({"waiting": "oui"}, ["L’Épi d’Or"]),
        ({"soon": "oui"}, ["L’Épi d’Or"]),
        ({"text": "epi OR"}, ["L’Épi d’Or"]),
        ({"text": "pâtissier"}, ["Nuage"]),
        ({"text": "namur", "without": "oui"}, ["Zeste", "Nuage"]),
        ({"text": "brouillon"}, []),
        ({"state": "hasard", "sort": "hasard", "page": "x"}, ["L’Épi d’Or", "Zeste", "Nuage"]),
    ],
)
def test_filters_words_and_orders(database: Engine, coach: Actor, asked: dict[str, str], companies: list[str]) -> None:
    found = listed(database, coach, **asked)
    assert [row.company for row in found.rows] == companies
    assert found.found_words.split()[0] == str(len(companies))


def test_rows_count_and_say_nothing_of_anybody(database: Engine, coach: Actor) -> None:
    found = listed(database, coach)
    first = found.rows[0]
    assert (first.applications, first.answered, first.places, first.ends_soon) == ("2", "1", "0 sur 3", True)
    assert not found.rows[1].ends_soon
    assert "demo.test" not in str(found) and "Lou" not in str(found)


def test_a_coach_without_a_mandate_sees_nothing(database: Engine, coach: Actor) -> None:
    with transaction(database) as session:
        idle = factories.a_coach(session)
    assert listed(database, idle).rows == []


def test_fifty_at_a_time_with_the_same_statements(database: Engine, coach: Actor) -> None:
    with transaction(database) as session:
        house = factories.an_establishment(session)
        for number in range(55):
            offer = factories.an_offer(session, house, ends_on=NOW.date() + timedelta(days=60))
            if number < 5:
                factories.an_application(session, offer, session.get_one(Learner, 1))
    for page, rows in ((1, 50), (2, 8)):
        with counted(database) as said:
            found = listed(database, coach, page=page)
        assert (len(found.rows), found.page, found.pages) == (rows, page, 2)
        assert len(said) == 6, "delay in force, identifiers, their count, rows, applications, sectors"
