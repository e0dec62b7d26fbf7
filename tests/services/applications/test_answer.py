"""Answering an application: seen, interview, accepted once per place, refused; never another company's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.applications import ApplicationStatus, RefusalReason
from stageplus.domain.errors import Denied, InvalidInput, NotFound, NotPossible
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import NoPlaceLeft
from stageplus.models import Application, Introduction, Learner, Offer, OutboxMessage
from stageplus.services.applications.actions import (
    accept_application,
    give_up_waiting,
    propose_interview,
    refuse_application,
    remind_companies,
    see_application,
    withdraw_application,
)
from stageplus.services.applications.queries import inbox, inbox_detail, my_application
from stageplus.services.applications.schemas import InboxSearch, RefusalInput
from stageplus.services.interviews.schemas import InterviewInput
from tests import factories
from tests.factories import NOW
from tests.services.applications.conftest import Cast

REFUSAL = RefusalInput(reason=RefusalReason.OTHER_PROFILE, words="Merci pour votre candidature.")


@pytest.fixture
def application(cast: Cast) -> int:
    with transaction(cast.database) as session:
        offer = session.get_one(Offer, cast.offer)
        learner = session.get_one(Learner, cast.learner.learner_id)
        return factories.an_application(session, offer, learner).id or 0


def status_of(cast: Cast, application: int) -> ApplicationStatus:
    with reading(cast.database) as session:
        return session.get_one(Application, application).status


def test_opening_it_says_it_was_seen_once(cast: Cast, application: int) -> None:
    see_application(cast.company, application, now=NOW, on=cast.database)
    detail = see_application(cast.company, application, now=NOW, on=cast.database)
    assert detail.row.status_words == "Vue"
    assert len(detail.timeline) == 1


def test_an_interview_is_proposed_and_told(cast: Cast, application: int) -> None:
    data = InterviewInput.read({"day": "2026-12-01", "at": "14:30", "place": "À l’atelier"})
    propose_interview(cast.company, application, data, now=NOW, on=cast.database)
    seen = my_application(cast.learner, application, now=NOW, on=cast.database)
    assert "mardi 1er décembre 2026" in seen.interview.slots[0].words
    assert seen.interview.place == "À l’atelier"


def test_an_interview_is_in_the_future(cast: Cast, application: int) -> None:
    data = InterviewInput.read({"day": "2026-11-24", "at": "09:59", "place": "Ici"})
    with pytest.raises(InvalidInput):
        propose_interview(cast.company, application, data, now=NOW, on=cast.database)


def test_accepting_counts_the_place_introduces_and_fills_the_offer(cast: Cast, application: int) -> None:
    detail = accept_application(cast.company, application, now=NOW, on=cast.database)
    assert detail.row.status_words == "Retenue"
    assert detail.next_steps
    with reading(cast.database) as session:
        offer = session.get_one(Offer, cast.offer)
        assert (offer.places_taken, offer.status) == (1, OfferStatus.FILLED)
        [introduction] = session.exec(select(Introduction)).all()
        assert introduction.operator_id == cast.operator.operator_id
        kinds = {mail.kind for mail in session.exec(select(OutboxMessage))}
        assert {"application-accepted", "introduction"} <= kinds


def test_a_full_offer_ends_the_other_applications_kindly(cast: Cast, application: int) -> None:
    with transaction(cast.database) as session:
        learner = session.get_one(Learner, cast.other_learner.learner_id)
        other = factories.an_application(session, session.get_one(Offer, cast.offer), learner).id or 0
    accept_application(cast.company, application, now=NOW, on=cast.database)
    assert status_of(cast, other) is ApplicationStatus.LAPSED


def test_refusing_gives_reason_and_words(cast: Cast, application: int) -> None:
    refuse_application(cast.company, application, REFUSAL, now=NOW, on=cast.database)
    seen = my_application(cast.learner, application, now=NOW, on=cast.database)
    assert (seen.refusal_words != "", seen.company_words) == (True, REFUSAL.words)


def test_a_withdrawn_application_is_no_longer_seen(cast: Cast, application: int) -> None:
    withdraw_application(cast.learner, application, now=NOW, on=cast.database)
    assert inbox(cast.company, InboxSearch(), now=NOW, on=cast.database).rows == []
    with pytest.raises(NotFound):
        inbox_detail(cast.company, application, now=NOW, on=cast.database)


def test_an_answered_application_is_not_answered_again(cast: Cast, application: int) -> None:
    refuse_application(cast.company, application, REFUSAL, now=NOW, on=cast.database)
    with pytest.raises(NotPossible):
        accept_application(cast.company, application, now=NOW, on=cast.database)


def test_another_company_finds_nothing_and_other_roles_may_not(cast: Cast, application: int) -> None:
    for answer in (see_application, accept_application, inbox_detail):
        with pytest.raises(NotFound):
            answer(cast.other_company, application, now=NOW, on=cast.database)
        for actor in (None, cast.learner, cast.operator):
            with pytest.raises(Denied):
                answer(actor, application, now=NOW, on=cast.database)
    assert status_of(cast, application) is ApplicationStatus.SENT


def test_a_member_of_one_establishment_sees_that_one_only(cast: Cast, application: int) -> None:
    with transaction(cast.database) as session:
        offer = session.get_one(Offer, cast.offer)
        elsewhere = factories.an_establishment(session, company=None, company_id=offer.company_id)
        there = factories.a_member(session, offer.company_id, elsewhere.id)
        here = factories.a_member(session, offer.company_id, offer.establishment_id)
    assert inbox(there, InboxSearch(), now=NOW, on=cast.database).rows == []
    assert len(inbox(here, InboxSearch(), now=NOW, on=cast.database).rows) == 1


def test_the_last_place_is_taken_once_by_twenty_at_a_time(cast: Cast) -> None:
    with transaction(cast.database) as session:
        offer = session.get_one(Offer, cast.offer)
        ids = [factories.an_application(session, offer, factories.a_learner(session)).id or 0 for _ in range(20)]

    def accept(application: int) -> bool:
        try:
            accept_application(cast.company, application, now=NOW, on=cast.database)
        except (NoPlaceLeft, NotPossible):
            return False
        return True

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(accept, ids)) == 1
    with reading(cast.database) as session:
        assert session.get_one(Offer, cast.offer).places_taken == 1
        assert len(session.exec(select(Introduction)).all()) == 1


def mails_of(cast: Cast, kind: str) -> int:
    with reading(cast.database) as session:
        return len(session.exec(select(OutboxMessage).where(OutboxMessage.kind == kind)).all())


@pytest.mark.parametrize(("days", "reminders"), [(6, 0), (7, 1), (13, 1), (14, 1), (29, 1), (31, 0)])
def test_a_company_is_reminded_once_per_delay(cast: Cast, application: int, days: int, reminders: int) -> None:
    for _run in range(2):
        remind_companies(now=NOW + timedelta(days=days), on=cast.database)
    sent = mails_of(cast, "application-reminder-1") + mails_of(cast, "application-reminder-2")
    assert sent == reminders


def test_an_answered_application_is_not_recalled(cast: Cast, application: int) -> None:
    refuse_application(cast.company, application, REFUSAL, now=NOW, on=cast.database)
    assert remind_companies(now=NOW + timedelta(days=8), on=cast.database) == 0


def test_silence_ends_after_thirty_days_and_a_late_answer_stays_possible(cast: Cast, application: int) -> None:
    assert give_up_waiting(now=NOW + timedelta(days=29), on=cast.database) == 0
    later = NOW + timedelta(days=30)
    assert give_up_waiting(now=later, on=cast.database) == 1
    assert give_up_waiting(now=later, on=cast.database) == 0
    assert status_of(cast, application) is ApplicationStatus.UNANSWERED
    assert mails_of(cast, "application-unanswered") == 1
    accept_application(cast.company, application, now=later, on=cast.database)
    assert status_of(cast, application) is ApplicationStatus.ACCEPTED
