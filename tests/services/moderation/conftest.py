"""A bakery that publishes, a learner who reads, OFFA who looks, and strangers."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.moderation import FlagReason
from stageplus.models import ModerationCase, Offer, OutboxMessage
from stageplus.services.moderation.actions import decide_case, flag_offer
from stageplus.services.moderation.schemas import CaseDetail, FlagInput, ModerationInput, MyFlag
from stageplus.services.postings.actions import edit_offer, publish_offer
from stageplus.services.postings.schemas import PostingDetail
from stageplus.services.throttle import throttle
from tests import factories
from tests.factories import NOW
from tests.services.postings.conftest import filled_form

SECRET = "Zibeline"


@dataclass(frozen=True)
class Scene:
    """Who acts, and where."""

    database: Engine
    member: Actor
    learner: Actor
    other_learner: Actor
    offa: Actor
    place: str

    def typed(self, **changed: Any) -> dict[str, Any]:
        return filled_form(self.place) | {"places": "1", "years": ["0"]} | changed

    def publish(self, **changed: Any) -> PostingDetail:
        return publish_offer(self.member, self.typed(**changed), now=NOW, on=self.database)

    def edit(self, offer_id: int, **changed: Any) -> PostingDetail:
        return edit_offer(self.member, offer_id, self.typed(**changed), now=NOW, on=self.database)

    def flag(self, offer_id: int, who: Actor | None = None, reason: str = "autre", words: str = SECRET) -> MyFlag:
        data = FlagInput(reason=FlagReason(reason), words=words)
        return flag_offer(who or self.learner, offer_id, data, now=NOW, on=self.database)

    def decide(self, offer_id: int, decision: str, words: str = "Changez ce mot.") -> CaseDetail:
        data = ModerationInput.read({"decision": decision, "words": words})
        return decide_case(self.offa, offer_id, data, now=NOW, on=self.database)

    def case(self, offer_id: int) -> ModerationCase | None:
        with reading(self.database) as session:
            return session.get(ModerationCase, offer_id)

    def offer(self, offer_id: int) -> Offer:
        with reading(self.database) as session:
            return session.get_one(Offer, offer_id)

    def mails(self) -> list[OutboxMessage]:
        with reading(self.database) as session:
            return list(session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))))


@pytest.fixture
def scene(database: Engine) -> Scene:
    """Make the scene."""
    throttle().forget_everything()
    with transaction(database) as session:
        factories.minimal_reference(session)
        house = factories.an_establishment(session)
        factories.an_approval(session, house)
        member = factories.a_member(session, house.company_id)
        person = factories.a_person(session, Role.LEARNER, first_name=SECRET)
        learner = factories.a_learner(session, person_id=person.id)
        other = factories.a_learner(session)
        offa = factories.an_offa_member(session)
        place = f"{house.id}:boulanger"
    learners = factories.actor_of_learner(learner), factories.actor_of_learner(other)
    return Scene(database, member, *learners, offa, place)
