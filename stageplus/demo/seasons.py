"""The year before: offers that are over and what became of the applications to them, so that figures have a past.

Nobody of the demonstration acts for these companies, and these learners are enrolled no more: only figures show them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from sqlmodel import col, insert, select

from stageplus.demo import words
from stageplus.demo.cast import Cast, a_learner, an_offer
from stageplus.demo.stories import ACCEPT, CONTACT, PHONE, REFUSE, SEE, SEND, Story
from stageplus.domain.actors import Role
from stageplus.domain.applications import APPLICATION_LIFE, ApplicationStatus, Facts, RefusalReason
from stageplus.domain.identifiers import with_check_digits
from stageplus.domain.introductions import IntroductionStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Application,
    ApplicationChange,
    Company,
    Establishment,
    Introduction,
    Learner,
    Offer,
    OfferChange,
    OfferDay,
    Operator,
    Place,
)
from stageplus.texts.formats import day_in_brussels

HOUSES, LEARNERS, APPLICATIONS = 48, 60, 1_500
FIRST, LAST = 380, 50
"""Days ago, of the first and the last of these applications."""
BUSY_MONTHS = {8: 3, 9: 4, 10: 3, 7: 1}
"""From the end of August to the end of October most places are looked for."""
NAMES = ("Zénith", "Zeste", "Zéphyr", "Zigzag", "Zinc", "Zodiaque")
LAPSE, GIVE_UP, WITHDRAW = ("lapse", None), ("give-up-waiting", None), ("withdraw", Role.LEARNER)
STORIES: tuple[Story, ...] = (
    *[(SEND, SEE, REFUSE)] * 5,
    *[(SEND, SEE, CONTACT, ACCEPT)] * 4,
    *[(SEND, SEE, CONTACT, REFUSE)] * 3,
    *[(SEND, SEE, GIVE_UP)] * 2,
    *[(SEND, GIVE_UP)] * 2,
    (SEND, PHONE, ACCEPT),
    (SEND, SEE, LAPSE),
    (SEND, WITHDRAW),
    (SEND, SEE, CONTACT, ACCEPT, ("fall-through", Role.OPERATOR)),
)


def fill_past_year(cast: Cast, operators: list[Operator]) -> None:
    """Make the offers, the learners, their applications, and the introductions that came of them."""
    offers = list(_offers(cast))
    learners = list(_learners(cast, operators))
    told = list(_stories(cast, offers, learners))
    made: Any = insert(Application).returning(col(Application.id), sort_by_parameter_order=True)
    numbers = list(cast.session.scalars(made, [row for row, _steps in told]))
    changes = [
        {"application_id": number, "step": step, "role": role, "status": status, "at": at}
        for number, (_row, steps) in zip(numbers, told, strict=True)
        for step, role, status, at in steps
    ]
    cast.session.execute(insert(ApplicationChange), changes)
    operator_of = {learner.id: learner.operator_id for learner in learners}
    introduced = [
        _introduction(number, operator_of[row["learner_id"]], row["status"], row["changed_at"])
        for number, (row, steps) in zip(numbers, told, strict=True)
        if any(step == "accept" for step, *_rest in steps)
    ]
    cast.session.execute(insert(Introduction), introduced)


def _offers(cast: Cast) -> Iterator[Offer]:
    towns = cycle([*words.TOWNS, *words.TOWNS[:3], *words.TOWNS[:5]])
    for number in range(HOUSES):
        trade, town = words.TRADES[number % 14], cast.town(next(towns))
        place = cast.session.exec(select(Place).where(Place.municipality_ins == town.ins)).first()
        assert place is not None
        name = f"{trade[1]} {NAMES[number % len(NAMES)]} {number + 1}"
        company = cast.kept(Company(name=name, enterprise_number=with_check_digits(5_000_000 + number * 37)))
        house = Establishment(
            company_id=company.id or 0,
            number=with_check_digits(30_000_000 + number * 41),
            name=f"{name}, {town.name}",
            postal_code=place.postal_code,
            municipality_ins=town.ins,
            workers=12,
        )
        offer = an_offer(cast, cast.kept(house), trade, OfferStatus.EXPIRED)
        yield _lived(cast, offer, cast.now - timedelta(days=FIRST + 5 - number % 9))


def _lived(cast: Cast, offer: Offer, at: datetime) -> Offer:
    """Put the life of an offer into the past, with the learners who opened it then."""
    first = day_in_brussels(at)
    offer.published_at = offer.created_at = offer.updated_at = at
    offer.starts_from, offer.starts_until = first + timedelta(days=20), first + timedelta(days=FIRST - 20)
    offer.ends_on = day_in_brussels(cast.now) - timedelta(days=LAST - 10)
    published = select(OfferChange).where(OfferChange.offer_id == offer.id, OfferChange.step == "publish")
    cast.session.exec(published).one().at = at
    days = [first + timedelta(days=each) for each in range(3, FIRST - LAST, 30)]
    cast.session.add_all(OfferDay(offer_id=offer.id or 0, day=day, seen=cast.random.randrange(2, 9)) for day in days)
    return offer


def _learners(cast: Cast, operators: list[Operator]) -> Iterator[Learner]:
    ended = day_in_brussels(cast.now) - timedelta(days=LAST // 2)
    for number in range(LEARNERS):
        operator = operators[1 + number % (len(operators) - 1)]
        name = (words.FIRST_NAMES[number % len(words.FIRST_NAMES)], NAMES[number % len(NAMES)])
        trade = words.TRADES[number % 14][0]
        town = cast.town(words.TOWNS[number % len(words.TOWNS)])
        learner = a_learner(cast, operator, f"ancien{number}@demo.test", name, trade, town)
        learner.enrolment_ended_on = ended
        yield learner


def _stories(cast: Cast, offers: list[Offer], learners: list[Learner]) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """Tell each application with its steps: busy months have more of them, no pair of offer and learner comes twice."""
    days = [cast.now - timedelta(days=each) for each in range(LAST, FIRST)]
    weights = [BUSY_MONTHS.get(day.month, 0) + 1 for day in days]
    pairs = cast.random.sample(range(len(offers) * len(learners)), APPLICATIONS)
    for pair, day in zip(pairs, cast.random.choices(days, weights, k=APPLICATIONS), strict=True):
        at = day + timedelta(minutes=cast.random.randrange(1200))
        steps = list(_steps(cast, at))
        status = steps[-1][2]
        reason = RefusalReason.OTHER_PROFILE if status is ApplicationStatus.REFUSED else None
        yield (
            {
                "form_key": f"{cast.next():032x}",
                "offer_id": offers[pair % len(offers)].id,
                "learner_id": learners[pair // len(offers)].id,
                "status": status,
                "motivation": words.MOTIVATIONS[pair % len(words.MOTIVATIONS)],
                "sent_at": at,
                "changed_at": steps[-1][3],
                "answer_due_on": day_in_brussels(at) + timedelta(days=14),
                "refusal_reason": reason,
            },
            steps,
        )


def _steps(cast: Cast, at: datetime) -> Iterator[tuple[str, Role | None, ApplicationStatus, datetime]]:
    status = ApplicationStatus.DRAFT
    for step, role in cast.random.choice(STORIES):
        status = APPLICATION_LIFE.after(step, status, role, Facts())
        at += timedelta(days=26 if step == "give-up-waiting" else 0)
        yield step, role, status, at
        at += timedelta(days=1, minutes=cast.random.randrange(10_000))


def _introduction(number: int, operator_id: int, status: ApplicationStatus, accepted_at: datetime) -> dict[str, Any]:
    """Say what came of an acceptance: most begin some days later."""
    began = status is ApplicationStatus.ACCEPTED
    settled = accepted_at + timedelta(days=8) if began else accepted_at
    return {
        "application_id": number,
        "operator_id": operator_id,
        "status": IntroductionStatus.STARTED if began else IntroductionStatus.FAILED,
        "created_at": accepted_at,
        "taken_over_at": accepted_at,
        "started_on": day_in_brussels(settled) if began else None,
        "settled_at": settled,
    }
