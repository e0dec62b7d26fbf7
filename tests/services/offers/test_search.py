"""Search: what people type is understood, results are near and ranked, and nothing found still leads somewhere."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import Denied, InvalidInput, NotFound
from stageplus.domain.offers import OfferStatus
from stageplus.models import Learner, Offer
from stageplus.services.offers.actions import refresh_words
from stageplus.services.offers.queries import my_search, offer_detail, open_offers, similar_offers
from stageplus.services.offers.schemas import OfferPage, OfferSearch
from stageplus.services.offers.words import words_of
from stageplus.texts import _
from tests import factories
from tests.factories import NOW


@dataclass(frozen=True)
class Town:
    """Namur with a baker, Liège with a hairdresser, and a learner of Namur."""

    database: Engine
    learner: Actor
    baker: int
    hairdresser: int


@pytest.fixture
def town(database: Engine) -> Town:
    with transaction(database) as session:
        factories.minimal_reference(session)
        learner = factories.a_learner(session)
        baker = factories.an_offer(session, tasks="Cuire au four à bois.")
        far = factories.an_establishment(session, municipality_ins="62063", postal_code="4000")
        hairdresser = factories.an_offer(session, far, trade_code="coiffeur", tasks="Couper et colorer.")
        for offer in (baker, hairdresser):
            refresh_words(session, offer)
        return Town(database, factories.actor_of_learner(learner), baker.id or 0, hairdresser.id or 0)


def search(town: Town, **asked: Any) -> OfferPage:
    return open_offers(town.learner, OfferSearch.read(asked), now=NOW, on=town.database)


def found(town: Town, **asked: Any) -> list[int]:
    return [card.offer_id for card in search(town, **asked).cards]


@pytest.mark.parametrize("text", ["boulanger", "Boulangères", "BOULANG", "pain", "stage boulangerie", "four", "bois"])
def test_words_lead_to_the_trade_or_to_the_text(town: Town, text: str) -> None:
    assert found(town, text=text)[:1] == [town.baker]


@pytest.mark.parametrize("place", ["Namur", "5000", "namur ", "NAMÛR", "5000 Namur", "Fosses-la-Ville"])
def test_a_place_is_known_by_its_names(town: Town, place: str) -> None:
    assert found(town, place=place, radius=25) == [town.baker]


def test_the_distance_is_that_from_the_place(town: Town) -> None:
    card = search(town, place="5070", radius=25).cards[0]
    assert card.distance.replace("\u00a0", " ") == "15 km"


def test_a_place_of_nowhere_is_told_beside_its_field(town: Town) -> None:
    page = search(town, place="9999")
    assert (page.cards, page.place_error != "") == ([], True)


@pytest.mark.parametrize("radius", [-1, 1, 7, "x", 10**9])
def test_a_radius_comes_from_the_list(radius: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        OfferSearch.read({"radius": radius})
    assert list(refused.value.fields) == ["radius"]


def test_nothing_near_widens_and_says_so(town: Town) -> None:
    page = search(town, text="coiffure", place="Namur", radius=5)
    assert [card.offer_id for card in page.cards] == [town.hairdresser]
    assert "Rien à moins de 5 km" in page.widened


def test_nothing_of_a_trade_names_its_neighbours(town: Town) -> None:
    page = search(town, text="pâtissier")
    assert page.cards == []
    assert [(link.label, link.words) for link in page.neighbours] == [
        ("Boulangère / Boulanger\u00a0: 1 offre", "Boulanger")
    ]


def test_neighbours_further_away_are_named_where_there_is_nothing_else(town: Town) -> None:
    [link] = search(town, text="pâtissier", place="Liège", radius=10).neighbours
    assert link.words == "Boulanger"
    with transaction(town.database) as session:
        factories.an_offer(session, trade_code="patissier")
    assert search(town, text="pâtissier", place="Liège", radius=10).neighbours == []


def test_neighbours_without_an_open_offer_are_not_named(town: Town) -> None:
    with transaction(town.database) as session:
        session.get_one(Offer, town.baker).status = OfferStatus.CLOSED
    assert search(town, text="pâtissier").neighbours == []


def test_many_offers_of_a_neighbour_are_not_all_counted(town: Town) -> None:
    with transaction(town.database) as session:
        for _number in range(20):
            factories.an_offer(session)
    assert search(town, text="pâtissier").neighbours[0].label == "Boulangère / Boulanger\u00a0: au moins 15 offres"


def test_a_larger_radius_is_offered_with_what_it_finds(town: Town) -> None:
    with transaction(town.database) as session:
        factories.an_offer(
            session, factories.an_establishment(session, municipality_ins="92048"), trade_code="coiffeur"
        )
    page = search(town, text="coiffure", place="Namur", radius=5)
    assert [(link.radius, link.label) for link in page.larger] == [
        (15, "Jusqu’à 15 km\u00a0: 1 offre"),
        (100, "Jusqu’à 100 km\u00a0: 2 offres"),
    ]
    assert search(town, text="coiffure").larger == []


def test_words_that_no_offer_holds_are_left_out_last(town: Town) -> None:
    page = search(town, text="boulanger licorne", place="Namur", radius=5)
    assert ([card.offer_id for card in page.cards], page.widened) == (
        [town.baker],
        _("Rien avec ces mots : voici d’autres places ouvertes."),
    )
    assert found(town, text="four", place="Liège", radius=5) == [town.baker]


def test_a_mistyped_place_is_guessed(town: Town) -> None:
    assert search(town, place="Namurr").places == ["Namur"]
    assert search(town, place="Xqzt").places == []


def test_my_trade_and_days_come_first(town: Town) -> None:
    assert found(town) == [town.baker, town.hairdresser]
    with transaction(town.database) as session:
        session.get_one(Learner, town.learner.learner_id).trade_code = "coiffeur"
    assert found(town) == [town.hairdresser, town.baker]
    assert found(town, place="Namur", radius=100, sort="distance") == [town.baker, town.hairdresser]


def test_only_fitting_days_and_no_licence(town: Town) -> None:
    with transaction(town.database) as session:
        session.get_one(Offer, town.baker).company_days = 0b00011
        session.get_one(Offer, town.hairdresser).licence_needed = True
    assert found(town, days=True) == [town.hairdresser]
    assert found(town, no_licence=True) == [town.baker]


def test_nothing_on_my_days_widens_with_the_same_days(town: Town) -> None:
    with transaction(town.database) as session:
        session.get_one(Offer, town.baker).company_days = 0b00011
    page = search(town, place="Namur", radius=5, days=True)
    assert [card.offer_id for card in page.cards] == [town.hairdresser]
    assert page.widened.startswith("Rien à moins de 5 km")


def test_a_card_compares_its_days_with_mine(town: Town) -> None:
    with transaction(town.database) as session:
        session.get_one(Offer, town.baker).company_days = 0b00011
    assert {card.offer_id: card.days_words for card in search(town).cards} == {
        town.baker: "il manque mercredi et jeudi",
        town.hairdresser: "tous tes jours",
    }


@pytest.mark.parametrize(
    "text", ['"', "*", "NEAR", "pain -four", "%", "_", "'; DROP TABLE offer; --", "🙂", "<script>", "a" * 120, "\u202e"]
)
def test_what_looks_like_syntax_is_words(town: Town, text: str) -> None:
    assert isinstance(search(town, text=text).total, int)


@pytest.mark.parametrize("page", [2, 10**9, "9" * 400])
def test_a_page_too_far_is_the_last_and_says_so(town: Town, page: object) -> None:
    shown = search(town, page=page)
    assert (shown.page, shown.total, shown.note != "") == (1, 2, True)


@pytest.mark.parametrize("page", [0, -3, "x", "", "1.5", "²", "١"])
def test_what_is_no_page_is_the_first(town: Town, page: object) -> None:
    shown = search(town, page=page)
    assert (shown.page, shown.note) == (1, "")


def test_more_offers_than_are_read_is_said(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    assert search(town).total_words == "2 offres"
    assert search(town, place="Namur", radius=5).total_words == "1 offre à moins de 5 km de Namur"
    monkeypatch.setattr("stageplus.services.offers.search.CANDIDATES", 2)
    assert search(town).total_words == "Plus de 2 offres"


def test_an_offer_is_gone_as_soon_as_its_last_day_is_over_in_brussels(town: Town) -> None:
    with transaction(town.database) as session:
        session.get_one(Offer, town.baker).ends_on = NOW.date()
    late, over = NOW.replace(hour=22, minute=59), NOW.replace(hour=23, minute=1)
    asked = OfferSearch.read({"text": "boulanger"})
    listed = [open_offers(town.learner, asked, now=at, on=town.database).total for at in (late, over)]
    open_ = [offer_detail(town.learner, town.baker, now=at, on=town.database).is_open for at in (late, over)]
    assert (listed, open_) == ([1, 0], [True, False])


def test_closed_and_ended_offers_are_not_found(town: Town) -> None:
    with transaction(town.database) as session:
        session.get_one(Offer, town.baker).status = OfferStatus.SUSPENDED
        session.get_one(Offer, town.hairdresser).ends_on = NOW.date() - timedelta(days=1)
    assert found(town) == []


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"text": "boulanger", "place": "Namur", "page": 99},
        {"text": "coiffure", "place": "Namur", "radius": 5},
        {"text": "coiffure licorne", "place": "Namur", "radius": 5, "days": True},
        {"text": "licorne", "place": "Mons", "radius": 5},
        {"text": "pâtissier licorne", "place": "Mons", "no_licence": True},
        {"place": "Nulle-part"},
    ],
)
def test_a_search_takes_at_most_five_statements(town: Town, statements: Any, asked: dict[str, Any]) -> None:
    assert 1 <= statements(lambda: search(town, **asked)) <= 5


@pytest.mark.parametrize("status", [OfferStatus.PUBLISHED, OfferStatus.CLOSED])
def test_reading_an_offer_takes_at_most_five_statements(town: Town, statements: Any, status: OfferStatus) -> None:
    with transaction(town.database) as session:
        session.get_one(Offer, town.baker).status = status
        factories.an_offer(session)
    asked = {"now": NOW, "on": town.database}
    assert 1 <= statements(lambda: offer_detail(town.learner, town.baker, **asked)) <= 5
    assert 1 <= statements(lambda: similar_offers(town.learner, town.baker, **asked)) <= 5
    assert 1 <= statements(lambda: my_search(town.learner, **asked)) <= 5


def test_the_first_search_is_my_own(town: Town) -> None:
    mine = my_search(town.learner, now=NOW, on=town.database)
    assert (mine.text, mine.place) == ("Boulangère / Boulanger", "Namur")
    assert found(town, text=mine.text, place=mine.place) == [town.baker]


def test_an_offer_shows_what_is_computed(town: Town) -> None:
    detail = offer_detail(town.learner, town.baker, now=NOW, on=town.database)
    assert [row.amount.replace("\u00a0", " ") for row in detail.pay] == ["359,02 €", "506,85 €", "675,80 €"]
    assert detail.is_open and detail.days_fit
    assert detail.scheme == "Formation en alternance"
    assert detail.minor_notes == []


def test_an_offer_tells_what_its_company_would_see_of_me(town: Town) -> None:
    shown = offer_detail(town.learner, town.baker, now=NOW, on=town.database).shown
    assert [fact.value for fact in shown[2:6]] == [
        "Boulangère / Boulanger",
        "1re année",
        "du lundi au jeudi",
        "Namur",
    ]
    assert "2008" not in str(shown)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"status": OfferStatus.SUSPENDED}, "en pause"),
        ({"status": OfferStatus.FILLED}, "places sont prises"),
        ({"status": OfferStatus.CLOSED}, "fermée"),
        ({"status": OfferStatus.EXPIRED}, "date de fin"),
        ({"ends_on": NOW.date() - timedelta(days=1)}, "date de fin"),
        ({"places_taken": 1}, "places sont prises"),
        ({}, ""),
    ],
)
def test_an_offer_says_why_it_takes_no_application(town: Town, changed: dict[str, Any], words: str) -> None:
    with transaction(town.database) as session:
        session.get_one(Offer, town.baker).sqlmodel_update(changed)
    detail = offer_detail(town.learner, town.baker, now=NOW, on=town.database)
    assert (words in detail.closed_words, detail.is_open) == (True, words == "")


def test_night_and_sunday_are_explained(town: Town) -> None:
    with transaction(town.database) as session:
        offer = session.get_one(Offer, town.baker)
        offer.day_starts_at, offer.company_days = offer.day_starts_at.replace(hour=4), 0b1000001
    assert len(offer_detail(town.learner, town.baker, now=NOW, on=town.database).minor_notes) == 2


def test_a_draft_is_not_found(town: Town) -> None:
    with transaction(town.database) as session:
        draft = factories.an_offer(session, status=OfferStatus.DRAFT, published_at=None).id or 0
    with pytest.raises(NotFound):
        offer_detail(town.learner, draft, now=NOW, on=town.database)


def test_an_offer_that_closed_says_so_and_proposes_others(town: Town) -> None:
    with transaction(town.database) as session:
        session.get_one(Offer, town.baker).status = OfferStatus.CLOSED
        other = factories.an_offer(session).id
        learner = session.get_one(Learner, town.learner.learner_id)
        factories.an_application(session, session.get_one(Offer, town.baker), learner)
    detail = offer_detail(town.learner, town.baker, now=NOW, on=town.database)
    assert not detail.is_open and detail.applied_id
    assert [card.offer_id for card in detail.similar] == [other]


def test_similar_offers_are_of_the_same_trade_then_of_its_neighbours(town: Town) -> None:
    with transaction(town.database) as session:
        neighbour = factories.an_offer(session, trade_code="patissier").id
        far = factories.an_offer(session, factories.an_establishment(session, municipality_ins="53053")).id
        near = factories.an_offer(session).id
    similar = similar_offers(town.learner, town.baker, now=NOW, on=town.database)
    assert [card.offer_id for card in similar] == [near, far, neighbour]
    assert similar_offers(town.learner, 999, now=NOW, on=town.database) == []


def test_similar_offers_leave_out_those_one_has_applied_to(town: Town) -> None:
    with transaction(town.database) as session:
        applied, other = factories.an_offer(session), factories.an_offer(session)
        factories.an_application(session, applied, session.get_one(Learner, town.learner.learner_id))
    similar = similar_offers(town.learner, town.baker, now=NOW, on=town.database)
    assert [card.offer_id for card in similar] == [other.id]


def test_only_learners_search(town: Town) -> None:
    with pytest.raises(Denied):
        open_offers(None, OfferSearch(), now=NOW, on=town.database)


def test_words_lose_accents_case_and_plural() -> None:
    assert words_of("Mécaniciennes, d’Évry* (NEAR)") == ["mecanicienne", "d", "evry", "near"]
