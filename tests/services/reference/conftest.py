"""A small world with OFFA, an offer that is on line and a learner."""

from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.services.offers.queries import open_offers
from stageplus.services.offers.schemas import OfferPage, OfferSearch
from tests import factories


@dataclass(frozen=True)
class Desk:
    """OFFA, a learner, and the database they share."""

    database: Engine
    offa: Actor
    learner: Actor
    offer: int

    def found(self, text: str, place: str = "") -> OfferPage:
        """Search as the learner."""
        return open_offers(self.learner, OfferSearch(text=text, place=place), now=factories.NOW, on=self.database)


@pytest.fixture
def desk(database: Engine) -> Desk:
    with transaction(database) as session:
        factories.minimal_reference(session)
        offer = factories.an_offer(session)
        learner = factories.a_learner(session)
        return Desk(database, factories.an_offa_member(session), factories.actor_of_learner(learner), offer.id or 0)
