"""A baker's offer with one place, its company, and two learners who wait for an answer."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Application, Learner, Offer, OutboxMessage, Parameter
from tests import factories


@dataclass(frozen=True)
class Counter:
    """Who plays at a company's counter."""

    database: Engine
    offer: int
    company_id: int
    establishment: int
    learner: Actor
    other_learner: Actor
    company: Actor
    colleague: Actor
    other_company: Actor
    application: int
    other: int

    def status(self, application: int = 0) -> ApplicationStatus:
        """Return where an application stands in earnest."""
        with reading(self.database) as session:
            return session.get_one(Application, application or self.application).status

    def mails(self) -> list[OutboxMessage]:
        """List the mails written so far."""
        with reading(self.database) as session:
            return list(session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))))

    def places(self) -> tuple[int, str]:
        """Return how many places are taken, and where the offer stands."""
        with reading(self.database) as session:
            offer = session.get_one(Offer, self.offer)
            return offer.places_taken, offer.status.value


@pytest.fixture
def counter(database: Engine) -> Counter:
    """Give an offer with one place and everybody around it; answers may be taken back for ten seconds."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        session.exec(update(Parameter).where(col(Parameter.name) == "answer_undo_seconds").values(value="10"))
        offer = factories.an_offer(session)
        learner, other = factories.a_learner(session), factories.a_learner(session)
        return Counter(
            database,
            offer.id or 0,
            offer.company_id or 0,
            offer.establishment_id,
            factories.actor_of_learner(learner),
            factories.actor_of_learner(other),
            factories.a_member(session, offer.company_id or 0),
            factories.a_member(session, offer.company_id or 0),
            factories.a_member(session, factories.a_company(session).id or 0),
            factories.an_application(session, offer, learner).id or 0,
            factories.an_application(session, offer, other).id or 0,
        )


@pytest.fixture
def set_parameter(database: Engine) -> Callable[[str, str], None]:
    """Give a way to change a parameter in force."""

    def changed(name: str, value: str) -> None:
        with transaction(database) as session:
            session.exec(update(Parameter).where(col(Parameter.name) == name).values(value=value))

    return changed


@pytest.fixture
def learner_of(counter: Counter) -> Callable[[Actor], Learner]:
    """Give the row of a learner."""

    def found(actor: Actor) -> Learner:
        with reading(counter.database) as session:
            return session.get_one(Learner, actor.learner_id)

    return found
