"""A learner keeps offers: once each, only one's own, told when they close soon or have closed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.errors import Denied, NotFound
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import TooManyKept
from stageplus.models import Favourite, Learner, Offer
from stageplus.services.favourites.actions import keep_offer, let_offer_go
from stageplus.services.favourites.queries import kept_offers, my_favourites, times_kept
from stageplus.services.favourites.schemas import Favourites
from stageplus.services.notifications import live
from tests import factories
from tests.factories import NOW
from tests.services.favourites.conftest import Stall

TODAY = NOW.date()


def listed(stall: Stall) -> Favourites:
    return my_favourites(stall.learner, now=NOW, on=stall.database)


def kept(stall: Stall, *offers: int) -> None:
    for number, offer_id in enumerate(offers):
        keep_offer(stall.learner, offer_id, now=NOW + timedelta(minutes=number), on=stall.database)


def change(stall: Stall, offer_id: int, **changed: Any) -> None:
    with transaction(stall.database) as session:
        session.get_one(Offer, offer_id).sqlmodel_update(changed)


def test_what_one_keeps_is_listed_until_one_lets_it_go(stall: Stall) -> None:
    kept(stall, *stall.offers[:2])
    assert kept_offers(stall.learner, now=NOW, on=stall.database) == stall.offers[1::-1]
    assert {row.card.offer_id for row in listed(stall).open} == set(stall.offers[:2])
    assert let_offer_go(stall.learner, stall.offers[0], now=NOW, on=stall.database) is False
    assert let_offer_go(stall.learner, stall.offers[0], now=NOW, on=stall.database) is False
    assert [row.card.offer_id for row in listed(stall).open] == [stall.offers[1]]


def test_nobody_else_sees_or_changes_it(stall: Stall) -> None:
    kept(stall, stall.offers[0])
    let_offer_go(stall.other, stall.offers[0], now=NOW, on=stall.database)
    assert listed(stall).total == 1
    assert my_favourites(stall.other, now=NOW, on=stall.database) == Favourites()
    for act in (keep_offer, let_offer_go):
        with pytest.raises(Denied):
            act(None, stall.offers[0], now=NOW, on=stall.database)


def test_twenty_taps_at_once_keep_it_once(stall: Stall) -> None:
    with ThreadPoolExecutor(20) as crowd:
        asked = [
            crowd.submit(keep_offer, stall.learner, stall.offers[0], now=NOW, on=stall.database) for _ in range(20)
        ]
        assert all(each.result() for each in asked)
    with reading(stall.database) as session:
        assert len(session.exec(select(Favourite)).all()) == 1


def test_there_is_a_most_and_letting_one_go_makes_room(stall: Stall) -> None:
    kept(stall, *stall.offers[:3])
    with pytest.raises(TooManyKept):
        keep_offer(stall.learner, stall.offers[3], now=NOW, on=stall.database)
    keep_offer(stall.learner, stall.offers[0], now=NOW, on=stall.database)
    let_offer_go(stall.learner, stall.offers[0], now=NOW, on=stall.database)
    assert keep_offer(stall.learner, stall.offers[3], now=NOW, on=stall.database)


def test_a_draft_and_an_offer_of_nowhere_are_not_found(stall: Stall) -> None:
    change(stall, stall.offers[0], status=OfferStatus.DRAFT, published_at=None)
    for offer_id in (stall.offers[0], 999_999):
        with pytest.raises(NotFound):
            keep_offer(stall.learner, offer_id, now=NOW, on=stall.database)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "Ferme aujourd’hui"), (1, "Ferme demain"), (3, "Ferme dans 3 jours"), (7, "Ferme dans 7 jours"), (8, "")],
)
def test_one_that_closes_soon_says_so(stall: Stall, days: int, words: str) -> None:
    kept(stall, stall.offers[0])
    change(stall, stall.offers[0], ends_on=TODAY + timedelta(days=days))
    [row] = listed(stall).open
    assert row.ends_words == words


def test_the_one_that_closes_first_comes_first(stall: Stall) -> None:
    kept(stall, *stall.offers[:3])
    for days, offer_id in zip((20, 2, 9), stall.offers, strict=False):
        change(stall, offer_id, ends_on=TODAY + timedelta(days=days))
    assert [row.card.offer_id for row in listed(stall).open] == [stall.offers[1], stall.offers[2], stall.offers[0]]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"status": OfferStatus.CLOSED}, "fermée"),
        ({"status": OfferStatus.FILLED}, "places sont prises"),
        ({"places_taken": 1}, "places sont prises"),
        ({"status": OfferStatus.SUSPENDED}, "en pause"),
        ({"ends_on": TODAY - timedelta(days=1)}, "date de fin"),
    ],
)
def test_one_that_has_closed_says_why_and_proposes_three_others(
    stall: Stall, changed: dict[str, Any], words: str
) -> None:
    kept(stall, *stall.offers[:2])
    change(stall, stall.offers[0], **changed)
    found = listed(stall)
    [gone] = found.closed
    assert words in gone.closed_words and len(found.open) == 1
    assert len(gone.similar) == 3
    assert stall.offers[0] not in {card.offer_id for card in gone.similar}


def test_others_are_of_the_trade_or_its_neighbours_and_not_applied_for(stall: Stall) -> None:
    with transaction(stall.database) as session:
        house = factories.an_establishment(session)
        near = factories.an_offer(session, house, trade_code="patissier").id
        gone = factories.an_offer(session, house, trade_code="patissier", status=OfferStatus.CLOSED).id or 0
        far = factories.an_offer(session, house, trade_code="coiffeur").id
        applied = session.get_one(Offer, stall.offers[0])
        factories.an_application(session, applied, session.get_one(Learner, stall.learner.learner_id))
    kept(stall, gone)
    proposed = [card.offer_id for card in listed(stall).closed[0].similar]
    assert proposed[0] == near
    assert not {far, stall.offers[0], gone} & set(proposed)


def test_how_many_keep_an_offer_is_a_count_and_no_more(stall: Stall) -> None:
    kept(stall, stall.offers[0])
    keep_offer(stall.other, stall.offers[0], now=NOW, on=stall.database)
    with reading(stall.database) as session:
        counts = dict(session.exec(select(Offer.id, times_kept(Offer.id))).all())
    assert (counts[stall.offers[0]], counts[stall.offers[1]]) == (2, 0)


def test_it_goes_with_the_learner_and_with_the_offer(stall: Stall) -> None:
    kept(stall, *stall.offers[:2])
    with transaction(stall.database) as session:
        session.delete(session.get_one(Offer, stall.offers[0]))
    assert kept_offers(stall.learner, now=NOW, on=stall.database) == [stall.offers[1]]
    with transaction(stall.database) as session:
        session.delete(session.get_one(Learner, stall.learner.learner_id))
    with reading(stall.database) as session:
        assert session.exec(select(Favourite)).all() == []


def test_other_pages_of_the_learner_are_told(stall: Stall, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[frozenset[str]] = []
    monkeypatch.setattr(live.hub, "publish", told.append)
    kept(stall, stall.offers[0], stall.offers[0])
    let_offer_go(stall.learner, stall.offers[0], now=NOW, on=stall.database)
    assert [f"learner:{stall.learner.learner_id}" in topics for topics in told] == [True, True]
