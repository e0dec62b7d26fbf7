"""A learner's applications without a browser: grouped, followed, withdrawn once."""

from collections.abc import Callable
from typing import Any

import pytest

from stageplus.db.engine import transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Learner, Offer
from stageplus.states.learner.applications import LearnerApplicationsState, LearnerApplicationState
from tests import factories
from tests.states.learner.conftest import Town, call

Opened = Callable[[type, str], Any]


def applied(town: Town, status: ApplicationStatus = ApplicationStatus.SENT) -> int:
    with transaction(town.database) as session:
        offer = factories.an_offer(session)
        learner = session.get_one(Learner, town.learner.learner_id)
        return factories.an_application(session, session.get_one(Offer, offer.id), learner, status=status).id or 0


async def test_the_list_has_its_three_groups(town: Town, opened: Opened) -> None:
    ids = {status: applied(town, status) for status in ApplicationStatus if status is not ApplicationStatus.DRAFT}
    state = opened(LearnerApplicationsState, "/candidatures")
    await call(town, state, "load")
    assert [card.application_id for card in state.accepted] == [ids[ApplicationStatus.ACCEPTED]]
    assert {card.status for card in state.live} == {"envoyée", "vue", "en contact"}
    assert {card.status for card in state.ended} == {"refusée", "retirée", "caduque", "sans réponse", "non aboutie"}
    assert state.total == 9


async def test_nothing_yet_is_an_empty_list(town: Town, opened: Opened) -> None:
    state = opened(LearnerApplicationsState, "/candidatures")
    await call(town, state, "load")
    assert (state.total, state.loading) == (0, False)


async def test_withdrawing_says_so_and_a_second_tap_changes_nothing(town: Town, opened: Opened) -> None:
    named = applied(town)
    state = opened(LearnerApplicationState, f"/candidatures/{named}")
    await call(town, state, "load")
    assert state.detail.can_withdraw
    await call(town, state, "withdraw", named)
    assert (state.detail.card.status, state.detail.can_withdraw) == ("retirée", False)
    assert "retirée" in state.notice
    await call(town, state, "withdraw", named)
    assert state.errors["form"]
    assert state.detail.card.status == "retirée"


@pytest.mark.parametrize("named", ["abc", "999", "-1", "9" * 40])
async def test_what_is_no_application_of_mine_is_not_found(town: Town, opened: Opened, named: str) -> None:
    state = opened(LearnerApplicationState, f"/candidatures/{named}")
    await call(town, state, "load")
    assert (state.missing, state.detail.card.application_id) == (True, 0)


async def test_one_that_was_refused_leads_to_three_others(town: Town, opened: Opened) -> None:
    state = opened(LearnerApplicationState, f"/candidatures/{applied(town, ApplicationStatus.REFUSED)}")
    await call(town, state, "load")
    assert len(state.detail.similar) == 3
