"""Who reaches which offers of a company: everywhere, at some establishments, or as the author of a claim's drafts."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import NotFound
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import NotValidated
from stageplus.models import CompanyClaim, Establishment, Offer
from stageplus.services.applications.queries import inbox
from stageplus.services.applications.schemas import InboxSearch
from stageplus.services.postings.actions import publish_offer, save_draft, suspend_offer
from stageplus.services.postings.queries import my_offer, my_offers, new_offer_form
from stageplus.services.postings.schemas import PostingSearch
from tests import factories
from tests.factories import NOW
from tests.services.postings.conftest import typed as typed_for


@dataclass(frozen=True)
class Street:
    """A company with three establishments, one offer in each, and somebody who claims the first."""

    database: Engine
    houses: tuple[int, ...]
    offers: tuple[int, ...]
    company: int
    claimant: Actor

    @property
    def member(self) -> Actor:
        return self.claimant

    @property
    def place(self) -> str:
        return f"{self.houses[0]}:boulanger"


@pytest.fixture
def street(database: Engine) -> Street:
    with transaction(database) as session:
        factories.minimal_reference(session)
        company = factories.a_company(session)
        houses = [factories.an_establishment(session, company) for _number in range(3)]
        for house in houses:
            factories.an_approval(session, house)
        offers = [factories.an_offer(session, house).id or 0 for house in houses]
        factories.an_application(session, session.get_one(Offer, offers[0]), factories.a_learner(session))
        claimant = factories.a_claimant(session, houses[0])
        ids = tuple(house.id or 0 for house in houses)
        return Street(database, ids, tuple(offers), company.id or 0, claimant)


def typed(street: Any, **changed: Any) -> dict[str, Any]:
    return typed_for(street, **changed)


def drafted(street: Street) -> int:
    return save_draft(street.claimant, typed(street), now=NOW, on=street.database).detail.row.offer_id


def reached(street: Street, actor: Actor) -> list[int]:
    return sorted(row.offer_id for row in my_offers(actor, PostingSearch(), now=NOW, on=street.database).rows)


def test_a_member_of_two_establishments_reaches_these_two(street: Street) -> None:
    with transaction(street.database) as session:
        member = factories.a_member(session, street.company, *street.houses[1:])
    assert reached(street, member) == list(street.offers[1:])
    assert my_offer(member, street.offers[2], now=NOW, on=street.database).row.offer_id == street.offers[2]
    with pytest.raises(NotFound):
        suspend_offer(member, street.offers[0], now=NOW, on=street.database)


def test_a_member_without_any_establishment_reaches_nothing(street: Street) -> None:
    with transaction(street.database) as session:
        elsewhere = factories.an_establishment(session)
        member = factories.a_member(session, street.company, elsewhere.id)
    assert reached(street, member) == []


def test_acting_for_another_company_leaves_this_one(street: Street) -> None:
    with transaction(street.database) as session:
        member = factories.a_member(session, street.company)
    other = Actor(member.person_id, member.role, company_id=street.company + 1)
    assert reached(street, other) == []


def test_a_claimant_writes_drafts_that_nobody_else_sees(street: Street) -> None:
    draft = drafted(street)
    with transaction(street.database) as session:
        member = factories.a_member(session, street.company)
        house = session.get_one(Establishment, street.houses[0])
        another = factories.a_claimant(session, house)
    assert reached(street, street.claimant) == [draft]
    assert draft not in reached(street, member)
    assert reached(street, another) == []
    for actor in (member, another):
        with pytest.raises(NotFound):
            my_offer(actor, draft, now=NOW, on=street.database)


def test_a_claimant_neither_publishes_nor_reads_what_the_company_has(street: Street) -> None:
    with pytest.raises(NotValidated):
        publish_offer(street.claimant, typed(street), now=NOW, on=street.database)
    with pytest.raises(NotFound):
        my_offer(street.claimant, street.offers[0], now=NOW, on=street.database)
    assert inbox(street.claimant, InboxSearch(), now=NOW, on=street.database).rows == []


def test_a_claim_whose_numbers_do_not_belong_together_opens_nothing(street: Street) -> None:
    with transaction(street.database) as session:
        session.get_one(CompanyClaim, street.claimant.claim_id).enterprise_number = "0000000097"
    assert new_offer_form(street.claimant, now=NOW, on=street.database).places == []
    with pytest.raises(NotFound):
        drafted(street)


def test_a_draft_of_a_claim_stays_one(street: Street) -> None:
    draft = drafted(street)
    with transaction(street.database) as session:
        offer = session.get_one(Offer, draft)
        assert (offer.status, offer.claim_id) == (OfferStatus.DRAFT, street.claimant.claim_id)
