"""No variable that goes to a company's browser holds anything of a learner before the application or after its end."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.models import Application, Learner, Offer, Person
from stageplus.services.applications.actions import send_application, withdraw_application
from stageplus.services.applications.schemas import ApplicationInput
from stageplus.states.company.agenda import CompanyAgendaState
from stageplus.states.company.answers import CompanyAnswersState
from stageplus.states.company.figures import CompanyFiguresState
from stageplus.states.company.home import CompanyHomeState
from stageplus.states.company.inbox import CompanyInboxState
from stageplus.states.company.interviews import CompanyInterviewState
from stageplus.states.company.posting import CompanyOfferState
from stageplus.states.company.postings import CompanyOffersState
from stageplus.states.notices import NoticesState
from tests import factories
from tests.states.company.conftest import Shop, run

Open = Callable[..., Any]
MARK = "Ocelot"
INBOX = "/entreprise/candidatures"
ON_AN_APPLICATION = (CompanyInboxState, CompanyAnswersState, CompanyInterviewState)
ELSEWHERE = (CompanyHomeState, CompanyOffersState, CompanyAgendaState, NoticesState)


@pytest.fixture
def learner(shop: Shop) -> Actor:
    """Give a learner who has prepared an application and not sent it."""
    with transaction(shop.database) as session:
        made = factories.a_learner(session, phone="+32470112233")
        person = session.get_one(Person, made.person_id)
        person.first_name, person.last_name, person.email = MARK, f"{MARK}-Nom", f"{MARK}@demo.test"
        factories.a_draft(session, session.get_one(Offer, shop.offer), made, motivation=MARK)
        return factories.actor_of_learner(made)


def apply(shop: Shop, learner: Actor) -> int:
    """Send it, then let the company see it, talk and fix an interview."""
    now = datetime.now(UTC)
    words = ApplicationInput(form_key="c" * 32, motivation=MARK, experience=MARK, phone="0470 11 22 33")
    number = send_application(learner, shop.offer, words, now=now, on=shop.database).application_id
    with transaction(shop.database) as session:
        application = session.get_one(Application, number)
        factories.an_interview(session, application, starts_at=now + timedelta(days=2))
        factories.a_message(session, application, learner, MARK)
        assert session.get_one(Learner, application.learner_id).phone
    return number


async def opened(open_state: Open, shop: Shop, application: int) -> list[Any]:
    """Open every page of the company that shows people, the application's own among them."""
    states = [open_state(kind, f"{INBOX}/{application}") for kind in ON_AN_APPLICATION]
    states += [open_state(kind) for kind in ELSEWHERE]
    states += [
        open_state(kind, f"/entreprise/offres/{shop.offer}") for kind in (CompanyOfferState, CompanyFiguresState)
    ]
    for state in states:
        await run(state, "load")
    return states


def shown(states: list[Any]) -> list[str]:
    """Name the variables that hold something of the learner."""
    return [
        f"{type(state).__name__}.{name}"
        for state in states
        for name in type(state).vars
        if MARK in (said := repr(getattr(state, name))) or "470112233" in said
    ]


async def test_before_she_applies_no_variable_holds_anything_of_her(
    open_state: Open, shop: Shop, learner: Actor
) -> None:
    assert shown(await opened(open_state, shop, shop.application)) == []


async def test_withdrawn_open_pages_and_new_ones_hold_nothing_any_more(
    open_state: Open, shop: Shop, learner: Actor
) -> None:
    application = apply(shop, learner)
    states = await opened(open_state, shop, application)
    held = {name.partition(".")[2] for name in shown(states)}
    assert {"found", "detail", "thread"} <= held
    withdraw_application(learner, application, now=datetime.now(UTC), on=shop.database)
    for state in states:
        if hasattr(state, "_refresh"):
            await state._refresh()
    assert shown(states) == []
    assert shown(await opened(open_state, shop, application)) == []
