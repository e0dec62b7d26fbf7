"""A generated world: applications whose stories follow the declared life, told event by event."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import product
from random import Random
from typing import Any

from sqlmodel import Session, col, select

from stageplus.domain.actors import Role
from stageplus.domain.applications import APPLICATION_LIFE, ApplicationStatus
from stageplus.domain.introductions import IntroductionStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Application,
    ApplicationChange,
    Basin,
    Enrolment,
    EnrolmentState,
    Introduction,
    Learner,
    Municipality,
    Offer,
    OfferChange,
    OfferDay,
)
from tests import factories
from tests.factories import NOW, TRADES, kept

DAYS = 100
ROLES = (Role.LEARNER, Role.COMPANY, Role.COMPANY, Role.COMPANY, Role.OPERATOR, None)
Event = tuple[datetime, Callable[[Session], Any]]


def a_generated_place(session: Session, random: Random) -> tuple[list[int], list[int]]:
    """Make offers of several trades and basins, and learners of two operators, some of whom changed; return both."""
    factories.minimal_reference(session)
    kept(session, Basin(code="liege", name="Liège"))
    for ins, basin in (("62063", "liege"), ("53053", None)):
        session.get_one(Municipality, ins).basin_code = basin
    operators = [factories.an_operator(session) for _each in range(2)]
    offers, learners = [], []
    for trade, town in product(TRADES, ("92094", "62063", "53053")):
        house = factories.an_establishment(session, municipality_ins=town)
        at = NOW - timedelta(days=random.randrange(DAYS))
        offer = factories.an_offer(session, house, trade_code=trade, published_at=at)
        kept(session, OfferChange(offer_id=offer.id, step="publish", status=OfferStatus.PUBLISHED, at=at))
        day = (at + timedelta(days=1)).date()
        kept(session, OfferDay(offer_id=offer.id, day=day, seen=random.randrange(1, 9)))
        offers.append(offer.id)
    for _each in range(12):
        enrolment, learner = factories.an_enrolled_learner(session, random.choice(operators))
        enrolment.activated_at = NOW - timedelta(days=2 * DAYS)
        learners.append(learner.id)
        if random.random() < 0.3:
            _changes_operator(session, learner, operators, NOW - timedelta(days=random.randrange(DAYS)))
    return offers, learners


def _changes_operator(session: Session, learner: Learner, operators: list[Any], at: datetime) -> None:
    other = next(each for each in operators if each.id != learner.operator_id)
    earlier = session.exec(select(Enrolment).where(Enrolment.learner_id == learner.id)).one()
    earlier.state = EnrolmentState.ENDED
    factories.an_enrolment(session, other, learner_id=learner.id, activated_at=at)
    learner.operator_id = other.id


def events(random: Random, offers: list[int], learners: list[int], count: int) -> list[Event]:
    """Tell what happens, in the order of moments."""
    pairs = random.sample(list(product(offers, learners)), count)
    free = {learner: [each for each in offers if (each, learner) not in pairs] for learner in learners}
    told = [event for number, pair in enumerate(pairs, 1) for event in _story(random, number, *pair, free[pair[1]])]
    return sorted(told, key=lambda each: each[0])


def _story(random: Random, number: int, offer: int, learner: int, free: list[int]) -> Iterator[Event]:
    """Tell one application; it moves to offers that its learner applied to by no other way."""
    at = NOW - timedelta(hours=random.randrange(24, 24 * DAYS))
    status = ApplicationStatus.SENT
    yield at, lambda session, at=at: _send(session, number, offer, learner, at)
    for _turn in range(random.randrange(7)):
        at += timedelta(minutes=random.randrange(1, 60 * 24 * 12))
        role = random.choice(ROLES)
        possible = sorted(APPLICATION_LIFE.possible(status, role))
        if at > NOW or not possible:
            continue
        step = random.choice(possible)
        status = APPLICATION_LIFE.after(step, status, role, _Anything())
        elsewhere = free.pop() if step == "move" and free else None
        yield at, _taking(number, step, status, role, at, elsewhere)
        if status is ApplicationStatus.ACCEPTED and step == "accept" and random.random() < 0.5:
            begun = at + timedelta(hours=random.randrange(1, 200))
            if begun <= NOW:
                yield begun, lambda session, begun=begun: _start(session, number, begun)
                return


class _Anything:
    """Facts that let every guard pass."""

    learner_is_there = True
    places_left = 1
    offer_takes_answers = True
    is_nudged = False
    days_waited = nudge_after_days = 0.0


def _send(session: Session, number: int, offer: int, learner: int, at: datetime) -> None:
    row = {"form_key": f"{number:032x}", "sent_at": at, "changed_at": at}
    application = factories.an_application(
        session, session.get_one(Offer, offer), session.get_one(Learner, learner), **row
    )
    log(session, application, "send", Role.LEARNER, at)


def _taking(
    number: int, step: str, status: ApplicationStatus, role: Role | None, at: datetime, offer: int | None
) -> Any:
    def take(session: Session) -> None:
        application = found(session, number)
        application.status, application.offer_id = status, offer or application.offer_id
        log(session, application, step, role, at)
        if step == "accept":
            theirs = session.get_one(Learner, application.learner_id).operator_id
            kept(session, Introduction(application_id=application.id, operator_id=theirs, created_at=at))
        if step == "fall-through":
            introduction = _introduction(session, application)
            introduction.status, introduction.settled_at = IntroductionStatus.FAILED, at

    return take


def _start(session: Session, number: int, at: datetime) -> None:
    introduction = _introduction(session, found(session, number))
    introduction.status, introduction.settled_at = IntroductionStatus.STARTED, at


def found(session: Session, number: int) -> Application:
    """Return a generated application by its number."""
    return session.exec(select(Application).where(col(Application.form_key) == f"{number:032x}")).one()


def log(session: Session, application: Application, step: str, role: Role | None, at: datetime) -> int:
    """Write a step in the log, at the status of the application, and return it."""
    change = {"application_id": application.id, "step": step, "status": application.status, "role": role, "at": at}
    written: ApplicationChange = kept(session, ApplicationChange(**change))
    return written.id or 0


def _introduction(session: Session, application: Application) -> Introduction:
    return session.exec(select(Introduction).where(Introduction.application_id == application.id)).one()
