"""Enough applications for now: by hand or by a cap, said to learners, and open again by itself."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import LIVE, ApplicationStatus, RefusalReason
from stageplus.domain.errors import DomainError, InvalidInput, NotFound, NotPossible
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import EnoughApplications
from stageplus.models import Application, Offer
from stageplus.services.applications.actions import refuse_application, send_application, withdraw_application
from stageplus.services.applications.schemas import ApplicationInput, RefusalInput
from stageplus.services.offers.queries import offer_detail, open_offers
from stageplus.services.offers.schemas import OfferSearch
from stageplus.services.postings.actions import cap_applications, hold_applications, take_applications
from stageplus.services.postings.queries import my_offer, my_offers
from stageplus.services.postings.schemas import CapInput, Intake, PostingSearch
from tests import factories
from tests.factories import NOW
from tests.services.postings.conftest import House

ENOUGH = "L’entreprise a assez de candidatures pour l’instant."
REFUSAL = RefusalInput(reason=RefusalReason.OTHER, words="Merci.")


def learners(house: House, count: int) -> list[Actor]:
    with transaction(house.database) as session:
        return [factories.actor_of_learner(factories.a_learner(session)) for _number in range(count)]


def apply(house: House, learner: Actor, offer: int) -> int:
    data = ApplicationInput.read({"form_key": f"{learner.person_id:032x}", "motivation": "Le pain."})
    return send_application(learner, offer, data, now=NOW, on=house.database).application_id


def cap(house: House, offer: int, most: int | None) -> Intake:
    return cap_applications(house.member, offer, CapInput(most=most), now=NOW, on=house.database).intake


def intake(house: House, offer: int) -> Intake:
    return my_offer(house.member, offer, now=NOW, on=house.database).intake


def test_a_pause_by_hand_is_said_to_learners_and_refuses_politely(house: House) -> None:
    offer, [learner] = house.publish(), learners(house, 1)
    assert hold_applications(house.member, offer, now=NOW, on=house.database).intake.has_enough
    seen = offer_detail(learner, offer, now=NOW, on=house.database)
    assert (seen.is_open, seen.has_enough) == (False, True)
    assert ENOUGH in seen.closed_words
    [card] = open_offers(learner, OfferSearch.read({}), now=NOW, on=house.database).cards
    assert card.has_enough
    with pytest.raises(EnoughApplications):
        apply(house, learner, offer)
    [row] = my_offers(house.member, PostingSearch(), now=NOW, on=house.database).rows
    assert row.intake_words == "candidatures en pause"


def test_one_tap_opens_again(house: House) -> None:
    offer, [learner] = house.publish(), learners(house, 1)
    hold_applications(house.member, offer, now=NOW, on=house.database)
    opened = take_applications(house.member, offer, now=NOW, on=house.database)
    assert (opened.intake.has_enough, opened.row.intake_words) == (False, "")
    assert offer_detail(learner, offer, now=NOW, on=house.database).is_open
    assert apply(house, learner, offer)


def answer(house: House, application: int, learner: Actor) -> None:
    refuse_application(house.member, application, REFUSAL, now=NOW, on=house.database)


def leave(house: House, application: int, learner: Actor) -> None:
    withdraw_application(learner, application, now=NOW, on=house.database)


@pytest.mark.parametrize("fewer", [answer, leave])
def test_a_cap_pauses_and_opens_by_itself(house: House, fewer: Callable[[House, int, Actor], None]) -> None:
    offer, [first, second, third] = house.publish(), learners(house, 3)
    assert not cap(house, offer, 2).has_enough
    sent = apply(house, first, offer)
    assert not intake(house, offer).has_enough
    apply(house, second, offer)
    assert "2 candidatures attendent" in intake(house, offer).words
    with pytest.raises(EnoughApplications):
        apply(house, third, offer)
    fewer(house, sent, first)
    assert not intake(house, offer).has_enough
    assert apply(house, third, offer)


def test_a_cap_under_what_waits_pauses_at_once_and_a_higher_one_opens(house: House) -> None:
    offer = house.publish()
    for learner in learners(house, 3):
        apply(house, learner, offer)
    assert cap(house, offer, 2).has_enough
    assert not cap(house, offer, 4).has_enough
    assert cap(house, offer, 3).has_enough
    lifted = take_applications(house.member, offer, now=NOW, on=house.database).intake
    assert (lifted.has_enough, lifted.most) == (False, "")
    assert not cap(house, offer, None).has_enough


@pytest.mark.parametrize("most", ["0", "-1", "1000", "deux", "1,5", "9" * 400])
def test_a_cap_that_is_no_number_is_said_by_its_field(most: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        CapInput.read({"most": most})
    assert list(refused.value.fields) == ["most"]


@pytest.mark.parametrize("act", [hold_applications, take_applications])
def test_only_an_open_offer_of_ones_own_is_paused(house: House, act: Callable[..., object]) -> None:
    offer = house.publish()
    with pytest.raises(NotFound):
        act(house.stranger, offer, now=NOW, on=house.database)
    with transaction(house.database) as session:
        session.get_one(Offer, offer).status = OfferStatus.EXPIRED
    with pytest.raises(NotPossible):
        act(house.member, offer, now=NOW, on=house.database)


def test_what_was_never_answered_keeps_no_offer_closed(house: House) -> None:
    offer = house.publish()
    with transaction(house.database) as session:
        kept = session.get_one(Offer, offer)
        for status in (ApplicationStatus.UNANSWERED, ApplicationStatus.REFUSED, ApplicationStatus.ACCEPTED):
            factories.an_application(session, kept, factories.a_learner(session), status=status)
    assert not cap(house, offer, 1).has_enough


def test_twenty_who_apply_at_once_stay_within_the_cap(house: House) -> None:
    offer, crowd = house.publish(), learners(house, 20)
    cap(house, offer, 3)

    def attempt(learner: Actor) -> None:
        with suppress(DomainError):
            apply(house, learner, offer)

    with ThreadPoolExecutor(20) as threads:
        list(threads.map(attempt, crowd))
    with reading(house.database) as session:
        sent = [each.status in LIVE for each in session.exec(select(Application))]
        assert (len(sent), session.get_one(Offer, offer).at_cap) == (3, True)


def test_answers_at_once_leave_the_count_right(house: House) -> None:
    offer, crowd = house.publish(), learners(house, 8)
    sent = [apply(house, learner, offer) for learner in crowd]
    assert cap(house, offer, 1).has_enough
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda each: answer(house, each, house.member), sent))
    assert not intake(house, offer).has_enough
