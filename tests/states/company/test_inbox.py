"""The applications of a company: filters in the address, dialogs that stay until the server accepted, live news."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from stageplus.db.engine import reading, transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Application, Offer
from stageplus.states.company.home import CompanyHomeState
from stageplus.states.company.inbox import CompanyInboxState
from stageplus.states.company.postings import CompanyOffersState
from tests import factories
from tests.states.company.conftest import Shop, run

Open = Callable[..., Any]
LIST = "/entreprise/candidatures"


async def chosen(open_state: Open, shop: Shop, **query: str) -> Any:
    state = open_state(CompanyInboxState, f"{LIST}/{shop.application}", **query)
    await run(state, "load")
    return state


def status_of(shop: Shop) -> ApplicationStatus:
    with reading(shop.database) as session:
        return session.get_one(Application, shop.application).status


def change(shop: Shop, **fields: Any) -> None:
    with transaction(shop.database) as session:
        application = session.get_one(Application, shop.application)
        for name, value in fields.items():
            setattr(application, name, value)


async def test_the_list_alone_opens_nothing(open_state: Open, shop: Shop) -> None:
    state = open_state(CompanyInboxState, LIST)
    await run(state, "load")
    assert (state.chosen, state.found.to_answer, len(state.found.rows)) == (0, 1, 1)
    assert status_of(shop) is ApplicationStatus.SENT


async def test_opening_one_says_that_it_was_seen(open_state: Open, shop: Shop) -> None:
    state = await chosen(open_state, shop)
    assert state.detail.row.application_id == shop.application
    assert status_of(shop) is ApplicationStatus.SEEN


async def test_the_address_holds_the_filters_and_keeps_them_in_every_link(open_state: Open, shop: Shop) -> None:
    state = await chosen(open_state, shop, etat="retenues", offre=str(shop.offer), autre="x")
    assert state.found.rows == []
    assert state.query == f"?offre={shop.offer}&etat=retenues"
    await run(state, "filter", {"etat": "a-repondre", "offre": "", "intent": "filter"})
    assert (state.query, len(state.found.rows)) == ("?etat=a-repondre", 1)


@pytest.mark.parametrize("query", [{"etat": "tout"}, {"offre": "’"}, {"page": "-1"}, {"offre": "9" * 50}])
async def test_an_address_that_means_nothing_lists_everything(
    open_state: Open, shop: Shop, query: dict[str, str]
) -> None:
    assert len((await chosen(open_state, shop, **query)).found.rows) == 1


async def test_pages_lead_to_each_other(open_state: Open, shop: Shop) -> None:
    with transaction(shop.database) as session:
        for _turn in range(20):
            factories.an_application(session, session.get_one(Offer, shop.offer), factories.a_learner(session))
    state = open_state(CompanyInboxState, LIST, page="2", etat="a-repondre")
    await run(state, "load")
    assert (state.before, state.after, len(state.found.rows)) == ("?etat=a-repondre&page=1", "", 1)


@pytest.mark.parametrize("named", ["999999", "x", "’ OR 1=1", "1" * 30])
async def test_an_application_of_nowhere_is_not_found(open_state: Open, named: str) -> None:
    state = open_state(CompanyInboxState, f"{LIST}/{named}")
    await run(state, "load")
    assert state.missing
    assert state.detail.row.application_id == 0


async def test_a_refusal_without_reason_stays_in_its_dialog(open_state: Open, shop: Shop) -> None:
    state = await chosen(open_state, shop)
    await run(state, "refuse", {"application": str(shop.application), "reason": "", "words": "Merci."})
    assert (list(state.errors), state.asking, state.done) == (["reason"], "refuser", 0)
    await run(state, "refuse", {"application": str(shop.application), "reason": "autre", "words": "Merci."})
    assert (state.errors, state.asking, state.done) == ({}, "", 1)
    assert state.notice == "Votre réponse est notée."
    assert status_of(shop) is ApplicationStatus.REFUSED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day", ""),
        ("day", "2020-01-01"),
        ("day", "2027-02-31"),
        ("at", ""),
        ("at", "25:61"),
        ("place", " \u200b"),
        ("place", "x" * 100_000),
        ("message", "x" * 2001),
    ],
)
async def test_an_interview_that_does_not_fit_stays_in_its_dialog(
    open_state: Open, shop: Shop, field: str, value: str
) -> None:
    state = await chosen(open_state, shop)
    asked = {"application": str(shop.application), "day": str(factories.TOMORROW), "at": "14:30", "place": "Ici"}
    await run(state, "propose", asked | {field: value})
    assert (list(state.errors), state.asking, state.done) == ([field], "entretien", 0)
    await run(state, "propose", asked)
    assert (state.done, state.detail.row.status) == (1, "en contact")


async def test_the_last_place_is_told_in_the_dialog(open_state: Open, shop: Shop) -> None:
    state = await chosen(open_state, shop)
    with transaction(shop.database) as session:
        session.get_one(Offer, shop.offer).places_taken = 1
    await run(state, "accept", shop.application)
    assert (state.asking, state.done) == ("accepter", 0)
    assert state.errors["form"].startswith("La dernière place vient d’être prise")


async def test_accepting_closes_its_dialog(open_state: Open, shop: Shop) -> None:
    state = await chosen(open_state, shop)
    await run(state, "accept", shop.application)
    assert (state.done, state.detail.row.status, bool(state.detail.next_steps)) == (1, "retenue", True)


async def test_an_answer_to_somebody_who_withdrew_is_explained_and_keeps_the_page(open_state: Open, shop: Shop) -> None:
    state = await chosen(open_state, shop)
    change(shop, status=ApplicationStatus.WITHDRAWN)
    await run(state, "refuse", {"application": str(shop.application), "reason": "autre", "words": "Merci."})
    assert "retirée" in state.errors["form"]
    assert not state.missing


async def test_news_of_a_withdrawal_empty_the_detail_and_keep_the_list(open_state: Open, shop: Shop) -> None:
    state = await chosen(open_state, shop)
    change(shop, status=ApplicationStatus.WITHDRAWN)
    await state._refresh()
    assert (state.gone, state.missing, state.detail.email, state.found.rows) == (True, False, "", [])


async def test_news_leave_the_errors_of_an_open_dialog(open_state: Open, shop: Shop) -> None:
    state = await chosen(open_state, shop)
    await run(state, "refuse", {"application": str(shop.application), "reason": "", "words": "Merci."})
    change(shop, answer_due_on=factories.TOMORROW - timedelta(days=30))
    await state._refresh()
    assert (list(state.errors), state.asking, state.detail.row.urgent) == (["reason"], "refuser", True)


async def test_what_is_to_do_is_whom_to_answer_and_what_to_renew(open_state: Open, shop: Shop) -> None:
    with transaction(shop.database) as session:
        session.get_one(Offer, shop.offer).ends_on = factories.TOMORROW
    state = open_state(CompanyHomeState)
    await run(state, "load")
    assert ([row.application_id for row in state.found.rows], state.found.total) == ([shop.application], 1)
    assert [row.offer_id for row in state.tend.ending] == [shop.offer]
    await run(state, "renew", shop.offer)
    assert (state.tend.ending, "est en ligne jusqu’au" in state.notice) == ([], True)


async def test_renewing_what_can_no_longer_start_is_explained(open_state: Open, shop: Shop) -> None:
    with transaction(shop.database) as session:
        past = factories.TOMORROW - timedelta(days=30)
        offer = session.get_one(Offer, shop.offer)
        offer.starts_from, offer.starts_until = past, past
    state = open_state(CompanyHomeState)
    await run(state, "renew", shop.offer)
    assert "choisissez d’autres dates" in state.errors["form"]


@pytest.mark.parametrize(("group", "count"), [("", 1), ("ouvertes", 1), ("brouillons", 0), ("n’importe quoi", 1)])
async def test_offers_are_listed_by_group(open_state: Open, group: str, count: int) -> None:
    state = open_state(CompanyOffersState, "/entreprise/offres", etat=group, page="x" if group == "ouvertes" else "")
    await run(state, "load")
    assert (len(state.found.rows), state.before, state.after) == (count, "", "")
