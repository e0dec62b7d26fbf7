"""Each weight moves offers, the sentence on screen is true, and private or public never counts."""

import inspect
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import AnswerRate, Learner, Offer, Parameter
from stageplus.services.offers import ranking
from stageplus.services.offers.actions import count_answers
from stageplus.services.offers.queries import open_offers
from stageplus.services.offers.ranking import WEIGHTS, Ranker, Weights
from stageplus.services.offers.schemas import OfferSearch
from stageplus.services.offers.search import Wanted
from tests import factories
from tests.factories import NOW
from tests.services.offers.candidates import a_candidate

HERE, FAR = "92094", "62063"
LEARNER = Learner(
    person_id=1,
    operator_id=1,
    operator_reference="x",
    trade_code="boulanger",
    year=2,
    company_days=0b00111,
    birth_year=2008,
    postal_code="5000",
    municipality_ins=HERE,
)
PLAIN = {"trade": "patissier", "years": 0b001, "days": 0b00011, "municipality": FAR, "applications": 4}
PLAIN |= {"published_at": NOW - timedelta(days=40), "received": 10, "answered": 0}
BETTER: dict[str, dict[str, Any]] = {
    "words": {"trade": "coiffeur"},
    "trade": {"trade": "boulanger"},
    "year": {"years": 0b010},
    "days": {"days": 0b00111},
    "distance": {"municipality": HERE},
    "freshness": {"published_at": NOW},
    "applications": {"applications": 0},
    "answers": {"answered": 10},
}


def ranker(**points: float) -> Ranker:
    weights = Weights(dict.fromkeys(WEIGHTS, 0.0) | points, 20, 15, 5)
    return Ranker(LEARNER, Wanted({"coiffeur": 1.0}), {HERE: 0.0, FAR: 50.0}, NOW, weights)


def test_what_has_enough_applications_comes_last_by_relevance_and_nowhere_else() -> None:
    full = a_candidate(1, trade="coiffeur", has_enough=True)
    others = [a_candidate(2, municipality=FAR), a_candidate(3, municipality=FAR, published_at=NOW - timedelta(days=9))]
    order = ranker(words=40.0).ordered([full, *others], "pertinence")
    assert [each.offer_id for each in order] == [2, 3, 1]
    assert ranker(words=40.0).ordered([full, *others], "distance")[0] is full


def test_every_weight_has_its_test() -> None:
    assert tuple(BETTER) == WEIGHTS


@pytest.mark.parametrize("name", WEIGHTS)
def test_each_weight_lifts_what_it_is_for_and_only_that(name: str) -> None:
    better = a_candidate(1, **(PLAIN | BETTER[name]))
    rest = [other for other in WEIGHTS if other != name]
    others = [a_candidate(number, **(PLAIN | BETTER[other])) for number, other in enumerate(rest, 2)]
    assert ranker(**{name: 10}).ordered([*others, better], "pertinence")[0] is better
    low, high = ranker(**{name: 1}), ranker(**{name: 2})
    assert high.score(better) - low.score(better) > high.score(others[0]) - low.score(others[0])


def test_without_weights_the_nearest_then_the_newest_comes_first() -> None:
    far, near = a_candidate(1, **PLAIN), a_candidate(2, **(PLAIN | {"municipality": HERE}))
    newest = a_candidate(3, **(PLAIN | {"municipality": HERE, "published_at": NOW}))
    assert ranker().ordered([far, near, newest], "pertinence") == [newest, near, far]
    assert ranker(words=9).ordered([far, near, newest], "distance") == [newest, near, far]
    assert ranker(words=9).ordered([near, far, newest], "date")[0] == newest


def test_a_company_with_few_applications_is_not_judged() -> None:
    unknown, silent = a_candidate(1, **(PLAIN | {"received": 4})), a_candidate(2, **PLAIN)
    assert ranker(answers=10).shares(unknown)["answers"] == 0.5
    assert ranker(answers=10).shares(silent)["answers"] == 0


def test_later_years_count_as_the_last_one() -> None:
    learner = LEARNER.model_copy(update={"year": 6})
    offer = a_candidate(1, years=0b100)
    assert Ranker(learner, Wanted({}), {}, NOW, ranker().weights).shares(offer)["year"] == 1


def test_private_or_public_is_never_looked_at() -> None:
    source = inspect.getsource(ranking.Ranker)
    assert not {"company_id", "sector", "public", "private"} & set(source.replace(".", " ").replace("(", " ").split())


@pytest.fixture
def learner(database: Engine) -> Actor:
    with transaction(database) as session:
        factories.minimal_reference(session)
        return factories.actor_of_learner(factories.a_learner(session))


def found(learner: Actor, database: Engine, **asked: Any) -> list[int]:
    return [card.offer_id for card in open_offers(learner, OfferSearch.read(asked), now=NOW, on=database).cards]


def test_the_weights_in_force_order_the_page(database: Engine, learner: Actor) -> None:
    with transaction(database) as session:
        near = factories.an_offer(session, published_at=NOW - timedelta(days=50)).id
        house = factories.an_establishment(session, municipality_ins=FAR)
        fresh = factories.an_offer(session, house, published_at=NOW).id
    assert found(learner, database) == [near, fresh]
    with transaction(database) as session:
        fresher = {"name": "rank_freshness", "effective_from": NOW.date(), "value": "90"}
        session.add(Parameter(**fresher, unit="points", source="test"))
    assert found(learner, database) == [fresh, near]
    assert found(learner, database, sort="distance") == [near, fresh]
    assert found(learner, database, sort="date") == [fresh, near]


def test_a_company_that_answers_comes_first_once_it_is_counted(database: Engine, learner: Actor) -> None:
    with transaction(database) as session:
        silent, answering = factories.an_offer(session), factories.an_offer(session)
        late = NOW.date() - timedelta(days=1)
        for offer, status in ((silent, "sans réponse"), (answering, "refusée")):
            for _number in range(5):
                applicant = factories.a_learner(session)
                factories.an_application(session, offer, applicant, status=status, answer_due_on=late, sent_at=NOW)
        old = factories.a_learner(session)
        factories.an_application(session, silent, old, status="refusée", sent_at=NOW - timedelta(days=400))
        waiting = factories.a_learner(session)
        factories.an_application(session, answering, waiting, status=ApplicationStatus.SENT, sent_at=NOW)
    assert count_answers(now=NOW, on=database) == 2
    assert count_answers(now=NOW, on=database) == 2
    with transaction(database) as session:
        counted = {each.company_id: (each.received, each.answered) for each in session.exec(select(AnswerRate))}
        companies = [session.get_one(Offer, offer.id).company_id for offer in (silent, answering)]
    assert [counted[each] for each in companies] == [(5, 0), (5, 5)]
    assert found(learner, database)[0] == answering.id
