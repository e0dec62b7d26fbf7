"""Staff in front of open offers and of one of them: filters in the address, who is chosen, what was sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.states.audience import current_actor
from stageplus.states.operator import offers
from stageplus.states.operator.offers import OperatorOffersState, OperatorOfferState
from stageplus.states.operator.picks import OperatorPicksState
from tests import factories
from tests.factories import NEXT_MONTH
from tests.states.test_desks import at

USE_CASES = ("learners_to_choose", "offer_to_suggest", "offers_to_suggest", "suggest_offer")


@dataclass(frozen=True)
class Desk:
    """A member of staff, an open offer, and two learners of the operator."""

    staff: Actor
    offer: int
    first: int
    second: int


@pytest.fixture
def desk(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    for name in USE_CASES:
        monkeypatch.setattr(offers, name, partial(getattr(offers, name), on=sqlite_database))
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        operator = factories.an_operator(session)
        learners = [factories.a_learner(session, operator).id or 0 for _number in range(2)]
        offer = factories.an_offer(session, ends_on=NEXT_MONTH).id or 0
        return Desk(factories.a_staff_member(session, operator.id or 0), offer, *learners)


async def call(desk: Desk, state: Any, handler: str, *args: Any) -> Any:
    current_actor.set(desk.staff)
    return await getattr(type(state), handler).fn(state, *args)


async def test_the_list_is_what_the_address_asks_for_and_a_strange_place_is_said_by_its_field(desk: Desk) -> None:
    page = at(OperatorOffersState, "/operateur/offres?q=boulangere&lieu=Namur")
    await call(desk, page, "load")
    assert [card.offer_id for card in page.found.cards] == [desk.offer]
    page = at(OperatorOffersState, "/operateur/offres?lieu=Nullepart-sur-Rien&rayon=7")
    await call(desk, page, "load")
    assert (list(page.errors), page.found.cards) == (["place"], [])


async def test_who_is_chosen_stays_chosen_while_one_looks_for_others(desk: Desk) -> None:
    page = at(OperatorOfferState, f"/operateur/offres/{desk.offer}")
    await call(desk, page, "load")
    await call(desk, page, "choose", desk.first, True)
    await call(desk, page, "find", {"q": "personne"})
    assert (page.choice.rows, page.chosen_ids) == ([], [desk.first])
    await call(desk, page, "find", {"q": ""})
    await call(desk, page, "choose", desk.second, True)
    drawn = page.round
    await call(desk, page, "drop", desk.first)
    assert page.round == drawn + 1
    await call(desk, page, "choose", desk.first, True)
    await call(desk, page, "choose", desk.first, False)
    for claimed in ("abc", 10**12, None):
        await call(desk, page, "choose", claimed, True)
    assert page.chosen_ids == [desk.second]


async def test_sending_says_to_how_many_and_a_refusal_keeps_the_choice(desk: Desk) -> None:
    page = at(OperatorOfferState, f"/operateur/offres/{desk.offer}")
    await call(desk, page, "load")
    await call(desk, page, "choose", desk.first, True)
    typed = {"offer": str(desk.offer), "learners": [str(desk.first)], "reason": "Appelle le 0470 12 34 56."}
    await call(desk, page, "suggest", typed)
    assert (list(page.errors), page.chosen_ids, page.told) == (["reason"], [desk.first], 0)
    await call(desk, page, "suggest", typed | {"reason": "Tout près."})
    assert (page.errors, page.chosen_ids, page.told) == ({}, [], 1)
    assert page.notice == "Suggérée à 1 apprenant."
    assert [row.learner_id for row in page.choice.sent] == [desk.first]
    await call(desk, page, "suggest", typed | {"learners": [str(desk.first), str(desk.second)], "reason": "Aussi."})
    assert page.notice == "Suggérée à 1 apprenant. 1 la connaissait déjà."


async def test_those_ticked_in_the_list_arrive_chosen_and_who_knows_it_is_named(desk: Desk) -> None:
    page = at(OperatorOfferState, f"/operateur/offres/{desk.offer}")
    picks = await page.get_state(OperatorPicksState)
    picks._keep([desk.first, desk.second, 999_999])
    assert "3 apprenants" in picks.words
    typed = {"offer": str(desk.offer), "learners": [str(desk.first)], "reason": "Tout près."}
    await call(desk, page, "load")
    assert sorted(page.chosen_ids) == sorted([desk.first, desk.second]) and page.known == ""
    await call(desk, page, "suggest", typed)
    assert (page.chosen_ids, picks._ids, picks.words) == ([], [], "")
    picks._keep([desk.first, desk.second])
    await call(desk, page, "load")
    assert page.chosen_ids == [desk.second] and "(déjà suggérée le " in page.known
    await call(desk, picks, "forget")
    await call(desk, page, "load")
    assert (page.chosen_ids, page.known) == ([], "")


async def test_an_offer_of_nowhere_is_missing(desk: Desk) -> None:
    page = at(OperatorOfferState, "/operateur/offres/999999")
    await call(desk, page, "load")
    assert page.missing
