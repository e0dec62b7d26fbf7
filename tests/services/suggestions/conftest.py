"""A school with two implantations: learners with and without a place, its staff, and another operator's."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.models import Implantation, Learner, Offer, OutboxMessage
from stageplus.services.alerts.actions import watch_offers
from stageplus.services.suggestions.actions import suggest_offer
from stageplus.services.suggestions.queries import learners_to_choose, my_suggestions
from stageplus.services.suggestions.schemas import Choice, ChoiceSearch, Receipt, SuggestionInput, Suggestions
from tests import factories
from tests.factories import NOW

WHY = "Tout près de ton école, et le bus 12 s’arrête devant."


@dataclass(frozen=True)
class School:
    """Bakers `baker` (no place) and `placed`, hairdresser `other` (no place), `far` of the other implantation."""

    database: Engine
    offer: int
    baker: int
    placed: int
    other: int
    far: int
    stranger_learner: int
    staff: Actor
    here: Actor
    elsewhere: Actor
    stranger: Actor

    def actor_of(self, learner_id: int) -> Actor:
        """Return a learner as an actor."""
        with reading(self.database) as session:
            return factories.actor_of_learner(session.get_one(Learner, learner_id))

    def suggest(self, *learners: int, by: Actor | None = None, at: datetime = NOW, why: str = WHY) -> Receipt:
        """Suggest the offer."""
        data = SuggestionInput.read({"learners": [str(each) for each in learners], "reason": why})
        return suggest_offer(by or self.staff, self.offer, data, now=at, on=self.database)

    def choice(self, by: Actor | None = None, text: str = "") -> Choice:
        """Read whom the offer may be suggested to."""
        search = ChoiceSearch(text=text)
        return learners_to_choose(by or self.staff, self.offer, search, now=NOW, on=self.database)

    def picked(self, *learners: int, by: Actor | None = None) -> Choice:
        """Read of some learners whether the offer may be suggested to them."""
        search = ChoiceSearch(only=learners)
        return learners_to_choose(by or self.staff, self.offer, search, now=NOW, on=self.database)

    def read(self, learner_id: int) -> Suggestions:
        """Read what a learner reads."""
        return my_suggestions(self.actor_of(learner_id), now=NOW, on=self.database)

    def mails(self, at: datetime) -> list[OutboxMessage]:
        """Let the clock look, and list the mails so far."""
        watch_offers(now=at, on=self.database)
        with reading(self.database) as session:
            return list(session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all())

    def change(self, **fields: object) -> None:
        """Change the offer."""
        with transaction(self.database) as session:
            session.get_one(Offer, self.offer).sqlmodel_update(fields)


@pytest.fixture
def school(database: Engine) -> School:
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator, another = factories.an_operator(session), factories.an_operator(session)
        places = [_place(session, operator.id or 0, name) for name in ("Namur", "Dinant")]
        learn = {"operator": operator, "implantation_id": places[0]}
        baker = factories.a_learner(session, **learn)
        placed = factories.a_learner(session, has_place=True, **learn)
        other = factories.a_learner(session, trade_code="coiffeur", **learn)
        far = factories.a_learner(session, operator, implantation_id=places[1])
        stranger = factories.a_learner(session, another)
        offer = factories.an_offer(session, published_at=NOW - timedelta(days=1))
        ids = [each.id or 0 for each in (offer, baker, placed, other, far, stranger)]
        return School(
            database,
            *ids,
            factories.a_staff_member(session, operator.id or 0),
            factories.a_staff_member(session, operator.id or 0, places[0]),
            factories.a_staff_member(session, operator.id or 0, places[1]),
            factories.a_staff_member(session, another.id or 0),
        )


def _place(session: Session, operator_id: int, name: str) -> int:
    return factories.kept(session, Implantation(operator_id=operator_id, name=name)).id or 0
