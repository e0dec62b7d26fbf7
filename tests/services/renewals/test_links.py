"""The link of a reminder: it acts by its button only, once, for whoever still acts, and says what it is otherwise."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import DomainError, InvalidInput, NotFound
from stageplus.domain.offers import ClosingReason, OfferStatus
from stageplus.domain.refusals import AccountSuspended, LinkOfAnother, LinkSpent, OfferMoved, StartIsOver
from stageplus.models import CompanyMember, Offer, OfferChange, OutboxMessage, Person
from stageplus.services.links.queries import look_at_link
from stageplus.services.postings.actions import close_offer, expire_offers, renew_offer, suspend_offer
from stageplus.services.postings.schemas import ClosingInput
from stageplus.services.renewals.actions import close_by_link, remind_of_endings, renew_by_link
from stageplus.services.renewals.queries import look_at_ending
from stageplus.services.renewals.schemas import EndingInput, EndingView
from tests import factories
from tests.factories import NOW

FILLED = EndingInput(reason=ClosingReason.FILLED_ELSEWHERE)
SOON = NOW + timedelta(days=53)
OVER = NOW + timedelta(days=61)


@dataclass(frozen=True)
class House:
    """An offer about to end, two people who act for it, and their links."""

    database: Engine
    offer: int
    member: Actor
    colleague: Actor
    stranger: Actor
    token: str
    other_token: str

    def kept(self) -> Offer:
        """Read the offer as it is."""
        with reading(self.database) as session:
            return session.get_one(Offer, self.offer)

    def look(self, token: str = "", actor: Actor | None = None, now: datetime = SOON) -> EndingView:
        """Open the page of a link."""
        return look_at_ending(actor, token or self.token, now=now, on=self.database)

    def renew(self, token: str = "", actor: Actor | None = None, now: datetime = SOON) -> str:
        """Press the button that renews."""
        return renew_by_link(actor, token or self.token, now=now, on=self.database).words

    def close(self, data: EndingInput = FILLED) -> str:
        """Press a button that says what became of the place."""
        return close_by_link(None, self.token, data, now=SOON, on=self.database).title


def tokens(session: Session, people: list[Actor]) -> list[str]:
    found = []
    for actor in people:
        email = session.get_one(Person, actor.person_id).email
        mail = session.exec(select(OutboxMessage).where(OutboxMessage.recipient == email)).one()
        found.append(re.findall(r"/lien/(\S+)", mail.text)[0])
    return found


@pytest.fixture
def house(database: Engine) -> House:
    """Publish an offer and send its first reminder."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        establishment = factories.an_establishment(session)
        factories.an_approval(session, establishment)
        offer = factories.an_offer(session, establishment, starts_until=NOW.date() + timedelta(days=300))
        people = [factories.a_member(session, establishment.company_id) for _number in range(2)]
        stranger = factories.a_member(session, factories.a_company(session).id or 0)
    remind_of_endings(now=SOON, on=database)
    with reading(database) as session:
        return House(database, offer.id or 0, *people, stranger, *tokens(session, people))


def untouched(house: House) -> bool:
    offer = house.kept()
    fresh = look_at_link(None, house.token, now=SOON, on=house.database).state == "fresh"
    return fresh and (offer.status, offer.ends_on) == (OfferStatus.PUBLISHED, (NOW + timedelta(days=60)).date())


def test_looking_says_what_it_is_and_changes_nothing(house: House) -> None:
    for _look in range(3):
        seen = house.look()
        assert (seen.standing, seen.offer_id, seen.waiting) == ("ending", house.offer, 0)
        assert seen.title == "Boulangère / Boulanger (H/F/X)"
        assert "23 janvier 2027" in seen.ends_words
        assert "60" in seen.renewal_words
    assert untouched(house)


def test_the_button_renews_without_signing_in_once(house: House) -> None:
    assert "17 mars 2027" in house.renew()
    assert house.kept().ends_on == (SOON + timedelta(days=60)).date()
    with pytest.raises(LinkSpent):
        house.renew()
    with reading(house.database) as session:
        [step] = session.exec(select(OfferChange)).all()
        assert (step.step, step.person_id) == ("renew", house.member.person_id)


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        (ClosingReason.FILLED_HERE, OfferStatus.FILLED),
        (ClosingReason.FILLED_ELSEWHERE, OfferStatus.FILLED),
        (ClosingReason.NO_LONGER_NEEDED, OfferStatus.CLOSED),
        (ClosingReason.OTHER, OfferStatus.CLOSED),
    ],
)
def test_a_button_says_what_became_of_the_place(house: House, reason: ClosingReason, status: OfferStatus) -> None:
    assert house.close(EndingInput(reason=reason))
    assert (house.kept().status, house.kept().closing_reason) == (status, reason)
    with pytest.raises(LinkSpent):
        house.renew()
    assert "fermée" in house.look().now_words or "clôturée" in house.look().now_words


