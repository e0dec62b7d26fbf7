"""A baker's open offer, others like it, and two learners."""

from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from tests import factories


@dataclass(frozen=True)
class Stall:
    """Five bakers' offers and the learners who look at them."""

    database: Engine
    learner: Actor
    other: Actor
    offers: list[int]


@pytest.fixture
def stall(database: Engine) -> Stall:
    """Fill the stall."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        learner, other = factories.a_learner(session), factories.a_learner(session)
        house = factories.an_establishment(session)
        offers = [factories.an_offer(session, house).id or 0 for _number in range(5)]
        return Stall(database, factories.actor_of_learner(learner), factories.actor_of_learner(other), offers)
