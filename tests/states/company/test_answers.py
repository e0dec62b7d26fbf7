"""Quick answers from the page: what a browser claims is read again, dialogs close when done, one is taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Application, Offer, Parameter
from stageplus.states.company.answers import CompanyAnswersState
from stageplus.states.company.home import CompanyHomeState
from tests import factories
from tests.states.company.conftest import Shop, run

Open = Callable[..., Any]
S = ApplicationStatus


@pytest.fixture
def desk(open_state: Open, shop: Shop) -> Any:
    """Open the application in a state whose answers may be taken back."""
    with transaction(shop.database) as session:
        session.exec(update(Parameter).where(col(Parameter.name) == "answer_undo_seconds").values(value="600"))
    return open_state(CompanyAnswersState, f"/entreprise/candidatures/{shop.application}")


async def loaded(desk: Any) -> Any:
    await run(desk, "load")
    return desk


def status_of(shop: Shop, application: int = 0) -> ApplicationStatus:
    with reading(shop.database) as session:
        return session.get_one(Application, application or shop.application).status


def another(shop: Shop, **fields: Any) -> int:
    with transaction(shop.database) as session:
        offer = session.get_one(Offer, shop.offer)
        return factories.an_application(session, offer, factories.a_learner(session), **fields).id or 0


async def test_a_telephone_answer_is_noted_and_taken_back(open_state: Open, shop: Shop, desk: Any) -> None:
    state = await loaded(desk)
    await run(state, "phone", shop.application)
    assert (state.detail.row.status, state.done, state.notice[:10]) == ("en contact", 1, "C’est noté")
    assert "600 secondes" in state.desk.undo_words
    await run(state, "take_back", state.desk.undo_key)
    assert (status_of(shop), state.desk.undo_key) == (S.SEEN, "")
    assert state.notice.startswith("Votre réponse est reprise")


@pytest.mark.parametrize("key", ["", "x", "’ OR 1=1", "y" * 5000])
async def test_a_key_of_nowhere_takes_nothing_back(shop: Shop, desk: Any, key: str) -> None:
    state = await loaded(desk)
    await run(state, "take_back", key)
    assert (list(state.errors), state.missing, state.notice) == (["form"], False, "")


async def test_a_promise_keeps_its_dialog_open_until_the_day_fits(shop: Shop, desk: Any) -> None:
    state = await loaded(desk)
    await run(state, "promise", {"application": str(shop.application), "before": ""})
    assert (list(state.errors), state.asking, state.done) == (["before"], "patienter", 0)
    await run(state, "promise", {"application": str(shop.application), "before": factories.TOMORROW.isoformat()})
    assert (state.errors, state.asking, state.done, state.notice) == ({}, "", 1, "1 réponse notée.")
    assert state.found.rows[0].waiting_words.startswith("Réponse promise")


async def test_several_wait_or_are_refused_with_their_own_fields(shop: Shop, desk: Any) -> None:
    state = await loaded(desk)
    other = another(shop)
    await run(state, "promise_several", {})
    assert list(state.errors) == ["waiting", "before_all"]
    both = {"waiting": [str(shop.application), str(other)], "before_all": factories.TOMORROW.isoformat()}
    await run(state, "promise_several", both)
    assert state.notice == "2 réponses notées."
    await run(state, "refuse_several", {"ids": [str(shop.application), str(other)], "words_for_all": "Merci."})
    assert list(state.errors) == ["reason_for_all"]
    refusal = {"ids": [str(shop.application), str(other), "x"], "reason_for_all": "autre", "words_for_all": "Merci."}
    await run(state, "refuse_several", refusal)
    assert (status_of(shop), status_of(shop, other)) == (S.REFUSED, S.REFUSED)
    assert state.notice.startswith("2 réponses notées. 1 candidature avait changé entre-temps")


async def test_whoever_withdrew_meanwhile_is_said_in_the_dialog(shop: Shop, desk: Any) -> None:
    state = await loaded(desk)
    with transaction(shop.database) as session:
        session.get_one(Application, shop.application).status = S.WITHDRAWN
    await run(state, "promise", {"application": str(shop.application), "before": factories.TOMORROW.isoformat()})
    assert (list(state.errors), state.missing, state.gone) == (["form"], False, True)


async def test_a_refusal_is_reconsidered(shop: Shop, desk: Any) -> None:
    with transaction(shop.database) as session:
        session.get_one(Application, shop.application).status = S.REFUSED
    state = await loaded(desk)
    assert state.detail.can_reconsider
    await run(state, "reconsider", shop.application)
    assert status_of(shop) is S.IN_CONTACT


async def test_a_colleague_or_another_establishment_takes_it_on(shop: Shop, desk: Any) -> None:
    with transaction(shop.database) as session:
        offer = session.get_one(Offer, shop.offer)
        colleague = factories.a_member(session, offer.company_id or 0)
        house = factories.an_establishment(session, company=None, company_id=offer.company_id)
        dates = {"starts_until": factories.NEXT_MONTH, "ends_on": factories.NEXT_MONTH}
        there = factories.an_offer(session, house, **dates).id
    state = await loaded(desk)
    assert [value for value, _label in state.ways.elsewhere] == [str(there)]
    await run(state, "hand_over", {"application": str(shop.application), "colleague": str(colleague.person_id)})
    assert (state.done, state.ways.holder.split(" ")[0], state.found.rows[0].holder[:7]) == (1, "Confiée", "Confiée")
    await run(state, "move", {"application": str(shop.application), "offer": "999999"})
    assert (state.done, status_of(shop)) == (1, S.SEEN)
    await run(state, "move", {"application": str(shop.application), "offer": str(there)})
    assert state.done == 2
    with reading(shop.database) as session:
        assert session.get_one(Application, shop.application).offer_id == there


@pytest.mark.parametrize(("silent", "paused"), [(0, False), (1, False), (3, True)])
async def test_the_home_shows_the_rule_of_silence_before_it_strikes(
    open_state: Open, shop: Shop, silent: int, paused: bool
) -> None:
    for _number in range(silent):
        another(shop, status=S.UNANSWERED)
    state = open_state(CompanyHomeState)
    await run(state, "load")
    assert (state.silence.count, state.silence.paused) == (silent, paused)
    assert "3 candidatures de suite" in state.silence.rule
