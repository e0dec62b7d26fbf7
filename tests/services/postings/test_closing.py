"""Closing an offer: its outcome, an answer to everybody who waits, and nobody refused unseen."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.applications import ANSWERABLE, ApplicationStatus, RefusalReason
from stageplus.domain.errors import DomainError, InvalidInput
from stageplus.domain.offers import ClosingReason, OfferStatus
from stageplus.domain.refusals import ApplicantsWait
from stageplus.models import Application, Learner, Offer, OutboxMessage, Person
from stageplus.services.applications.actions import send_application
from stageplus.services.applications.schemas import ApplicationInput
from stageplus.services.postings.actions import close_offer
from stageplus.services.postings.queries import my_offer
from stageplus.services.postings.schemas import ClosingInput, PostingDetail
from tests import factories
from tests.factories import NOW
from tests.services.postings.conftest import House


def close(house: House, offer: int, reason: ClosingReason, **fields: Any) -> PostingDetail:
    return close_offer(house.member, offer, ClosingInput(reason=reason, **fields), now=NOW, on=house.database)


def applied(house: House, offer: int, status: ApplicationStatus = ApplicationStatus.SENT) -> int:
    with transaction(house.database) as session:
        learner = factories.a_learner(session)
        made: int = factories.an_application(session, session.get_one(Offer, offer), learner, status=status).id or 0
    return made


@pytest.mark.parametrize(
    ("reason", "status", "said"),
    [
        (ClosingReason.FILLED_HERE, OfferStatus.FILLED, RefusalReason.PLACES_TAKEN),
        (ClosingReason.FILLED_ELSEWHERE, OfferStatus.FILLED, RefusalReason.PLACES_TAKEN),
        (ClosingReason.NO_LONGER_NEEDED, OfferStatus.CLOSED, RefusalReason.OFFER_ENDED),
        (ClosingReason.OTHER, OfferStatus.CLOSED, RefusalReason.OFFER_ENDED),
    ],
)
def test_closing_answers_everybody_who_waits_in_one_go(
    house: House, reason: ClosingReason, status: OfferStatus, said: RefusalReason
) -> None:
    offer = house.publish()
    waiting = [applied(house, offer, each) for each in sorted(ANSWERABLE)]
    refused = applied(house, offer, ApplicationStatus.REFUSED)
    shown = my_offer(house.member, offer, now=NOW, on=house.database)
    assert sorted(each.application_id for each in shown.waiting) == waiting
    closed = close(house, offer, reason, words="Merci à vous.", shown=shown.shown)
    assert (closed.row.status, closed.steps, closed.waiting) == (status.value, [], [])
    with reading(house.database) as session:
        for each in waiting:
            answered = session.get_one(Application, each)
            assert (answered.status, answered.refusal_reason) == (ApplicationStatus.REFUSED, said)
            assert answered.company_words == "Merci à vous."
        mails = session.exec(select(OutboxMessage).where(OutboxMessage.kind == "application-refused")).all()
        assert len(mails) == len(waiting)
        assert "Merci à vous." in mails[0].text
        assert session.get_one(Application, refused).company_words == ""
        assert session.get_one(Offer, offer).closing_reason is reason


@pytest.mark.parametrize("shown", ["", None])
def test_closing_without_a_word_to_those_who_wait_changes_nothing(house: House, shown: str | None) -> None:
    offer = house.publish()
    application = applied(house, offer)
    with pytest.raises(InvalidInput, match="words") as refused:
        close(house, offer, ClosingReason.OTHER, shown=shown if shown is not None else str(application))
    assert "1 personne attend votre réponse" in refused.value.fields["words"].replace("\u00a0", " ")
    with reading(house.database) as session:
        assert session.get_one(Application, application).status is ApplicationStatus.SENT
        assert session.get_one(Offer, offer).status is OfferStatus.PUBLISHED


def test_whoever_applies_meanwhile_is_not_refused_unseen(house: House) -> None:
    offer = house.publish()
    first = applied(house, offer)
    late = applied(house, offer)
    with pytest.raises(ApplicantsWait):
        close(house, offer, ClosingReason.OTHER, words="Merci.", shown=str(first))
    with reading(house.database) as session:
        statuses = [session.get_one(Application, each).status for each in (first, late)]
    assert statuses == [ApplicationStatus.SENT, ApplicationStatus.SENT]
    close(house, offer, ClosingReason.OTHER, words="Merci.", shown=f"{first} {late}")


def test_an_application_of_somebody_suspended_lapses_when_the_offer_closes(house: House) -> None:
    offer = house.publish()
    application = applied(house, offer)
    with transaction(house.database) as session:
        learner = session.get_one(Learner, session.get_one(Application, application).learner_id)
        session.get_one(Person, learner.person_id).suspended_at = NOW
    assert my_offer(house.member, offer, now=NOW, on=house.database).waiting == []
    close(house, offer, ClosingReason.OTHER)
    with reading(house.database) as session:
        assert session.get_one(Application, application).status is ApplicationStatus.LAPSED


def test_an_application_and_a_closing_at_once_leave_nobody_without_an_answer(house: House) -> None:
    offer = house.publish()
    with transaction(house.database) as session:
        learners = [factories.actor_of_learner(factories.a_learner(session)) for _number in range(6)]

    def act(turn: int) -> None:
        with suppress(DomainError):
            if turn == 3:
                close(house, offer, ClosingReason.OTHER)
            else:
                data = ApplicationInput.read({"form_key": f"{turn}" * 32, "motivation": "Le pain."})
                send_application(learners[turn if turn < 3 else turn - 1], offer, data, now=NOW, on=house.database)

    with ThreadPoolExecutor(7) as crowd:
        list(crowd.map(act, range(7)))
    with reading(house.database) as session:
        sent = len(session.exec(select(Application).where(Application.status == ApplicationStatus.SENT)).all())
        status = session.get_one(Offer, offer).status
    assert (status is OfferStatus.CLOSED) is (sent == 0)
    assert sent in {0, 6}
