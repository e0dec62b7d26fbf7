"""Reminders of an end: on time, once, to the right people, again after a renewal, and none lost in a stop."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.offers import OfferStatus
from stageplus.models import Offer, OutboxMessage, Parameter, Person, SingleUseLink
from stageplus.services.postings.actions import expire_offers, renew_offer
from stageplus.services.renewals.actions import remind_of_endings
from tests import factories
from tests.factories import NOW


@dataclass(frozen=True)
class House:
    """An offer that ends in sixty days, and who acts for it."""

    database: Engine
    offer: int
    everywhere: Actor
    elsewhere: Actor

    def run(self, days: int) -> int:
        """Run the night's jobs so many days from now."""
        at = NOW + timedelta(days=days)
        reminded = remind_of_endings(now=at, on=self.database)
        expire_offers(now=at, on=self.database)
        return reminded

    def mails(self) -> list[OutboxMessage]:
        """Read the reminders, oldest first."""
        with reading(self.database) as session:
            sent = select(OutboxMessage).where(OutboxMessage.kind == "offer-ending")
            return list(session.exec(sent.order_by(col(OutboxMessage.id))))


@pytest.fixture
def house(database: Engine) -> House:
    """Publish an offer of a company with two establishments."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        establishment = factories.an_establishment(session)
        factories.an_approval(session, establishment)
        annex = factories.an_establishment(session, session.get(factories.Company, establishment.company_id))
        offer = factories.an_offer(session, establishment, starts_until=NOW.date() + timedelta(days=300))
        everywhere = factories.a_member(session, establishment.company_id)
        elsewhere = factories.a_member(session, establishment.company_id, annex.id)
        return House(database, offer.id or 0, everywhere, elsewhere)


def test_it_is_reminded_of_seven_days_and_one_day_before_and_no_other_day(house: House) -> None:
    assert [day for day in range(62) if house.run(day)] == [53, 59]
    subjects = [mail.subject for mail in house.mails()]
    assert subjects == ["Votre offre se termine bientôt"] * 2
    assert "23 janvier 2027" in house.mails()[0].text


def test_running_again_the_same_day_reminds_nobody_again(house: House) -> None:
    assert [house.run(53), house.run(53), house.run(53)] == [1, 0, 0]
    assert len(house.mails()) == 1


def test_only_who_acts_there_and_is_not_suspended_is_written_to(house: House) -> None:
    with transaction(house.database) as session:
        company = session.get_one(Offer, house.offer).company_id
        suspended = factories.a_member(session, company)
        session.get_one(Person, suspended.person_id).suspended_at = NOW
        email = session.get_one(Person, house.everywhere.person_id).email
    house.run(53)
    assert [mail.recipient for mail in house.mails()] == [email]
    with reading(house.database) as session:
        assert len(session.exec(select(SingleUseLink)).all()) == 1


def test_without_anybody_to_write_to_it_waits_for_somebody(house: House) -> None:
    with transaction(house.database) as session:
        session.get_one(Person, house.everywhere.person_id).suspended_at = NOW
    assert house.run(53) == 0
    with transaction(house.database) as session:
        session.get_one(Person, house.everywhere.person_id).suspended_at = None
    assert house.run(54) == 1


@pytest.mark.parametrize(
    ("stopped", "days"),
    [({53, 54}, [55, 59]), ({59, 60}, [53, 61]), ({52, 53}, [54, 59]), (set(range(50, 60)), [60])],
)
def test_a_stop_loses_no_reminder(house: House, stopped: set[int], days: list[int]) -> None:
    assert [day for day in range(70) if day not in stopped and house.run(day)] == days
    is_over = [mail.subject == "Votre offre n’est plus en ligne" for mail in house.mails()]
    assert is_over[-1] is (days[-1] == 61)


def test_a_renewed_offer_is_reminded_of_again(house: House) -> None:
    house.run(53)
    renew_offer(house.everywhere, house.offer, now=NOW + timedelta(days=54), on=house.database)
    assert [day for day in range(55, 116) if house.run(day)] == [107, 113]


@pytest.mark.parametrize("status", [status for status in OfferStatus if status is not OfferStatus.PUBLISHED])
def test_what_is_not_on_line_is_not_reminded_of(house: House, status: OfferStatus) -> None:
    with transaction(house.database) as session:
        session.get_one(Offer, house.offer).status = status
    assert house.run(53) == 0


def test_an_offer_that_ended_long_ago_is_left_in_peace(house: House) -> None:
    with transaction(house.database) as session:
        session.get_one(Offer, house.offer).status = OfferStatus.EXPIRED
    assert (house.run(75), house.run(74)) == (0, 1)


def test_the_days_are_those_in_force(house: House) -> None:
    with transaction(house.database) as session:
        values = {"unit": "days", "source": "test", "effective_from": NOW.date() + timedelta(days=40)}
        session.add(Parameter(name="offer_reminder_days_1", value="10", **values))
    assert [day for day in range(62) if house.run(day)] == [50, 59]


def test_the_day_is_the_one_of_brussels(house: House) -> None:
    before_midnight = datetime(2027, 1, 15, 22, 30, tzinfo=UTC)
    assert remind_of_endings(now=before_midnight, on=house.database) == 0
    assert remind_of_endings(now=before_midnight + timedelta(hours=1), on=house.database) == 1
    with reading(house.database) as session:
        assert session.get_one(Offer, house.offer).ends_on == date(2027, 1, 23)


def test_those_who_wait_are_counted_and_never_named(house: House) -> None:
    with transaction(house.database) as session:
        person = factories.a_person(session, Role.LEARNER, first_name="Zibeline")
        learner = factories.a_learner(session, person_id=person.id)
        factories.an_application(session, session.get_one(Offer, house.offer), learner)
    house.run(53)
    [mail] = house.mails()
    assert "1 personne attend votre réponse." in mail.text
    assert "Zibeline" not in mail.text + mail.html
    assert mail.text.count("/lien/") == 1
