"""The map counts, by commune, the very offers that the list would find, and says which lie in the radius."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.clusters import LEVELS
from stageplus.domain.errors import Denied
from stageplus.domain.offers import OfferStatus
from stageplus.services.offers.actions import refresh_words
from stageplus.services.offers.queries import offers_map, open_offers
from stageplus.services.offers.schemas import OfferMap, OfferSearch
from tests import factories
from tests.factories import NOW


@dataclass(frozen=True)
class Country:
    """Two bakers and a cook in Namur, a baker in Liège, and a learner of Namur."""

    database: Engine
    learner: Actor
    stranger: Actor


@pytest.fixture
def country(database: Engine) -> Country:
    with transaction(database) as session:
        factories.minimal_reference(session)
        learner = factories.a_learner(session)
        namur = factories.an_establishment(session)
        liege = factories.an_establishment(session, municipality_ins="62063", postal_code="4000")
        for house, fields in (
            (namur, {"tasks": "Cuire au levain."}),
            (namur, {"company_days": 0b1100000, "licence_needed": True}),
            (namur, {"trade_code": "coiffeur"}),
            (liege, {"tasks": "Cuire au levain."}),
            (liege, {"status": OfferStatus.DRAFT, "published_at": None}),
            (liege, {"ends_on": NOW.date() - timedelta(days=1)}),
        ):
            refresh_words(session, factories.an_offer(session, house, **fields))
        member = factories.a_member(session, namur.company_id)
        return Country(database, factories.actor_of_learner(learner), member)


def drawn(country: Country, level: int | None = None, **asked: Any) -> OfferMap:
    return offers_map(country.learner, OfferSearch.read(asked), level, now=NOW, on=country.database)


def counts(found: OfferMap) -> dict[str, str]:
    return {town.name: town.offers for town in found.towns}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, {"Namur": "3 offres", "Liège": "1 offre"}),
        ({"text": "boulanger"}, {"Namur": "2 offres", "Liège": "1 offre"}),
        ({"text": "levain"}, {"Namur": "1 offre", "Liège": "1 offre"}),
        ({"text": "boulanger", "no_licence": True}, {"Namur": "1 offre", "Liège": "1 offre"}),
        ({"no_weekend": True, "trade": "coiffeur"}, {"Namur": "1 offre"}),
        ({"text": "boulanger", "days": True, "evening": True}, {"Namur": "1 offre", "Liège": "1 offre"}),
        ({"language": "allemand"}, {}),
        ({"text": "pilote"}, {}),
    ],
)
def test_every_word_and_filter_of_the_list_counts_on_the_map(
    country: Country, asked: dict[str, Any], expected: dict[str, str]
) -> None:
    assert counts(drawn(country, **asked)) == expected
    listed = open_offers(country.learner, OfferSearch.read(asked), now=NOW, on=country.database)
    if expected:
        assert listed.total == sum(int(words.split()[0]) for words in expected.values())


def test_the_radius_marks_what_lies_inside_and_hides_nothing(country: Country) -> None:
    found = drawn(country, text="boulanger", place="Namur", radius=15)
    assert {marker.name: marker.inside for marker in found.markers} == {"Namur": True, "Liège": False}
    assert " ".join(found.words.split()) == "3 offres sur la carte, dont 2 dans le cercle de 15 km autour de Namur."
    assert (found.ring.name, found.own.name) == ("Namur", "Namur")
    assert 0 < found.ring.radius < 10 and found.level == LEVELS - 3


def test_without_a_place_there_is_no_circle_and_the_whole_country_is_shown(country: Country) -> None:
    found = drawn(country)
    assert (found.ring.radius, found.ring.name, found.level) == (0, "", 0)
    assert found.words == "4 offres sur la carte." and all(marker.inside for marker in found.markers)


def test_communes_come_the_nearest_first(country: Country) -> None:
    assert list(counts(drawn(country, place="Liège"))) == ["Liège", "Namur"]
    assert [marker.name for marker in drawn(country).markers] == ["Namur", "Liège"]


@pytest.mark.parametrize(("level", "shown"), [(-4, 0), (3, 3), (99, LEVELS - 1)])
def test_a_level_that_is_not_there_is_the_nearest(country: Country, level: int, shown: int) -> None:
    assert drawn(country, level).level == shown


def test_a_place_of_nowhere_and_a_search_without_offers(country: Country) -> None:
    assert drawn(country, place="Nulle-part") == OfferMap()
    assert drawn(country, text="pilote").words == "Aucune offre sur la carte."


def test_a_radius_of_nothing_is_the_commune_alone(country: Country) -> None:
    asked = OfferSearch.read({"place": "Liège", "radius": 0})
    page = open_offers(country.learner, asked, now=NOW, on=country.database)
    assert page.total_words == "1 offre dans la commune de Liège"
    assert dict(page.facets.radii)["0"].startswith("La commune seule")
    assert drawn(country, place="Liège", radius=0).words == "4 offres sur la carte, dont 1 dans la commune."
    nothing = OfferSearch.read({"text": "coiffeur", "place": "Liège", "radius": 0})
    assert "Rien dans la commune" in open_offers(country.learner, nothing, now=NOW, on=country.database).widened


def test_only_learners_have_the_map(country: Country) -> None:
    for actor in (None, country.stranger):
        with pytest.raises(Denied):
            offers_map(actor, OfferSearch(), now=NOW, on=country.database)
