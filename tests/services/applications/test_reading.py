"""What a learner reads of applications: who acts next, the story, other places when one ended."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from stageplus.db.engine import transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import InvalidInput
from stageplus.models import Application, ApplicationChange, Learner, Offer
from stageplus.services.applications.queries import my_application, my_applications
from stageplus.services.applications.schemas import ApplicationDetail, ApplicationInput
from tests import factories
from tests.factories import NOW
from tests.services.applications.conftest import Cast

ENDED = (
    ApplicationStatus.REFUSED,
    ApplicationStatus.LAPSED,
    ApplicationStatus.UNANSWERED,
    ApplicationStatus.FELL_THROUGH,
)


@pytest.fixture
def application(cast: Cast) -> int:
    with transaction(cast.database) as session:
        learner = session.get_one(Learner, cast.learner.learner_id)
        kept = factories.an_application(session, session.get_one(Offer, cast.offer), learner)
        step = {"application_id": kept.id, "step": "send", "status": ApplicationStatus.SENT, "at": NOW}
        factories.kept(session, ApplicationChange(**step))
        factories.an_offer(session)
        return kept.id or 0


def put(cast: Cast, application: int, **changed: Any) -> None:
    with transaction(cast.database) as session:
        session.get_one(Application, application).sqlmodel_update(changed)


def read(cast: Cast, application: int, days: int = 0) -> ApplicationDetail:
    return my_application(cast.learner, application, now=NOW + timedelta(days=days), on=cast.database)


@pytest.mark.parametrize("status", [ApplicationStatus.SENT, ApplicationStatus.SEEN])
def test_who_acts_next_and_by_when_is_said(cast: Cast, application: int, status: ApplicationStatus) -> None:
    put(cast, application, status=status)
    detail = read(cast, application)
    assert "au plus tard le mardi 8 décembre 2026" in detail.card.next_words
    assert [(step.state, step.who) for step in detail.timeline] == [("done", ""), ("now", "C’est à l’entreprise")]
    assert "mardi 8 décembre 2026" in detail.timeline[-1].when


def test_a_late_answer_is_called_late(cast: Cast, application: int) -> None:
    assert "devait" not in read(cast, application, days=14).card.next_words
    assert (
        "devait te répondre au plus tard le mardi 8 décembre 2026" in read(cast, application, days=15).card.next_words
    )


@pytest.mark.parametrize(
    ("status", "who"),
    [
        (ApplicationStatus.IN_CONTACT, "C’est à toi et à l’entreprise"),
        (ApplicationStatus.ACCEPTED, "C’est à ton opérateur"),
    ],
)
def test_the_story_goes_on_with_whoever_acts(cast: Cast, application: int, status: ApplicationStatus, who: str) -> None:
    put(cast, application, status=status)
    assert read(cast, application).timeline[-1].who == who


@pytest.mark.parametrize("status", [*ENDED, ApplicationStatus.WITHDRAWN])
def test_the_story_of_an_ended_one_stops(cast: Cast, application: int, status: ApplicationStatus) -> None:
    put(cast, application, status=status)
    assert [step.state for step in read(cast, application).timeline] == ["stopped"]


@pytest.mark.parametrize("status", ApplicationStatus)
def test_one_that_ended_without_me_leads_to_other_places(
    cast: Cast, application: int, status: ApplicationStatus
) -> None:
    put(cast, application, status=status)
    assert len(read(cast, application).similar) == (1 if status in ENDED else 0)


def test_a_list_tells_what_is_alive_and_what_is_kept(cast: Cast, application: int) -> None:
    for status, expected in (("SEEN", (True, False)), ("ACCEPTED", (False, True)), ("REFUSED", (False, False))):
        put(cast, application, status=ApplicationStatus[status])
        [card] = my_applications(cast.learner, now=NOW, on=cast.database)
        assert (card.is_live, card.is_accepted) == expected


@pytest.mark.parametrize("status", ApplicationStatus)
def test_reading_applications_takes_at_most_five_statements(
    cast: Cast, application: int, statements: Callable[[Callable[[], object]], int], status: ApplicationStatus
) -> None:
    put(cast, application, status=status)
    with transaction(cast.database) as session:
        learner = session.get_one(Learner, cast.learner.learner_id)
        for _number in range(5):
            factories.an_application(session, factories.an_offer(session), learner)
    assert 1 <= statements(lambda: read(cast, application)) <= 5
    assert statements(lambda: my_applications(cast.learner, now=NOW, on=cast.database)) == 1


@pytest.mark.parametrize(("field", "most"), [("motivation", 2000), ("experience", 1000), ("journey", 500)])
def test_each_answer_holds_what_its_column_holds(cast: Cast, field: str, most: int) -> None:
    typed = {"form_key": "c" * 32, "motivation": "Oui."}
    assert getattr(ApplicationInput.read(typed | {field: "é" * most}), field) == "é" * most
    for length in (most + 1, 100_000):
        with pytest.raises(InvalidInput) as refused:
            ApplicationInput.read(typed | {field: "é" * length})
        assert str(most) in refused.value.fields[field]
