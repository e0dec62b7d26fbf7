"""Sending an application: once, to an open offer, with a mail to both sides."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.errors import AlreadyDone, Denied
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import AlreadyApplied, OfferClosed
from stageplus.models import Application, ApplicationChange, Offer, OutboxMessage
from stageplus.services.applications.actions import send_application, withdraw_application
from stageplus.services.applications.queries import my_application, my_applications
from stageplus.services.applications.schemas import ApplicationInput, ApplicationReceipt
from tests.factories import NOW
from tests.services.applications.conftest import Cast

KEY, OTHER_KEY = "a" * 32, "b" * 32


def words(key: str = KEY) -> ApplicationInput:
    return ApplicationInput(form_key=key, motivation="J’aime le pain.")


def send(cast: Cast, key: str = KEY, **options: Any) -> ApplicationReceipt:
    return send_application(cast.learner, cast.offer, words(key), now=options.get("now", NOW), on=cast.database)


def test_an_application_is_kept_told_and_receipted(cast: Cast) -> None:
    receipt = send(cast)
    assert "8 décembre" in receipt.due_words
    [card] = my_applications(cast.learner, now=NOW, on=cast.database)
    assert (card.status_words, card.title) == ("Envoyée", "Boulangère / Boulanger (H/F/X)")
    with reading(cast.database) as session:
        assert {mail.kind for mail in session.exec(select(OutboxMessage))} == {
            "application-sent",
            "application-received",
        }
        assert [change.step for change in session.exec(select(ApplicationChange))] == ["send"]


def test_a_second_tap_gets_the_same_receipt(cast: Cast) -> None:
    assert send(cast) == send(cast)


def test_another_form_for_the_same_offer_is_told_so(cast: Cast) -> None:
    send(cast)
    with pytest.raises(AlreadyApplied):
        send(cast, OTHER_KEY)


def test_the_key_of_somebody_else_opens_nothing(cast: Cast) -> None:
    send(cast)
    with pytest.raises(AlreadyDone):
        send_application(cast.other_learner, cast.offer, words(), now=NOW, on=cast.database)


def test_one_may_apply_again_after_withdrawing(cast: Cast) -> None:
    withdraw_application(cast.learner, send(cast).application_id, now=NOW, on=cast.database)
    assert send(cast, OTHER_KEY).application_id


def test_a_tap_that_arrives_after_the_withdrawal_brings_nothing_back(cast: Cast) -> None:
    withdraw_application(cast.learner, send(cast).application_id, now=NOW, on=cast.database)
    with pytest.raises(AlreadyDone):
        send(cast)
    [card] = my_applications(cast.learner, now=NOW, on=cast.database)
    assert card.status_words == "Retirée"


@pytest.mark.parametrize("status", [status for status in OfferStatus if status is not OfferStatus.PUBLISHED])
def test_an_offer_that_is_not_published_takes_none(cast: Cast, status: OfferStatus) -> None:
    with transaction(cast.database) as session:
        session.get_one(Offer, cast.offer).status = status
    with pytest.raises(OfferClosed):
        send(cast)


def test_an_offer_of_nowhere_past_its_end_or_full_takes_none(cast: Cast) -> None:
    with pytest.raises(OfferClosed):
        send_application(cast.learner, 999, words(), now=NOW, on=cast.database)
    with pytest.raises(OfferClosed):
        send(cast, now=NOW + timedelta(days=61))
    with transaction(cast.database) as session:
        session.get_one(Offer, cast.offer).places_taken = 1
    with pytest.raises(OfferClosed):
        send(cast)


def test_only_learners_apply(cast: Cast) -> None:
    for actor in (None, cast.company, cast.operator):
        with pytest.raises(Denied):
            send_application(actor, cast.offer, words(), now=NOW, on=cast.database)


def test_the_same_application_sent_twenty_times_at_once_is_one(cast: Cast) -> None:
    with ThreadPoolExecutor(20) as crowd:
        receipts = list(crowd.map(lambda _turn: send(cast), range(20)))
    assert len({receipt.application_id for receipt in receipts}) == 1
    with reading(cast.database) as session:
        assert len(session.exec(select(Application)).all()) == 1
        assert len(session.exec(select(ApplicationChange)).all()) == 1


def test_the_learner_reads_the_whole_story(cast: Cast) -> None:
    identifier = send(cast).application_id
    detail = my_application(cast.learner, identifier, now=NOW, on=cast.database)
    assert [step.title for step in detail.timeline] == ["Candidature envoyée", "Lecture et réponse"]
    assert detail.can_withdraw
    withdrawn = withdraw_application(cast.learner, identifier, now=NOW, on=cast.database)
    assert not withdrawn.can_withdraw
    assert withdrawn.card.status_words == "Retirée"
