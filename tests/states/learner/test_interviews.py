"""A learner's interview without a browser: taken, other moments, cancelled; what does not fit stays in its dialog."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.models import InterviewSlot, Learner
from stageplus.states.learner.interviews import LearnerInterviewState
from tests import factories
from tests.states.learner.conftest import Town, call

Opened = Callable[[type, str], Any]
SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=5)


def invited(town: Town, **fields: Any) -> tuple[int, int]:
    with transaction(town.database) as session:
        learner = session.get_one(Learner, town.learner.learner_id)
        application = factories.an_application(session, factories.an_offer(session), learner)
        factories.an_interview(session, application, SOON, **fields)
        slot = session.exec(select(InterviewSlot)).one()
        return application.id or 0, slot.id or 0


async def shown(town: Town, opened: Opened, number: int) -> Any:
    state = opened(LearnerInterviewState, f"/candidatures/{number}")
    await call(town, state, "load")
    return state


async def test_taking_a_moment_shows_it_at_once(town: Town, opened: Opened) -> None:
    number, slot = invited(town)
    state = await shown(town, opened, number)
    assert state.detail.interview.my_turn
    await call(town, state, "take", number, slot)
    assert (state.detail.interview.state, state.settled) == ("fixé", 1)
    assert "fixé" in state.notice
    assert state.detail.interview.file == f"/entretiens/{number}.ics"


@pytest.mark.parametrize("slot", ["x", "-1", "9" * 40, None, 999])
async def test_a_moment_of_nowhere_changes_nothing(town: Town, opened: Opened, slot: Any) -> None:
    number, _slot = invited(town)
    state = await shown(town, opened, number)
    await call(town, state, "take", number, slot)
    assert (state.detail.interview.state, state.settled) == ("proposé", 0)
    assert state.errors["form"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "day"),
        ({"day": "2027-02-31"}, "day"),
        ({"day": "hier"}, "day"),
        ({"at": "25:61"}, "at"),
        ({"at": ""}, "at"),
        ({"day_2": "2027-02-31", "at_2": "10:00"}, "day_2"),
        ({"day_3": "", "at_3": "10:00"}, "day_3"),
        ({"day_2": "2020-01-01", "at_2": "10:00"}, "day_2"),
        ({"day_2": "9999-12-31", "at_2": "10:00"}, "day_2"),
        ({"day_2": "2027-03-28", "at_2": "02:30"}, "at_2"),
        ({"at_2": "10:00+02:00", "day_2": "2027-01-01"}, "at_2"),
        ({"why": "x" * 301}, "why"),
    ],
)
async def test_what_does_not_fit_is_told_beside_its_field(
    town: Town, opened: Opened, typed: dict[str, str], field: str
) -> None:
    number, _slot = invited(town)
    state = await shown(town, opened, number)
    fits = {"day": (SOON + timedelta(days=1)).date().isoformat(), "at": "10:00"} if typed else {"at": "10:00"}
    await call(town, state, "offer_others", {"application": str(number), **fits, **typed})
    assert (list(state.errors), state.asking, state.settled) == ([field], "autres", 0)
    assert state.detail.interview.state == "proposé"


async def test_other_moments_need_no_reason_but_moving_and_cancelling_do(town: Town, opened: Opened) -> None:
    number, _slot = invited(town)
    state = await shown(town, opened, number)
    named = {"application": str(number), "day": (SOON + timedelta(days=1)).date().isoformat(), "at": "10:00"}
    await call(town, state, "offer_others", named)
    assert (state.detail.interview.state, state.asking, state.settled) == ("autres moments", "", 1)
    await call(town, state, "cancel", {"application": str(number), "why": " "})
    assert (list(state.errors), state.asking) == (["why"], "annuler")
    await call(town, state, "cancel", {"application": str(number), "why": "J’ai trouvé ailleurs."})
    assert (state.detail.interview.state, state.errors) == ("annulé", {})


async def test_somebody_elses_interview_is_out_of_reach(town: Town, opened: Opened) -> None:
    number, _slot = invited(town)
    state = await shown(town, opened, number)
    with transaction(town.database) as session:
        other = factories.an_application(session, factories.an_offer(session), factories.a_learner(session))
        factories.an_interview(session, other, SOON)
        theirs = session.exec(select(InterviewSlot).order_by(InterviewSlot.id.desc())).first()  # type: ignore[union-attr]
    await call(town, state, "take", other.id, theirs.id if theirs else 0)
    assert state.settled == 0
    with reading(town.database) as session:
        assert session.get_one(factories.Interview, other.id and theirs and theirs.interview_id).starts_at is None
