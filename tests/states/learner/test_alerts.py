"""Alerts without a browser: what the form carries is saved, what is claimed is checked, what is shown is seen."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from stageplus.db.engine import transaction
from stageplus.models import Establishment
from stageplus.services.alerts.actions import watch_offers
from stageplus.states.learner import alerts
from stageplus.states.learner.alerts import LearnerAlertsState
from stageplus.texts.formats import day_in_brussels
from tests import factories
from tests.states.learner.conftest import Town, call

Opened = Callable[[type, str], Any]
BAKER = "q=boulanger&lieu=Namur&rayon=15&jours=oui"


@pytest.fixture(autouse=True)
def _no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    async def counted(_state: Any) -> None: ...

    monkeypatch.setattr(alerts.LearnerAlertsState, "_count_waiting", counted)


async def saved(town: Town, opened: Opened, search: str = BAKER, pace: str = "chaque jour") -> Any:
    state = opened(LearnerAlertsState, "/offres")
    await call(town, state, "save", {"search": search, "pace": pace})
    return state


async def test_the_present_search_becomes_an_alert_that_leads_back_to_it(town: Town, opened: Opened) -> None:
    state = await saved(town, opened)
    assert (state.saved, state.errors, "Alertes" in state.notice) == (1, {}, True)
    await call(town, state, "load")
    [line] = state.lines
    assert line.label == "boulanger · Namur, à 15 km · mes jours"
    assert line.href == "/offres?jours=oui&lieu=Namur&rayon=15&q=boulanger"
    assert (line.pace, state.by_mail, state.fresh) == ("chaque jour", True, [])


@pytest.mark.parametrize(
    ("search", "pace"),
    [
        ("", "chaque jour"),
        ("q=", "chaque jour"),
        ("lieu=Nulle-part", "chaque jour"),
        (BAKER, "toutes les heures"),
        (f"q={'a' * 500}", "chaque jour"),
        ("q=pain&rayon=17", "chaque jour"),
    ],
)
async def test_what_does_not_fit_saves_nothing_and_says_why(town: Town, opened: Opened, search: str, pace: str) -> None:
    state = await saved(town, opened, search, pace)
    assert state.saved == 0 and state.errors and not state.fault
    await call(town, state, "load")
    assert state.lines == []


async def test_pace_end_and_no_more_mails(town: Town, opened: Opened) -> None:
    state = await saved(town, opened)
    await call(town, state, "load")
    named = state.lines[0].alert_id
    await call(town, state, "change", named, "chaque semaine")
    assert state.lines[0].pace == "chaque semaine"
    await call(town, state, "stop")
    assert (state.by_mail, state.lines[0].pace) == (False, "sur le site")
    await call(town, state, "drop", named)
    assert (state.lines, "supprimée" in state.notice) == ([], True)


async def test_news_are_new_until_they_were_shown(town: Town, opened: Opened) -> None:
    state = await saved(town, opened, "q=boulanger")
    soon = datetime.now(UTC) + timedelta(seconds=1)
    with transaction(town.database) as session:
        house = session.get_one(Establishment, 1)
        factories.an_offer(session, house, published_at=soon, ends_on=day_in_brussels(soon))
    watch_offers(now=soon + timedelta(minutes=3), on=town.database)
    await call(town, state, "load")
    assert (len(state.fresh), state.seen) == (1, [])
    await call(town, state, "load")
    assert (state.fresh, len(state.seen)) == ([], 1)


@pytest.mark.parametrize("claimed", ["abc", -1, "1 OR 1=1", 10**12, 999])
async def test_an_alert_of_nobody_changes_nothing(town: Town, opened: Opened, claimed: Any) -> None:
    state = await saved(town, opened)
    await call(town, state, "change", claimed, "chaque semaine")
    assert state.missing
    await call(town, state, "drop", claimed)
    await call(town, state, "load")
    assert [line.pace for line in state.lines] == ["chaque jour"]
