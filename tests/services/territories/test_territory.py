"""A coach reads where places are missing in his sectors, and never finds out about few learners."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.offers import OfferStatus
from stageplus.models import Basin, Municipality, StockDay
from stageplus.services.facts.actions import count_facts, rebuild_facts
from stageplus.services.territories.queries import territory
from stageplus.services.territories.schemas import BasinRow, TerritorySearch
from tests import factories
from tests.factories import NOW


@pytest.fixture
def coach(database: Engine) -> Actor:
    """Give bakers many learners in Namur and few in Liège, and pastry cooks a few in both."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        factories.kept(session, Basin(code="liege", name="Liège"))
        session.get_one(Municipality, "62063").basin_code = "liege"
        for trade, town, count in (
            ("boulanger", "92094", 12),
            ("boulanger", "62063", 6),
            ("patissier", "62063", 3),
            ("coiffeur", "92094", 9),
        ):
            for _each in range(count):
                factories.a_learner(session, trade_code=trade, municipality_ins=town)
        factories.a_learner(session, has_place=True)
        factories.a_learner(session, enrolment_ended_on=NOW.date())
        factories.an_offer(session, places=5, places_taken=1)
        factories.an_offer(session, places=9, status=OfferStatus.SUSPENDED)
        factories.an_offer(session, factories.an_establishment(session, municipality_ins="62063"), places=20)
        found: Actor = factories.a_coach(session, "alimentation")
    count_facts(now=NOW, on=database)
    return found


def rows(database: Engine, coach: Actor, **asked: str) -> dict[str, BasinRow]:
    found = territory(coach, TerritorySearch(**asked), now=NOW, on=database)
    return {row.name: row for row in found.rows}


def test_a_sector_basin_by_basin(database: Engine, coach: Actor) -> None:
    found = rows(database, coach)
    namur, liege = found["Namur"], found["Liège"]
    assert (namur.places, namur.looking, namur.tension) == ("4", "12", "3")
    assert (liege.places, liege.looking, liege.tension) == ("20", "9", "0,5")
    assert (namur.level_words, liege.level_words) == ("Plus d’apprenants que de places", "Assez de places")


def test_few_learners_of_a_trade_are_hidden_and_so_are_those_who_would_give_them_away(
    database: Engine, coach: Actor
) -> None:
    assert rows(database, coach, trade="patissier")["Liège"].looking == "masqué"
    assert rows(database, coach, trade="boulanger")["Liège"].looking == "masqué"
    assert rows(database, coach, trade="boulanger")["Namur"].looking == "12"


def test_another_sector_is_not_shown(database: Engine, coach: Actor) -> None:
    found = territory(coach, TerritorySearch(sector="soins", trade="coiffeur"), now=NOW, on=database)
    assert (found.sector, found.trade, found.sectors) == ("alimentation", "", [("alimentation", "Alimentation")])
    assert [code for code, _name in found.trades] == ["boulanger", "patissier"]


def test_it_is_today_until_tomorrow_and_counting_again_keeps_the_days_before(database: Engine, coach: Actor) -> None:
    assert territory(coach, TerritorySearch(), now=NOW, on=database).counted == "Chiffres du mardi 24 novembre 2026."
    rebuild_facts(now=NOW + timedelta(days=1), on=database)
    with reading(database) as session:
        days = sorted(set(session.exec(select(StockDay.day))))
    assert days == [NOW.date(), NOW.date() + timedelta(days=1)]


def test_nothing_is_counted_yet(database: Engine) -> None:
    with transaction(database) as session:
        factories.minimal_reference(session)
        fresh = factories.a_coach(session, "soins")
    found = territory(fresh, TerritorySearch(), now=NOW, on=database)
    assert (found.counted, [row.places for row in found.rows]) == ("", ["0"])
