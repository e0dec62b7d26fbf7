"""A learner who found a place: said once, taken back, the others withdrawn; and who looked at their data."""

from collections.abc import Callable
from typing import Any

from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Application, Consultation, Introduction, Learner
from stageplus.states.learner.applications import LearnerApplicationState
from stageplus.states.learner.consulted import LearnerConsultedState
from stageplus.states.learner.place import LearnerPlaceState
from tests.factories import NOW
from tests.states.learner.conftest import Town, call
from tests.states.learner.test_applications import applied

Opened = Callable[[type, str], Any]


def status_of(town: Town, application: int) -> ApplicationStatus:
    with reading(town.database) as session:
        return session.get_one(Application, application).status


async def test_found_elsewhere_is_said_and_taken_back(town: Town, opened: Opened) -> None:
    named = applied(town)
    state = opened(LearnerPlaceState, "/candidatures")
    await call(town, state, "load")
    assert (state.place.has_place, state.place.live) == (False, 1)
    await call(town, state, "found_elsewhere", {"words": ""})
    assert (list(state.errors), state.answered) == (["words"], 0)
    await call(town, state, "found_elsewhere", {"words": "Merci à vous."})
    assert (state.place.found_elsewhere, state.answered, "1 candidature est retirée" in state.notice) == (True, 1, True)
    assert status_of(town, named) is ApplicationStatus.WITHDRAWN
    await call(town, state, "found_elsewhere", {"words": "Merci à vous."})
    assert (state.errors["form"] != "", state.answered) == (True, 1)
    await call(town, state, "search_again")
    assert (state.place.has_place, state.errors) == (False, {})


async def test_the_ticked_ones_are_withdrawn_the_others_kept(town: Town, opened: Opened) -> None:
    kept, gone, mine = applied(town), applied(town), applied(town, ApplicationStatus.ACCEPTED)
    with transaction(town.database) as session:
        learner = session.get_one(Learner, town.learner.learner_id)
        session.add(Introduction(application_id=mine, operator_id=learner.operator_id, created_at=NOW))
    state = opened(LearnerApplicationState, f"/candidatures/{mine}")
    await call(town, state, "load")
    assert {card.application_id for card in state.detail.others} == {kept, gone}
    await call(town, state, "leave_others", {"words": "Merci."})
    assert list(state.errors) == ["applications"]
    await call(town, state, "leave_others", {"applications": [str(gone)], "words": "Merci."})
    assert (status_of(town, kept), status_of(town, gone)) == (ApplicationStatus.SENT, ApplicationStatus.WITHDRAWN)
    assert [card.application_id for card in state.detail.others] == [kept]
    assert "1 candidature est retirée" in state.notice


async def test_who_looked_is_read_for_one_application_or_all(town: Town, opened: Opened) -> None:
    first, second = applied(town), applied(town)
    with transaction(town.database) as session:
        for application in session.exec(select(Application)).all():
            seen = {"role": Role.COMPANY, "day": NOW.date(), "at": NOW}
            session.add(Consultation(learner_id=application.learner_id, application_id=application.id, **seen))
    for address, lines in ((f"/candidatures/{first}", 1), (f"/candidatures/{second}", 1), ("/candidatures", 2)):
        state = opened(LearnerConsultedState, address)
        await call(town, state, "load")
        assert len(state.looked) == lines
