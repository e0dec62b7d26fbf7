"""A company's interviews without a browser: several moments, confirmed, moved, cancelled; and its agenda."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Role
from stageplus.domain.interviews import InterviewState
from stageplus.models import Application, CalendarFeed, InterviewSlot, Offer
from stageplus.states.company.agenda import CompanyAgendaState
from stageplus.states.company.interviews import CompanyInterviewState
from tests import factories
from tests.states.company.conftest import Shop, run

Open = Callable[..., Any]
SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=5)
NEXT = {"day": (SOON + timedelta(days=1)).date().isoformat(), "at": "10:00"}


def held(shop: Shop, **fields: Any) -> int:
    with transaction(shop.database) as session:
        application = session.get_one(Application, shop.application)
        factories.an_interview(session, application, SOON, **fields)
        return session.exec(select(InterviewSlot.id)).one() or 0


async def chosen(open_state: Open, shop: Shop) -> Any:
    state = open_state(CompanyInterviewState, f"/entreprise/candidatures/{shop.application}")
    state.chosen = shop.application
    await state._refresh()
    return state


async def test_confirming_a_moment_of_the_learner_fixes_it(open_state: Open, shop: Shop) -> None:
    slot = held(shop, by=Role.LEARNER, state=InterviewState.COUNTERED)
    state = await chosen(open_state, shop)
    assert state.detail.interview.my_turn
    await run(state, "confirm", shop.application, slot)
    assert (state.detail.interview.state, state.done) == ("fixé", 1)
    assert "agenda" in state.notice


async def test_a_moment_that_is_gone_is_said_in_the_page(open_state: Open, shop: Shop) -> None:
    held(shop, by=Role.LEARNER, state=InterviewState.COUNTERED)
    state = await chosen(open_state, shop)
    await run(state, "confirm", shop.application, 999)
    assert (state.asking, state.done) == ("", 0)
    assert "La situation a changé" in state.errors["form"]


async def test_moving_asks_why_and_keeps_the_dialog_open(open_state: Open, shop: Shop) -> None:
    held(shop, starts_at=SOON)
    state = await chosen(open_state, shop)
    typed = {"application": str(shop.application), **NEXT, "why": ""}
    await run(state, "offer_others", typed)
    assert (list(state.errors), state.asking, state.done) == (["why"], "autres", 0)
    await run(state, "offer_others", typed | {"why": "Livraison"})
    assert (state.errors, state.done, state.detail.interview.state) == ({}, 1, "proposé")


async def test_cancelling_asks_why(open_state: Open, shop: Shop) -> None:
    held(shop, starts_at=SOON)
    state = await chosen(open_state, shop)
    await run(state, "cancel", {"application": str(shop.application), "why": ""})
    assert (list(state.errors), state.asking) == (["why"], "annuler")
    await run(state, "cancel", {"application": str(shop.application), "why": "Fermé"})
    assert (state.detail.interview.state, state.detail.can_contact) == ("annulé", True)


@pytest.mark.parametrize("named", ["", "x", "999999", "9" * 40])
async def test_an_application_that_is_gone_is_said_in_the_dialog(open_state: Open, shop: Shop, named: str) -> None:
    held(shop)
    state = await chosen(open_state, shop)
    await run(state, "cancel", {"application": named, "why": "Fermé"})
    assert "n’est plus là" in state.errors["form"]
    assert (state.asking, state.missing) == ("annuler", False)


async def test_the_agenda_gives_a_link_once_and_cuts_it(open_state: Open, shop: Shop) -> None:
    held(shop, starts_at=SOON)
    state = open_state(CompanyAgendaState, "/entreprise/agenda")
    await run(state, "load")
    assert (len(state.found.days), state.found.followed_since, state.address.https) == (1, "", "")
    await run(state, "make_address")
    first = state.address.https
    assert "/agenda/" in first and state.address.webcal.startswith("webcal://")
    await run(state, "load")
    assert state.address.https == "" and state.found.followed_since
    await run(state, "make_address")
    assert state.address.https not in {"", first}
    await run(state, "end_address")
    assert (state.address.https, state.found.followed_since) == ("", "")
    with transaction(shop.database) as session:
        assert session.exec(select(CalendarFeed)).all() == []


async def test_an_empty_agenda_shows_what_is_still_open(open_state: Open, shop: Shop) -> None:
    state = open_state(CompanyAgendaState, "/entreprise/agenda")
    await run(state, "load")
    assert (state.found.days, state.found.open) == ([], [])
    with transaction(shop.database) as session:
        other = factories.an_application(session, session.get_one(Offer, shop.offer), factories.a_learner(session))
        factories.an_interview(session, other, SOON)
    await run(state, "load")
    assert [entry.my_turn for entry in state.found.open] == [False]
