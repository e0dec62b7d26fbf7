"""The figures beside an offer, and the help that tells the operators nearby."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from stageplus.db.engine import transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Application, Offer
from stageplus.states.company import figures
from stageplus.states.company.figures import CompanyFiguresState
from tests import factories
from tests.states.company.conftest import Shop, run

Open = Callable[..., Any]


@pytest.fixture(autouse=True)
def _here(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("offer_figures", "tell_operators"):
        monkeypatch.setattr(figures, name, partial(getattr(figures, name), on=shop.database))


async def test_the_operators_nearby_are_told_once_and_it_is_said(open_state: Open, shop: Shop) -> None:
    with transaction(shop.database) as session:
        session.get_one(Application, shop.application).status = ApplicationStatus.WITHDRAWN
        offer = session.get_one(Offer, shop.offer)
        offer.ends_on = factories.TOMORROW + timedelta(days=3)
        operator = factories.an_operator(session)
        factories.a_staff_member(session, operator.id or 0)
    state = open_state(CompanyFiguresState, f"/entreprise/offres/{shop.offer}")
    await run(state, "load")
    assert (state.figures.needs_help, state.figures.can_tell, state.figures.applications) == (True, True, "0")
    await run(state, "tell")
    assert (state.errors, "prévenue" in state.notice, state.figures.can_tell) == ({}, True, False)
    await run(state, "tell")
    assert (list(state.errors), state.notice) == (["form"], "")
