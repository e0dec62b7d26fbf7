"""A baker's offer, its company, and a learner who is looking for a place."""

from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from tests import factories


@dataclass(frozen=True)
class Cast:
    """Who plays in the tests of applications."""

    database: Engine
    offer: int
    learner: Actor
    other_learner: Actor
    company: Actor
    other_company: Actor
    operator: Actor


@pytest.fixture
def cast(database: Engine) -> Cast:
    """Give an offer with one place and everybody around it."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        offer = factories.an_offer(session)
        learner = factories.a_learner(session)
        return Cast(
            database,
            offer.id or 0,
            factories.actor_of_learner(learner),
            factories.actor_of_learner(factories.a_learner(session)),
            factories.a_member(session, offer.company_id),
            factories.a_member(session, factories.a_company(session).id or 0),
            factories.a_staff_member(session, learner.operator_id),
        )
