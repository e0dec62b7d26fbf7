"""Silence has an end: a learner asks for news once, and a company silent three times publishes nothing new."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import DomainError, NotPossible
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import AnswersFirst, NudgedAlready, NudgedTooEarly
from stageplus.models import ApplicationChange, Establishment, Learner, Offer, OfferChange, OutboxMessage, Person
from stageplus.services.applications.actions import refuse_application
from stageplus.services.applications.queries import my_application
from stageplus.services.applications.schemas import RefusalInput
from stageplus.services.postings.actions import publish_offer, renew_offer
from stageplus.services.silences.actions import nudge_company
from stageplus.services.silences.queries import must_answer_first, my_silence
from tests import factories
from tests.factories import NOW

S = ApplicationStatus
TEN = NOW + timedelta(days=10)


@pytest.fixture
def offer(database: Engine) -> Offer:
    with transaction(database) as session:
        factories.minimal_reference(session)
        return factories.an_offer(session)


@pytest.fixture
def company(database: Engine, offer: Offer) -> Actor:
    with transaction(database) as session:
        return factories.a_member(session, offer.company_id or 0)


@pytest.fixture
def apply(database: Engine, offer: Offer) -> Callable[..., tuple[Actor, int]]:
    def applied(status: ApplicationStatus = S.SENT, days_ago: int = 0) -> tuple[Actor, int]:
        at = NOW - timedelta(days=days_ago)
        with transaction(database) as session:
            learner = factories.a_learner(session)
            made = factories.an_application(session, offer, learner, status=status, sent_at=at, changed_at=at)
            return factories.actor_of_learner(learner), made.id or 0

    return applied


def test_a_learner_asks_for_news_once_after_ten_days(
    database: Engine, company: Actor, apply: Callable[..., tuple[Actor, int]]
) -> None:
    learner, application = apply()
    assert not my_application(learner, application, now=NOW, on=database).can_nudge
    with pytest.raises(NudgedTooEarly):
        nudge_company(learner, application, now=TEN - timedelta(hours=1), on=database)
    assert my_application(learner, application, now=TEN, on=database).can_nudge
    detail = nudge_company(learner, application, now=TEN, on=database)
    assert (detail.can_nudge, detail.card.status) == (False, "envoyée")
    assert detail.nudge_words == "Tu as demandé des nouvelles à l’entreprise le vendredi 4 décembre 2026."
    with pytest.raises(NudgedAlready):
        nudge_company(learner, application, now=TEN + timedelta(days=5), on=database)
    with reading(database) as session:
        [mail] = session.exec(select(OutboxMessage)).all()
        assert session.get_one(Person, company.person_id).email == mail.recipient


def test_of_twenty_taps_at_once_one_asks(
    database: Engine, company: Actor, apply: Callable[..., tuple[Actor, int]]
) -> None:
    learner, application = apply()

    def tap(_number: int) -> bool:
        try:
            nudge_company(learner, application, now=TEN, on=database)
        except DomainError:
            return False
        return True

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(tap, range(20))) == 1
    with reading(database) as session:
        steps = session.exec(select(ApplicationChange).where(ApplicationChange.step == "nudge")).all()
        assert len(steps) == 1


def test_the_days_of_a_pause_by_others_do_not_count(
    database: Engine, offer: Offer, apply: Callable[..., tuple[Actor, int]]
) -> None:
    learner, application = apply()
    with transaction(database) as session:
        for step, status, days in (("halt", OfferStatus.SUSPENDED, 1), ("restore", OfferStatus.PUBLISHED, 3)):
            at = NOW + timedelta(days=days)
            session.add(OfferChange(offer_id=offer.id or 0, step=step, status=status, at=at))
    with pytest.raises(NudgedTooEarly):
        nudge_company(learner, application, now=TEN, on=database)
    nudge_company(learner, application, now=TEN + timedelta(days=2), on=database)


@pytest.mark.parametrize("status", [S.IN_CONTACT, S.REFUSED, S.UNANSWERED, S.WITHDRAWN])
def test_what_is_answered_or_over_is_not_nudged(
    database: Engine, apply: Callable[..., tuple[Actor, int]], status: ApplicationStatus
) -> None:
    learner, application = apply(status)
    detail = my_application(learner, application, now=TEN, on=database)
    assert (detail.can_nudge, detail.nudge_words) == (False, "")
    with pytest.raises(NotPossible):
        nudge_company(learner, application, now=TEN, on=database)


def test_the_silence_is_said_to_be_the_companys(database: Engine, apply: Callable[..., tuple[Actor, int]]) -> None:
    learner, application = apply(S.UNANSWERED)
    words = my_application(learner, application, now=TEN, on=database).card.next_words
    assert "Ce silence est le sien" in words


@pytest.mark.parametrize(
    ("story", "count", "paused"),
    [
        ([], 0, False),
        ([S.UNANSWERED, S.UNANSWERED], 2, False),
        ([S.UNANSWERED, S.UNANSWERED, S.UNANSWERED], 3, True),
        ([S.UNANSWERED, S.UNANSWERED, S.REFUSED, S.UNANSWERED], 1, False),
        ([S.REFUSED, S.UNANSWERED, S.SEEN, S.UNANSWERED, S.WITHDRAWN, S.UNANSWERED, S.SENT], 3, True),
        ([S.UNANSWERED, S.UNANSWERED, S.UNANSWERED, S.IN_CONTACT], 0, False),
    ],
)
def test_three_in_a_row_pause_new_offers(
    database: Engine,
    company: Actor,
    apply: Callable[..., tuple[Actor, int]],
    story: list[ApplicationStatus],
    count: int,
    paused: bool,
) -> None:
    for number, status in enumerate(story):
        apply(status, days_ago=90 - number)
    shown = my_silence(company, now=NOW, on=database)
    assert (shown.count, shown.paused) == (count, paused)
    assert bool(shown.words) is bool(count)
    assert "3 candidatures de suite" in shown.rule


def typed(offer: Offer) -> dict[str, object]:
    return {
        "form_key": "f" * 32,
        "place": f"{offer.establishment_id}:boulanger",
        "places": "1",
        "starts_from": "2027-01-04",
        "starts_until": "2027-02-26",
        "years": ["0"],
        "language": "français",
        "days": ["0", "1", "2"],
        "day_starts_at": "08:00",
        "day_ends_at": "16:30",
        "weekly_hours": "24",
        "tasks": "Pétrir et cuire.",
        "tutor_first_name": "Sacha",
        "tutor_function": "Cheffe d’atelier",
    }


def test_a_silent_company_publishes_nothing_new_until_it_answers(
    database: Engine, offer: Offer, company: Actor, apply: Callable[..., tuple[Actor, int]]
) -> None:
    (_learner, application), *_others = [apply(S.UNANSWERED, days_ago=40 + number) for number in range(3)]
    with transaction(database) as session:
        factories.an_approval(session, session.get_one(Establishment, offer.establishment_id))
    with pytest.raises(AnswersFirst):
        publish_offer(company, typed(offer), now=NOW, on=database)
    renew_offer(company, offer.id or 0, now=NOW, on=database)  # what is on line stays and goes on
    refusal = RefusalInput.read({"reason": "autre", "words": "Pardon pour le retard."})
    refuse_application(company, application, refusal, now=NOW, on=database)
    assert publish_offer(company, typed(offer), now=NOW, on=database).row.status == "publiée"


def test_whom_nobody_can_answer_does_not_count(
    database: Engine, offer: Offer, company: Actor, apply: Callable[..., tuple[Actor, int]]
) -> None:
    learners = [apply(S.UNANSWERED, days_ago=40)[0] for _number in range(3)]
    with transaction(database) as session:
        assert must_answer_first(session, offer.company_id or 0, NOW)
        learner = session.get_one(Learner, learners[0].learner_id)
        session.get_one(Person, learner.person_id).suspended_at = NOW
        session.flush()
        assert not must_answer_first(session, offer.company_id or 0, NOW)
