"""The conversation beside an application, on the company's tablet: read with it, gone with it."""

from collections.abc import Callable
from typing import Any

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Application, Learner
from stageplus.states.company.inbox import CompanyInboxState
from tests import factories
from tests.states.company.conftest import Shop

Open = Callable[..., Any]


def written(shop: Shop) -> None:
    with transaction(shop.database) as session:
        application = session.get_one(Application, shop.application)
        learner = session.get_one(Learner, application.learner_id)
        factories.a_message(session, application, Actor(learner.person_id, Role.LEARNER), "Et le bus ?")


async def test_the_list_says_what_is_new_until_it_was_on_screen(shop: Shop, open_state: Open) -> None:
    written(shop)
    state = open_state(CompanyInboxState, f"/entreprise/candidatures/{shop.application}")
    await state.load()
    assert (state.found.rows[0].unread, state.thread.unread) == ("1 nouveau message", 1)
    await state.read(shop.application, state.thread.last_id)
    await state._refresh()
    assert (state.found.rows[0].unread, state.thread.unread) == ("", 0)


async def test_an_answer_keeps_the_errors_of_the_page_apart(shop: Shop, open_state: Open) -> None:
    state = open_state(CompanyInboxState, f"/entreprise/candidatures/{shop.application}")
    await state.load()
    await state.say({"application": shop.application, "form_key": "a" * 32, "text": ""})
    assert (list(state.talk_errors), state.errors, state.asking) == (["text"], {}, "")
    await state.say({"application": shop.application, "form_key": "a" * 32, "text": "Par la ligne 12."})
    assert [each.words for each in state.thread.messages] == ["Par la ligne 12."]


async def test_a_withdrawal_empties_the_conversation_on_screen(shop: Shop, open_state: Open) -> None:
    written(shop)
    state = open_state(CompanyInboxState, f"/entreprise/candidatures/{shop.application}")
    await state.load()
    with transaction(shop.database) as session:
        session.get_one(Application, shop.application).status = ApplicationStatus.WITHDRAWN
    await state._refresh()
    assert (state.gone, state.thread.messages) == (True, [])
    await state.say({"application": shop.application, "form_key": "b" * 32, "text": "Encore là ?"})
    assert (state.talk_errors["form"], state.said) == ("Cette conversation n’est plus là.", 0)
    await state.older(shop.application)
    assert state.thread.messages == []
