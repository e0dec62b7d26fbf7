"""A year of the site with a moving clock: no dead offer is listed, nobody is reminded twice, and nobody is forgotten.

Every day the site publishes, companies fill, close or renew, and the night's jobs run; on some days it is stopped, two
in a row. What must have been sent is worked out here by another way: from each life of an offer, day by day.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select, update

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.offers import OfferStatus
from stageplus.models import Offer, OfferReminder, OutboxMessage
from stageplus.services.offers.queries import open_offers
from stageplus.services.offers.schemas import OfferSearch
from stageplus.services.postings.actions import expire_offers, renew_offer
from stageplus.services.renewals.actions import remind_of_endings
from tests import factories
from tests.factories import NOW

YEAR, LIFETIME, FIRST, LAST, LATE = 365, 60, 7, 1, 14
START = NOW.date()
FILLED_A_DAY = 0.035


@dataclass
class Life:
    """One life of an offer: from its publication, or renewal, to its last day; `until` is when it left the site."""

    offer: int
    ends_on: date
    until: date | None = None


@dataclass
class Year:
    """What happened, as told by the days themselves."""

    database: Engine
    member: Actor
    learner: Actor
    random: Random = field(default_factory=lambda: Random(5))
    lives: list[Life] = field(default_factory=list)
    running: list[date] = field(default_factory=list)

    def publish(self, session: Session, count: int, today: date, houses: list[factories.Establishment]) -> None:
        """Publish some offers; most are filled long before their end."""
        for _number in range(count):
            ends = today + timedelta(days=LIFETIME)
            house = self.random.choice(houses)
            offer = factories.an_offer(session, house, ends_on=ends, starts_until=START + timedelta(days=600))
            self.lives.append(Life(offer.id or 0, ends))

    def leave(self, session: Session, lives: list[Life], today: date) -> None:
        """Take offers off the site for good."""
        for life in lives:
            life.until = today
        gone = update(Offer).where(col(Offer.id).in_([life.offer for life in lives]))
        session.execute(gone.values(status=OfferStatus.FILLED))

    def people_act(self, now: datetime) -> None:
        """Let companies fill and renew on a day when the site runs."""
        today = now.date()
        with transaction(self.database) as session:
            open_ones = [each for each in self.lives if each.until is None and each.ends_on >= today]
            self.leave(session, [each for each in open_ones if self.random.random() < FILLED_A_DAY], today)
        soon = [each for each in self.lives if each.until is None and 0 <= (each.ends_on - today).days <= FIRST]
        for life in soon:
            if self.random.random() < 0.03:
                renew_offer(self.member, life.offer, now=now, on=self.database)
                life.until = today
                self.lives.append(Life(life.offer, today + timedelta(days=LIFETIME)))

    def dead_ones_listed(self, today: date) -> int:
        """Count the offers on line whose last day is over."""
        with Session(self.database) as session:
            dead = select(func.count()).where(Offer.status == OfferStatus.PUBLISHED, col(Offer.ends_on) < today)
            return session.exec(dead).one()

    def expected(self) -> set[tuple[int, date, int]]:
        """Work out each reminder that the year owes."""
        owed = set[tuple[int, date, int]]()
        for life in self.lives:
            first_days = [d for d in self.running if FIRST >= (life.ends_on - d).days > LAST]
            last_days = [d for d in self.running if LAST >= (life.ends_on - d).days >= -LATE]
            for turn, days in ((1, first_days), (2, last_days)):
                # Companies act before the night's jobs: who left that very day is reminded of nothing.
                if days and (life.until is None or days[0] < life.until):
                    owed.add((life.offer, life.ends_on, turn))
        return owed


def begun(database: Engine) -> tuple[Year, list[factories.Establishment]]:
    with transaction(database) as session:
        factories.minimal_reference(session)
        company = factories.a_company(session)
        houses = [factories.an_establishment(session, company, workers=5_000) for _number in range(20)]
        for house in houses:
            factories.an_approval(session, house)
        learner = factories.actor_of_learner(factories.a_learner(session))
        return Year(database, factories.a_member(session, company.id or 0), learner), houses


def live(database: Engine, offers: int) -> Year:
    """Live through the year; the site is stopped for two days every five weeks."""
    year, houses = begun(database)
    for number in range(YEAR):
        now = NOW + timedelta(days=number)
        if number % 35 in {16, 17}:
            continue
        year.running.append(now.date())
        with transaction(database) as session:
            year.publish(session, offers * (number + 1) // YEAR - offers * number // YEAR, now.date(), houses)
        year.people_act(now)
        expire_offers(now=now, on=database)
        remind_of_endings(now=now, on=database)
        assert year.dead_ones_listed(now.date()) == 0
        if number % 60 == 59:  # the search itself, as learners see it
            page = open_offers(year.learner, OfferSearch.read({}), now=now, on=database)
            assert page.cards
            assert remind_of_endings(now=now + timedelta(hours=3), on=database) == 0
    return year


def check(year: Year) -> None:
    with Session(year.database) as session:
        kept = Counter((each.offer_id, each.ends_on, each.turn) for each in session.exec(select(OfferReminder)))
        mails = Counter(session.exec(select(OutboxMessage.key).where(OutboxMessage.kind == "offer-ending")))
    assert set(kept.values()) == {1}
    assert set(kept) == year.expected()
    assert len(mails) == len(kept)


def test_a_year_of_two_thousand_offers(sqlite_database: Engine) -> None:
    check(live(sqlite_database, 2_000))


@pytest.mark.parametrize("offers", [150])
def test_a_year_on_postgresql(postgresql_database: Engine, offers: int) -> None:
    check(live(postgresql_database, offers))