def test_nobody_who_waits_is_refused_from_a_mail_but_the_offer_can_be_kept(house: House) -> None:
    with transaction(house.database) as session:
        factories.an_application(session, session.get_one(Offer, house.offer), factories.a_learner(session))
    assert house.look().waiting == 1
    with pytest.raises(InvalidInput) as refused:
        house.close(EndingInput(reason=ClosingReason.OTHER, words="Merci.", shown=(1,)))
    assert "Connectez-vous" in refused.value.fields["form"]
    assert untouched(house)
    house.renew()


def test_after_the_end_it_still_renews_then_ends_itself(house: House) -> None:
    expire_offers(now=OVER, on=house.database)
    assert house.look(now=OVER).standing == "over"
    with pytest.raises(LinkSpent):
        house.renew(now=NOW + timedelta(days=75))
    assert look_at_link(None, house.token, now=NOW + timedelta(days=75), on=house.database).state == "expired"
    assert house.kept().status is OfferStatus.EXPIRED
    house.renew(now=OVER)
    assert house.kept().status is OfferStatus.PUBLISHED


@pytest.mark.parametrize("token", ["", "x", "é\u202e", "' OR 1=1", "\ud800", "jeton-coupé"])
def test_an_altered_link_is_none(house: House, token: str) -> None:
    token = house.token[:-1] if token == "jeton-coupé" else token
    assert look_at_ending(None, token, now=SOON, on=house.database) == EndingView()
    with pytest.raises(NotFound):
        renew_by_link(None, token, now=SOON, on=house.database)
    with pytest.raises(NotFound):
        close_by_link(None, token, FILLED, now=SOON, on=house.database)
    assert untouched(house)


def suspended(house: House) -> None:
    with transaction(house.database) as session:
        session.get_one(Person, house.member.person_id).suspended_at = NOW


def removed(house: House) -> None:
    with transaction(house.database) as session:
        session.exec(delete(CompanyMember).where(col(CompanyMember.person_id) == house.member.person_id))


@pytest.mark.parametrize(("left", "refusal"), [(suspended, AccountSuspended), (removed, LinkOfAnother)])
def test_whoever_no_longer_acts_for_the_offer_holds_a_dead_link(
    house: House, left: Callable[[House], None], refusal: type[DomainError]
) -> None:
    left(house)
    assert house.look() == EndingView("left")
    with pytest.raises(refusal):
        house.renew()
    with pytest.raises(refusal):
        house.close()
    assert untouched(house)
    house.renew(house.other_token)


def test_a_forwarded_link_serves_a_colleague_and_no_other_company(house: House) -> None:
    assert house.look(actor=house.stranger) == EndingView("elsewhere")
    with pytest.raises(LinkOfAnother):
        house.renew(actor=house.stranger)
    assert untouched(house)
    assert house.look(actor=house.colleague).standing == "ending"
    house.renew(actor=house.colleague)


def renewed(house: House) -> None:
    renew_offer(house.colleague, house.offer, now=SOON, on=house.database)


def closed(house: House) -> None:
    close_offer(house.colleague, house.offer, ClosingInput(reason=ClosingReason.OTHER), now=SOON, on=house.database)


def paused(house: House) -> None:
    suspend_offer(house.colleague, house.offer, now=SOON, on=house.database)


@pytest.mark.parametrize("moved", [renewed, closed, paused])
def test_an_offer_that_changed_meanwhile_is_left_as_it_is(house: House, moved: Callable[[House], None]) -> None:
    moved(house)
    before = house.kept()
    assert house.look().standing == "moved"
    assert house.look().now_words
    for press in (house.renew, house.close):
        with pytest.raises(OfferMoved):
            press()
    after = house.kept()
    assert (after.status, after.ends_on, after.updated_at) == (before.status, before.ends_on, before.updated_at)


def test_an_offer_whose_dates_have_passed_asks_for_others_first(house: House) -> None:
    with transaction(house.database) as session:
        session.get_one(Offer, house.offer).starts_until = (SOON - timedelta(days=1)).date()
        session.get_one(Offer, house.offer).starts_from = NOW.date()
    assert house.look().standing == "late-start"
    with pytest.raises(StartIsOver):
        house.renew()
    assert untouched(house)


@pytest.mark.parametrize("links", [1, 2])
def test_of_twenty_presses_at_once_one_wins(house: House, links: int) -> None:
    def press(turn: int) -> bool:
        try:
            if turn % 4 == 3:
                close_by_link(None, house.token, FILLED, now=SOON, on=house.database)
            else:
                house.renew(house.other_token if turn % links else house.token)
        except DomainError:
            return False
        return True

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(press, range(20))) == 1
    with reading(house.database) as session:
        assert len(session.exec(select(OfferChange)).all()) == 1


def test_the_second_mail_leaves_the_first_link_alive(house: House) -> None:
    remind_of_endings(now=NOW + timedelta(days=59), on=house.database)
    assert house.renew(now=NOW + timedelta(days=59))
