"""Capacity: over all offers on line, never more learners than workers, nor more per tutor than the sector's figure."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from stageplus.db.engine import transaction
from stageplus.domain.errors import DomainError, InvalidInput
from stageplus.domain.offers import OfferStatus
from stageplus.models import Establishment, Offer, TutorLimit
from stageplus.services.postings.actions import (
    close_offer,
    edit_offer,
    publish_offer,
    renew_offer,
    save_draft,
    suspend_offer,
)
from stageplus.services.postings.capacity import Capacity, tutor_named
from stageplus.services.postings.schemas import ClosingInput
from tests.factories import NOW
from tests.services.postings.conftest import House, typed

SACHA = tutor_named("Sacha", "Chef d’atelier")
KEYS = [letter * 32 for letter in "abcdefgh"]


def refusal(house: House, **changed: str) -> str:
    with pytest.raises(InvalidInput) as refused:
        house.publish(**changed)
    assert list(refused.value.fields) == ["places"]
    return refused.value.fields["places"]


def limit_tutors(house: House, learners: int, since: date = date(2025, 1, 1)) -> None:
    with transaction(house.database) as session:
        session.add(TutorLimit(sector_code="alimentation", effective_from=since, learners=learners, source="essai"))


@pytest.mark.parametrize(
    ("capacity", "places", "words"),
    [
        (Capacity(3), 3, ""),
        (Capacity(3), 4, "former 3 apprenants au plus"),
        (Capacity(1), 2, "former 1 apprenant au plus"),
        (Capacity(5, elsewhere=3), 2, ""),
        (Capacity(5, elsewhere=3), 3, "3 places sont déjà en ligne dans vos autres offres, il en reste 2."),
        (Capacity(2, elsewhere=9), 1, "il en reste 0."),
        (Capacity(2, elsewhere=9, own=4), 4, ""),
        (Capacity(9, most_per_tutor=2), 2, ""),
        (Capacity(9, most_per_tutor=2), 3, "un tuteur suit 2 apprenants au plus à la fois"),
        (Capacity(9, most_per_tutor=2, with_tutor={SACHA: 1}), 2, "avec un autre tuteur"),
        (Capacity(9, most_per_tutor=2, with_tutor={("ada", "x"): 2}), 2, ""),
    ],
)
def test_too_many_places_are_explained(capacity: Capacity, places: int, words: str) -> None:
    fault = capacity.fault(places, SACHA)
    assert words in fault
    assert bool(fault) is bool(words)


def test_the_offers_of_an_establishment_share_its_workers(house: House) -> None:
    first = house.publish(places="3")
    assert "il en reste 2" in refusal(house, form_key=KEYS[1], places="3")
    second = house.publish(form_key=KEYS[1], places="2")
    assert house.kept(second).status is OfferStatus.PUBLISHED
    close_offer(house.member, first, ClosingInput(reason="autre"), now=NOW, on=house.database)  # type: ignore[arg-type]
    house.publish(form_key=KEYS[2], places="3")


def test_a_suspended_offer_keeps_its_places_and_a_draft_takes_none(house: House) -> None:
    suspend_offer(house.member, house.publish(places="4"), now=NOW, on=house.database)
    draft = typed(house, form_key=KEYS[1], places="5")
    told = save_draft(house.member, draft, now=NOW, on=house.database)
    assert "il en reste 1" in told.missing["places"]
    assert house.kept(told.detail.row.offer_id).status is OfferStatus.DRAFT
    house.publish(form_key=KEYS[2], places="1")


def test_raising_the_places_of_an_offer_on_line_is_checked_and_keeping_them_is_not(house: House) -> None:
    first, _second = house.publish(places="2"), house.publish(form_key=KEYS[1], places="3")
    with pytest.raises(InvalidInput) as refused:
        edit_offer(house.member, first, typed(house, places="3"), now=NOW, on=house.database)
    assert "il en reste 2" in refused.value.fields["places"]
    with transaction(house.database) as session:
        session.get_one(Establishment, house.establishment).workers = 1
    edit_offer(house.member, first, typed(house, places="2", tasks="Cuire."), now=NOW, on=house.database)
    assert house.kept(first).tasks == "Cuire."


def test_an_expired_offer_comes_back_only_within_the_capacity(house: House) -> None:
    offer = house.publish(places="3")
    with transaction(house.database) as session:
        session.get_one(Offer, offer).status = OfferStatus.EXPIRED
    other = house.publish(form_key=KEYS[1], places="3")
    with pytest.raises(InvalidInput) as refused:
        renew_offer(house.member, offer, now=NOW, on=house.database)
    assert "il en reste 2" in refused.value.fields["form"]
    close_offer(house.member, other, ClosingInput(reason="autre"), now=NOW, on=house.database)  # type: ignore[arg-type]
    assert renew_offer(house.member, offer, now=NOW, on=house.database).row.status_words == "Publiée"


def test_a_tutor_follows_no_more_than_the_figure_of_the_sector_in_force(house: House) -> None:
    limit_tutors(house, 2)
    limit_tutors(house, 1, since=NOW.date() + timedelta(days=30))
    house.publish(places="1")
    assert "un tuteur suit 2 apprenants" in refusal(house, form_key=KEYS[1], places="2", tutor_first_name=" sacha")
    house.publish(form_key=KEYS[1], places="2", tutor_first_name="Ada")


def test_eight_published_at_once_stay_within_the_capacity(house: House) -> None:
    def publish(key: str) -> bool:
        try:
            return bool(publish_offer(house.member, typed(house, form_key=key), now=NOW, on=house.database))
        except DomainError:
            return False

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(publish, KEYS)) == 2  # of two places each, where five people work
