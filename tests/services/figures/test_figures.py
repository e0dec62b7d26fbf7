"""How an offer does: numbers for its company, nobody kept, and help when nobody applies."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import DomainError, NotFound, NotPossible
from stageplus.domain.offers import OfferStatus
from stageplus.models import Favourite, Offer, OfferDay, OfferSight, OutboxMessage, Person
from stageplus.services.figures.actions import fold_sights, note_seen, tell_operators
from stageplus.services.figures.queries import offer_figures
from stageplus.services.figures.schemas import OfferFigures
from tests import factories
from tests.factories import NOW

DAY = timedelta(days=1)


@dataclass(frozen=True)
class House:
    """An offer that ends soon, its company, a stranger and three learners."""

    database: Engine
    offer: int
    member: Actor
    stranger: Actor
    learners: list[Actor]

    def figures(self, days: int = 0) -> OfferFigures:
        """Read the figures so many days from now."""
        return offer_figures(self.member, self.offer, now=NOW + days * DAY, on=self.database)

    def see(self, learner: int, days: int = 0) -> None:
        """Open the offer as one of the learners."""
        note_seen(self.learners[learner], self.offer, now=NOW + days * DAY, on=self.database)

    def tell(self, days: int = 0) -> int:
        """Tell the operators nearby."""
        return tell_operators(self.member, self.offer, now=NOW + days * DAY, on=self.database)


@pytest.fixture
def house(database: Engine) -> House:
    """Publish an offer in Namur; one operator is in Namur, one in Liège, one in Mons, one in Brussels."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        establishment = factories.an_establishment(session)
        offer = factories.an_offer(session, establishment, ends_on=(NOW + 10 * DAY).date())
        member = factories.a_member(session, establishment.company_id)
        stranger = factories.a_member(session, factories.a_company(session).id or 0)
        for town in ("53053", "62063", "92094", "21004"):
            operator = factories.an_operator(session, municipality_ins=town, name=town)
            factories.a_staff_member(session, operator.id or 0)
        learners = [factories.actor_of_learner(factories.a_learner(session, operator)) for _number in range(3)]
        return House(database, offer.id or 0, member, stranger, learners)


def test_a_learner_counts_once_a_day(house: House) -> None:
    for learner, days in ((0, 0), (0, 0), (1, 0), (0, 1)):
        house.see(learner, days)
    assert house.figures(1).seen == "3"


def test_two_tabs_at_once_count_once(house: House) -> None:
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda _turn: house.see(0), range(8)))
    assert house.figures().seen == "1"


def test_who_it_was_is_forgotten_with_the_day_and_the_number_stays(house: House) -> None:
    for learner, days in ((0, 0), (1, 0), (2, 1)):
        house.see(learner, days)
    assert [fold_sights(now=NOW + days * DAY, on=house.database) for days in (0, 1, 1, 2, 2)] == [0, 2, 0, 1, 0]
    assert house.figures(2).seen == "3"
    with reading(house.database) as session:
        assert session.exec(select(OfferSight)).all() == []
        assert [each.seen for each in session.exec(select(OfferDay).order_by(OfferDay.day))] == [2, 1]


@pytest.mark.parametrize("status", [status for status in OfferStatus if status is not OfferStatus.PUBLISHED])
def test_only_an_offer_on_line_is_counted(house: House, status: OfferStatus) -> None:
    with transaction(house.database) as session:
        session.get_one(Offer, house.offer).status = status
    house.see(0)
    assert house.figures().seen == "0"


def test_applications_answers_and_stars_are_counted_and_nobody_elses(house: House) -> None:
    with transaction(house.database) as session:
        offer, other = session.get_one(Offer, house.offer), factories.an_offer(session)
        for status in ("envoyée", "vue", "refusée", "en contact", "retirée", "caduque"):
            factories.an_application(session, offer, factories.a_learner(session), status=status)
        factories.an_application(session, other, factories.a_learner(session))
        for kept in (offer, other):
            session.add(Favourite(learner_id=house.learners[0].learner_id, offer_id=kept.id, kept_at=NOW))
    found = house.figures()
    assert (found.applications, found.answered, found.kept) == ("5", "2", "1")
    assert (found.needs_help, found.can_tell) == (False, False)
    with pytest.raises(NotFound):
        offer_figures(house.stranger, house.offer, now=NOW, on=house.database)


def test_help_comes_when_it_ends_soon_without_an_application(house: House) -> None:
    assert house.figures().needs_help
    with transaction(house.database) as session:
        session.get_one(Offer, house.offer).ends_on = (NOW + 15 * DAY).date()
    assert not house.figures().needs_help
    assert house.figures(1).needs_help


def test_the_nearest_operators_are_told_once_in_the_delay(house: House) -> None:
    assert house.tell() == 2
    with reading(house.database) as session:
        mails = session.exec(select(OutboxMessage).order_by(OutboxMessage.id)).all()
        assert [mail.kind for mail in mails] == ["place-to-fill"] * 2
        assert "près de Namur" in mails[0].text
    assert house.figures().told.startswith("Prévenus le 24")
    with pytest.raises(NotPossible):
        house.tell(29)
    assert house.tell(30) == 2


def applied(house: House) -> None:
    with transaction(house.database) as session:
        factories.an_application(session, session.get_one(Offer, house.offer), factories.a_learner(session))


def expired(house: House) -> None:
    with transaction(house.database) as session:
        session.get_one(Offer, house.offer).status = OfferStatus.EXPIRED


@pytest.mark.parametrize("changed", [applied, expired])
def test_nobody_is_told_of_an_offer_that_needs_no_help(house: House, changed: Callable[[House], None]) -> None:
    changed(house)
    with pytest.raises(NotPossible):
        house.tell()


def test_staff_that_is_suspended_is_not_written_to(house: House) -> None:
    with transaction(house.database) as session:
        for person in session.exec(select(Person)):
            person.suspended_at = NOW if person.role == "operator" else None
    assert house.tell() == 0


def test_ten_taps_at_once_tell_once(house: House) -> None:
    def tap(_turn: int) -> bool:
        try:
            return house.tell() > 0
        except DomainError:
            return False

    with ThreadPoolExecutor(10) as crowd:
        assert sum(crowd.map(tap, range(10))) == 1
