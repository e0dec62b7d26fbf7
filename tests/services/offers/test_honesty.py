"""An offer says how its establishment answers, how many applied and when it was confirmed: from the live data."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import ApplicationChange, Establishment, Offer, OfferChange, Person
from stageplus.services.offers.queries import offer_detail
from stageplus.services.offers.schemas import OfferDetail
from tests import factories
from tests.factories import NOW
from tests.matrix.test_statements import counted


@dataclass(frozen=True)
class House:
    """An establishment with an offer, and a learner who reads it."""

    database: Engine
    establishment: int
    offer: int
    learner: Actor


@pytest.fixture
def house(database: Engine) -> House:
    with transaction(database) as session:
        factories.minimal_reference(session)
        place = factories.an_establishment(session)
        offer = factories.an_offer(session, place, places=2)
        learner = factories.actor_of_learner(factories.a_learner(session))
        return House(database, place.id or 0, offer.id or 0, learner)


def read(house: House) -> OfferDetail:
    return offer_detail(house.learner, house.offer, now=NOW, on=house.database)


def applied(
    session: Session, offer: Offer, status: ApplicationStatus, *, sent: datetime, answered_after: int | None = None
) -> Person:
    learner = factories.a_learner(session)
    due = (sent + timedelta(days=7)).date()
    application = factories.an_application(session, offer, learner, status=status, sent_at=sent, answer_due_on=due)
    if answered_after is not None:
        step = {"application_id": application.id, "step": "refuse", "status": status, "role": Role.COMPANY}
        factories.kept(session, ApplicationChange(**step, at=sent + timedelta(days=answered_after)))
    return session.get_one(Person, learner.person_id)


def history(house: House, answered: int, silent: int, *, days_ago: int = 40) -> None:
    with transaction(house.database) as session:
        place = session.get_one(Establishment, house.establishment)
        past = factories.an_offer(session, place, status=OfferStatus.CLOSED)
        sent = NOW - timedelta(days=days_ago)
        for _number in range(answered):
            applied(session, past, ApplicationStatus.REFUSED, sent=sent, answered_after=3)
        for _number in range(silent):
            applied(session, past, ApplicationStatus.UNANSWERED, sent=sent)


def test_it_says_how_often_and_how_fast(house: House) -> None:
    history(house, 6, 2)
    assert read(house).answers == "6 réponses pour 8 candidatures ces 12 derniers mois, le plus souvent en 3 jours"


def test_silence_is_said_too(house: House) -> None:
    history(house, 0, 5)
    assert read(house).answers == "aucune réponse aux 5 candidatures de ces 12 derniers mois"


@pytest.mark.parametrize(("answered", "days_ago"), [(4, 40), (9, 400)])
def test_too_few_or_too_old_say_nothing(house: House, answered: int, days_ago: int) -> None:
    history(house, answered, 0, days_ago=days_ago)
    assert read(house).answers == ""


def test_another_establishment_of_the_company_answers_for_itself(house: House) -> None:
    with transaction(house.database) as session:
        company = session.get_one(Offer, house.offer).company_id
        annex = factories.an_establishment(session)
        annex.company_id = company
        past = factories.an_offer(session, annex)
        for _number in range(6):
            applied(session, past, ApplicationStatus.UNANSWERED, sent=NOW - timedelta(days=40))
    assert read(house).answers == ""


def test_whom_nobody_can_answer_counts_for_nothing(house: House) -> None:
    history(house, 4, 0)
    with transaction(house.database) as session:
        offer = session.get_one(Offer, house.offer)
        away = applied(session, offer, ApplicationStatus.UNANSWERED, sent=NOW - timedelta(days=40))
        away.suspended_at = NOW
        applied(session, offer, ApplicationStatus.WITHDRAWN, sent=NOW - timedelta(days=40))
        applied(session, offer, ApplicationStatus.SENT, sent=NOW - timedelta(days=1))
    assert read(house).answers == ""


def test_it_says_how_many_applied_for_how_many_places(house: House) -> None:
    assert read(house).applicants == "aucune pour l’instant, la tienne serait la première"
    with transaction(house.database) as session:
        offer = session.get_one(Offer, house.offer)
        for status in (ApplicationStatus.SENT, ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN):
            applied(session, offer, status, sent=NOW - timedelta(days=2))
    assert read(house).applicants == "2 pour 2 places"


def test_it_says_when_the_company_last_confirmed_it(house: House) -> None:
    with transaction(house.database) as session:
        session.get_one(Offer, house.offer).published_at = NOW - timedelta(days=30)
        steps = (("publish", 30), ("renew", 4), ("halt", 2), ("restore", 1))
        for step, days in steps:
            at = NOW - timedelta(days=days)
            change = {"offer_id": house.offer, "step": step, "status": OfferStatus.PUBLISHED}
            session.add(OfferChange(**change, at=at))
    assert read(house).confirmed == "il y a 4 jours"


def test_it_costs_one_statement_however_many_applied(house: House) -> None:
    read(house)
    with counted(house.database) as few:
        read(house)
    history(house, 30, 30)
    with counted(house.database) as many:
        read(house)
    assert len(few) == len(many) <= 4
