"""A small world made by chance, for figures that are counted a second time, slowly."""

from datetime import datetime, timedelta
from random import Random

from sqlmodel import Session

from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    AnswerRate,
    ApplicationChange,
    ApprovalState,
    CompanyContact,
    CompanyFollowUp,
    Establishment,
    Offer,
    OfferChange,
)
from tests import factories
from tests.factories import NOW, TRADES

ENDS = (OfferStatus.FILLED, OfferStatus.CLOSED, OfferStatus.EXPIRED)


def a_world(session: Session, seed: int) -> None:
    """Make companies with houses, agréments, offers with their stories, applications, contacts and follow-ups."""
    chance = Random(seed)
    factories.minimal_reference(session)
    learners = [factories.a_learner(session) for _number in range(4)]
    for _number in range(8):
        company = factories.a_company(session)
        for _house in range(chance.randint(1, 2)):
            house = factories.an_establishment(session, company, workers=chance.randint(0, 6))
            for trade in chance.sample(sorted(TRADES), chance.randint(0, 2)):
                since = NOW.date() - timedelta(days=chance.choice((1, 89, 90, 91, 800)))
                state = chance.choice([*ApprovalState, *[ApprovalState.GRANTED] * 6])
                factories.an_approval(session, house, trade_code=trade, state=state, since=since)
                for _offer in range(chance.choice((0, 0, 1, 2))):
                    offer = _an_offer(session, house, trade, chance)
                    for learner in chance.sample(learners, chance.randint(0, 3)):
                        _an_application(session, offer, learner, chance)
        if chance.random() < 0.5:
            received = chance.randint(1, 9)
            answered = chance.randint(0, received)
            session.add(AnswerRate(company_id=company.id or 0, received=received, answered=answered))
        for sector in ("alimentation", "soins", "mobilite"):
            _speak(session, company.id or 0, sector, chance)


def _an_offer(session: Session, house: Establishment, trade: str, chance: Random) -> Offer:
    at = NOW - timedelta(days=chance.randint(0, 500), hours=chance.randint(0, 23))
    steps = [("publish", OfferStatus.PUBLISHED, at)]
    for step, status in (("suspend", OfferStatus.SUSPENDED), ("resume", OfferStatus.PUBLISHED)):
        if chance.random() < 0.4:
            steps.append((step, status, _later(steps[-1][2], chance)))
        else:
            break
    if chance.random() < 0.5:
        steps.append(("end", chance.choice(ENDS), _later(steps[-1][2], chance)))
    if chance.random() < 0.15:
        steps = []
    places = chance.randint(1, 3)
    offer = factories.an_offer(
        session,
        house,
        trade_code=trade,
        status=steps[-1][1] if steps else OfferStatus.DRAFT,
        places=places,
        places_taken=chance.randint(0, places - 1),
        ends_on=NOW.date() + timedelta(days=chance.choice((0, 6, 7, 8, 40))),
        published_at=steps[0][2] if steps else None,
        updated_at=steps[-1][2] if steps else NOW,
    )
    for step, status, when in steps:
        session.add(OfferChange(offer_id=offer.id or 0, step=step, status=status, role=Role.COMPANY, at=when))
    return offer


def _later(at: datetime, chance: Random) -> datetime:
    return min(NOW, at + timedelta(days=chance.randint(0, 120), minutes=1))


def _an_application(session: Session, offer: Offer, learner: object, chance: Random) -> None:
    status = chance.choice(list(ApplicationStatus))
    sent = NOW - timedelta(days=chance.randint(1, 500))
    application = factories.an_application(session, offer, learner, status=status, sent_at=sent)  # type: ignore[arg-type]
    if chance.random() < 0.6:
        at = sent + timedelta(hours=chance.randint(1, 200))
        step = chance.choice(("contact", "phone", "accept", "refuse", "see"))
        about = {"application_id": application.id or 0, "role": Role.COMPANY}
        session.add(ApplicationChange(step=step, status=status, at=at, **about))


def _speak(session: Session, company_id: int, sector: str, chance: Random) -> None:
    about = {"company_id": company_id, "sector_code": sector}
    if chance.random() < 0.4:
        due = NOW.date() + timedelta(days=chance.choice((-9, -1, 0, 1, 30)))
        session.add(CompanyFollowUp(due_on=due, changed_at=NOW, **about))
    if chance.random() < 0.4:
        day = NOW.date() - timedelta(days=chance.randint(0, 50))
        session.add(CompanyContact(kind="appel", on_day=day, words="Vu.", at=NOW, **about))
    if chance.random() < 0.6:
        at = NOW - timedelta(days=chance.choice((0, 29, 30, 31, 200)))
        session.add(CompanyContact(kind="message", on_day=at.date(), words="Offres.", at=at, **about))
