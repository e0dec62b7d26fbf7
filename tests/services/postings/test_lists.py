"""The lists of a company's offers: pages, groups, and what needs a hand."""

from datetime import timedelta
from typing import Any

import pytest

from stageplus.db.engine import transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import Establishment, Offer
from stageplus.services.postings.actions import renew_offer
from stageplus.services.postings.queries import GROUPS, MOST_TO_TEND, PAGE_SIZE, my_offers, offers_to_tend
from stageplus.services.postings.schemas import PostingPage, PostingSearch, ToTend
from tests import factories
from tests.factories import NOW
from tests.services.postings.conftest import House

S = OfferStatus


def offer(house: House, status: OfferStatus = S.PUBLISHED, ends_in: int = 60, **fields: Any) -> int:
    with transaction(house.database) as session:
        establishment = session.get_one(Establishment, house.establishment)
        ends_on = NOW.date() + timedelta(days=ends_in)
        made: Offer = factories.an_offer(session, establishment, status=status, ends_on=ends_on, **fields)
        return made.id or 0


def application(house: House, offer_id: int, status: ApplicationStatus) -> None:
    with transaction(house.database) as session:
        wanted = session.get_one(Offer, offer_id)
        factories.an_application(session, wanted, factories.a_learner(session), status=status)


def shown(house: House, **asked: Any) -> PostingPage:
    return my_offers(house.member, PostingSearch.read(asked), now=NOW, on=house.database)


def to_tend(house: House) -> tuple[list[int], list[int]]:
    found: ToTend = offers_to_tend(house.member, now=NOW, on=house.database)
    return [row.offer_id for row in found.ending], [row.offer_id for row in found.without]


def test_open_offers_come_first_and_the_latest_change_before_others(house: House) -> None:
    closed, draft = offer(house, S.CLOSED), offer(house, S.DRAFT)
    before = offer(house, updated_at=NOW - timedelta(days=2))
    latest, suspended = offer(house), offer(house, S.SUSPENDED)
    assert [row.offer_id for row in shown(house).rows] == [latest, before, suspended, draft, closed]


def test_pages_hold_everything_once(house: House) -> None:
    made = {offer(house) for _turn in range(PAGE_SIZE + 2)}
    first, second, beyond = (shown(house, page=number) for number in (1, 2, 99))
    assert (first.pages, first.total, len(second.rows)) == (2, PAGE_SIZE + 2, 2)
    assert {row.offer_id for row in [*first.rows, *second.rows]} == made
    assert beyond.rows == second.rows


@pytest.mark.parametrize("status", list(OfferStatus))
def test_each_state_is_in_one_group(house: House, status: OfferStatus) -> None:
    offer(house, status)
    groups = [name for name in GROUPS if name and shown(house, group=name).rows]
    assert len(groups) == 1


def test_applications_are_counted_without_the_withdrawn(house: House) -> None:
    wanted = offer(house)
    for status in ("envoyée", "vue", "retirée", "refusée"):
        application(house, wanted, ApplicationStatus(status))
    [row] = shown(house).rows
    assert (row.to_answer, row.applications) == (2, 3)


def test_what_ends_within_the_week_is_to_renew(house: House) -> None:
    later, last_day, soon = offer(house, ends_in=8), offer(house, ends_in=7), offer(house, ends_in=0)
    for status in OfferStatus:
        if status is not S.PUBLISHED:
            offer(house, status, ends_in=1)
    assert to_tend(house) == ([soon, last_day], [later])
    renew_offer(house.member, soon, now=NOW, on=house.database)
    assert to_tend(house) == ([last_day], [later, soon])


def test_an_offer_without_applications_is_named_oldest_first_and_few_at_a_time(house: House) -> None:
    made = [offer(house, published_at=NOW - timedelta(days=number)) for number in range(MOST_TO_TEND + 2)]
    application(house, made[-1], ApplicationStatus.REFUSED)
    application(house, made[-2], ApplicationStatus.WITHDRAWN)
    assert to_tend(house)[1] == made[-2 : -2 - MOST_TO_TEND : -1]


def test_a_company_without_any_offer_is_told_apart_from_one_with_nothing_to_do(house: House) -> None:
    assert offers_to_tend(house.member, now=NOW, on=house.database).offers == 0
    offer(house, S.CLOSED)
    assert offers_to_tend(house.member, now=NOW, on=house.database) == ToTend(offers=1)


def test_a_stranger_has_nothing_to_tend(house: House) -> None:
    offer(house, ends_in=1)
    assert offers_to_tend(house.stranger, now=NOW, on=house.database) == ToTend()
    assert my_offers(house.stranger, PostingSearch(), now=NOW, on=house.database).rows == []


def test_a_member_of_one_establishment_lists_that_one_only(house: House) -> None:
    mine = offer(house)
    with transaction(house.database) as session:
        company = session.get_one(Offer, mine).company_id
        elsewhere = factories.an_establishment(session, company=None, company_id=company)
        there = factories.a_member(session, company, elsewhere.id)
    assert my_offers(there, PostingSearch(), now=NOW, on=house.database).total == 0
    assert my_offers(house.member, PostingSearch(), now=NOW, on=house.database).total == 1
