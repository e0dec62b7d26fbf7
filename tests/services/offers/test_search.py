"""Search: what people type is understood, results are near and ranked, and nothing found still leads somewhere."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import Denied, InvalidInput, NotFound
from stageplus.domain.offers import OfferStatus
from stageplus.models import Learner, Offer
from stageplus.services.offers.actions import refresh_words
from stageplus.services.offers.lexicon import words_of
from stageplus.services.offers.queries import my_search, offer_detail, open_offers, similar_offers
from stageplus.services.offers.schemas import OfferPage, OfferSearch
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


@pytest.mark.parametrize("radius", [-1, 0, 7, "x", 10**9])
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
    assert [link.label for link in page.neighbours] == ["Boulangère / Boulanger"]


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


@pytest.mark.parametrize(
    "text", ['"', "*", "NEAR", "pain -four", "%", "_", "'; DROP TABLE offer; --", "🙂", "<script>", "a" * 120, "\u202e"]
)
def test_what_looks_like_syntax_is_words(town: Town, text: str) -> None:
    assert isinstance(search(town, text=text).total, int)


def test_a_page_too_far_is_the_last(town: Town) -> None:
    assert search(town, page=10**9).page == 1


def test_more_offers_than_are_read_is_said(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    assert search(town).total_words == "2 offres"
    assert search(town, place="Namur", radius=5).total_words == "1 offre à moins de 5 km de Namur"
    monkeypatch.setattr("stageplus.services.offers.search.CANDIDATES", 2)
    assert search(town).total_words == "Plus de 2 offres"


def test_closed_and_ended_offers_are_not_found(town: Town) -> None:
    with transaction(town.database) as session:
        session.get_one(Offer, town.baker).status = OfferStatus.SUSPENDED
        session.get_one(Offer, town.hairdresser).ends_on = NOW.date() - timedelta(days=1)
    assert found(town) == []


def test_a_search_takes_at_most_five_statements(town: Town) -> None:
    search(town)
    statements: list[str] = []
    event.listen(town.database, "before_cursor_execute", lambda *told: statements.append(told[2]))
    search(town, text="coiffure", place="Namur", radius=5)
    offer_detail(town.learner, town.baker, now=NOW, on=town.database)
    counted = [statement for statement in statements if statement.startswith("SELECT")]
    assert len(counted) <= 8


def test_the_first_search_is_my_own(town: Town) -> None:
    mine = my_search(town.learner, now=NOW, on=town.database)
    assert (mine.text, mine.place) == ("Boulangère / Boulanger", "Namur")
    assert found(town, text=mine.text, place=mine.place) == [town.baker]


def test_an_offer_shows_what_is_computed(town: Town) -> None:
    detail = offer_detail(town.learner, town.baker, now=NOW, on=town.database)
    assert [row.amount.replace("\u00a0", " ") for row in detail.pay] == ["359,02 €", "506,85 €", "675,80 €"]
    assert detail.is_open and detail.days_fit
    assert detail.minor_notes == []


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


def test_similar_offers_are_of_the_same_trade(town: Town) -> None:
    with transaction(town.database) as session:
        other = factories.an_offer(session).id
    similar = similar_offers(town.learner, town.baker, now=NOW, on=town.database)
    assert [card.offer_id for card in similar] == [other]


def test_only_learners_search(town: Town) -> None:
    with pytest.raises(Denied):
        open_offers(None, OfferSearch(), now=NOW, on=town.database)


def test_words_lose_accents_case_and_plural() -> None:
    assert words_of("Mécaniciennes, d’Évry* (NEAR)") == ["mecanicienne", "d", "evry", "near"]
