"""One offer for several establishments: linked, each with a life of its own, only where the trade is approved."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import InvalidInput, NotFound, NotPossible
from stageplus.domain.offers import ClosingReason, OfferStatus
from stageplus.domain.refusals import SchemeOver
from stageplus.models import ApprovalState, Company, Establishment, ModerationCase, Offer, Scheme
from stageplus.services.offers.queries import also_at
from stageplus.services.postings.actions import edit_offer, extend_offer, renew_offer, suspend_offer
from stageplus.services.postings.queries import extension_of
from stageplus.services.postings.schemas import Extended, ExtendInput
from tests import factories
from tests.factories import NOW
from tests.services.postings.conftest import House, typed


@dataclass(frozen=True)
class Chain:
    """The bakery with two more approved shops, one that is not, and a stranger’s."""

    house: House
    near: int
    far: int
    unapproved: int
    strange: int
    learner: Actor

    def extend(self, offer: int, *places: int) -> Extended:
        data = ExtendInput(establishments=list(places))
        return extend_offer(self.house.member, offer, data, now=NOW, on=self.house.database)

    def also(self, offer: int) -> list[str]:
        return [each.words for each in also_at(self.learner, offer, now=NOW, on=self.house.database)]


@pytest.fixture
def chain(house: House) -> Chain:
    """Make the shops; the far one may train one learner only."""
    with transaction(house.database) as session:
        first = session.get_one(Establishment, house.establishment)
        company = session.get_one(Company, first.company_id)
        shops = [
            factories.an_establishment(session, company, **fields)
            for fields in (
                {"name": "B près"},
                {"name": "A loin", "municipality_ins": "62063", "postal_code": "4000", "workers": 0},
                {"name": "C sans agrément"},
            )
        ]
        for shop in shops[:2]:
            factories.an_approval(session, shop)
        factories.an_approval(session, shops[2], state=ApprovalState.SUSPENDED)
        strange = factories.an_establishment(session)
        factories.an_approval(session, strange)
        learner = factories.actor_of_learner(factories.a_learner(session))
        near, far, unapproved = (shop.id or 0 for shop in shops)
        return Chain(house, near, far, unapproved, strange.id or 0, learner)


def test_only_approved_shops_of_the_company_are_proposed(chain: Chain) -> None:
    offer = chain.house.publish(places="1")
    found = extension_of(chain.house.member, offer, now=NOW, on=chain.house.database)
    assert [label for _value, label in found.choices] == ["A loin", "B près"]
    assert chain.extend(offer, chain.unapproved, chain.strange, chain.house.establishment) == Extended()


def test_each_shop_gets_an_offer_and_learners_see_where_else(chain: Chain) -> None:
    offer = chain.house.publish(places="1")
    assert chain.extend(offer, chain.near, chain.far) == Extended(published=2)
    found = extension_of(chain.house.member, offer, now=NOW, on=chain.house.database)
    assert ([row.place for row in found.linked], found.choices) == (["A loin", "B près"], [])
    assert [words.split(",")[0] for words in chain.also(offer)] == ["Namur", "Liège"]
    linked = found.linked[1].offer_id
    assert len(chain.also(linked)) == 2
    assert chain.house.kept(linked).form_key != chain.house.kept(offer).form_key


def test_a_second_tap_makes_nothing_more(chain: Chain) -> None:
    offer = chain.house.publish(places="1")
    chain.extend(offer, chain.near)
    assert chain.extend(offer, chain.near) == Extended()


def end_the_scheme(chain: Chain, offer: int) -> None:
    with transaction(chain.house.database) as session:
        code = session.get_one(Offer, offer).scheme_code
        session.get_one(Scheme, code).last_day = (NOW - timedelta(days=1)).date()


def test_nothing_begins_in_a_dispositif_that_is_closed(chain: Chain) -> None:
    offer = chain.house.publish(places="1")
    end_the_scheme(chain, offer)
    with pytest.raises(SchemeOver):
        chain.extend(offer, chain.near)
    found = extension_of(chain.house.member, offer, now=NOW, on=chain.house.database)
    assert found.linked == []
    renew_offer(chain.house.member, offer, now=NOW, on=chain.house.database)
    with transaction(chain.house.database) as session:
        session.get_one(Offer, offer).status = OfferStatus.EXPIRED
    with pytest.raises(SchemeOver):
        renew_offer(chain.house.member, offer, now=NOW, on=chain.house.database)
    assert chain.house.kept(offer).status is OfferStatus.EXPIRED


def test_what_capacity_holds_back_stays_a_draft_that_learners_do_not_see(chain: Chain) -> None:
    offer = chain.house.publish(places="2")
    assert chain.extend(offer, chain.far) == Extended(drafts=1)
    assert chain.also(offer) == []


def test_linked_offers_live_their_own_lives(chain: Chain) -> None:
    offer = chain.house.publish(places="1")
    chain.extend(offer, chain.near)
    linked = extension_of(chain.house.member, offer, now=NOW, on=chain.house.database).linked[0].offer_id
    edit_offer(
        chain.house.member, offer, typed(chain.house, places="1", tasks="Cuire."), now=NOW, on=chain.house.database
    )
    suspend_offer(chain.house.member, offer, now=NOW, on=chain.house.database)
    kept = chain.house.kept(linked)
    assert (kept.tasks, kept.status) == ("Pétrir et cuire.", OfferStatus.PUBLISHED)
    assert chain.also(linked) == []


def test_a_shop_whose_linked_offer_has_ended_may_get_another(chain: Chain) -> None:
    offer = chain.house.publish(places="1")
    chain.extend(offer, chain.near)
    linked = extension_of(chain.house.member, offer, now=NOW, on=chain.house.database).linked[0].offer_id
    with transaction(chain.house.database) as session:
        ended = session.get_one(Offer, linked)
        ended.status, ended.closing_reason = OfferStatus.CLOSED, ClosingReason.OTHER
    assert chain.extend(offer, chain.near) == Extended(published=1)


def test_words_that_select_go_to_moderation_with_each(chain: Chain) -> None:
    offer = chain.house.publish(places="1", tasks="Un jeune homme.")
    chain.extend(offer, chain.near)
    linked = extension_of(chain.house.member, offer, now=NOW, on=chain.house.database).linked[0].offer_id
    with transaction(chain.house.database) as session:
        assert session.get(ModerationCase, linked)


def test_only_what_is_on_line_is_extended_and_only_by_its_company(chain: Chain) -> None:
    offer = chain.house.publish(places="1")
    with pytest.raises(NotFound):
        extend_offer(chain.house.stranger, offer, ExtendInput(establishments=[1]), now=NOW, on=chain.house.database)
    suspend_offer(chain.house.member, offer, now=NOW, on=chain.house.database)
    with pytest.raises(NotPossible):
        chain.extend(offer, chain.near)
    assert extension_of(chain.house.member, offer, now=NOW, on=chain.house.database).choices == []


@pytest.mark.parametrize("typed_places", [[], "", None, "12", {}])
def test_something_must_be_ticked(typed_places: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        ExtendInput.read({"establishments": typed_places})
    assert list(refused.value.fields) == ["establishments"]
