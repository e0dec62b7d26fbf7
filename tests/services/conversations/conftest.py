"""A baker's application that the company has seen, its two sides, and everybody who is not in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Application, Message, OutboxMessage
from stageplus.services.conversations.actions import mail_of_messages, mark_read, send_message
from stageplus.services.conversations.queries import conversation
from stageplus.services.conversations.schemas import MessageInput, Thread
from tests import factories
from tests.factories import NOW

_keys = count(1)


@dataclass(frozen=True)
class Scene:
    """Who acts, and the application they write in."""

    database: Engine
    application: int
    learner: Actor
    company: Actor
    colleague: Actor
    other_learner: Actor
    other_company: Actor
    staff: Actor
    other_staff: Actor
    coach: Actor
    offa: Actor

    def say(
        self, who: Actor, text: str = "Bonjour !", *, key: str = "", now: datetime = NOW, intent: str = ""
    ) -> Thread:
        data = MessageInput.read({"form_key": key or f"{next(_keys):032x}", "text": text, "intent": intent})
        return send_message(who, self.application, data, now=now, on=self.database)

    def thread(self, who: Actor, now: datetime = NOW) -> Thread:
        return conversation(who, self.application, now=now, on=self.database)

    def read(self, who: Actor, now: datetime = NOW) -> None:
        mark_read(who, self.application, self.thread(who).last_id, now=now, on=self.database)

    def mail(self, now: datetime) -> int:
        return mail_of_messages(now=now, on=self.database)

    def mails(self) -> list[OutboxMessage]:
        with reading(self.database) as session:
            return list(session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))))

    def messages(self) -> list[Message]:
        with reading(self.database) as session:
            return list(session.exec(select(Message).order_by(col(Message.id))))

    def move(self, status: ApplicationStatus) -> None:
        with transaction(self.database) as session:
            session.get_one(Application, self.application).status = status


@pytest.fixture
def scene(database: Engine) -> Scene:
    """Make the scene."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        person = factories.a_person(session, Role.LEARNER, first_name="Mila", last_name="Zibeline")
        learner = factories.a_learner(session, person_id=person.id, phone="+32470123456")
        house = factories.an_establishment(session, factories.a_company(session, name="Boulangerie du Nuage"))
        offer = factories.an_offer(session, house)
        application = factories.an_application(session, offer, learner, status=ApplicationStatus.SEEN)
        return Scene(
            database,
            application.id or 0,
            factories.actor_of_learner(learner),
            factories.a_member(session, offer.company_id),
            factories.a_member(session, offer.company_id),
            factories.actor_of_learner(factories.a_learner(session)),
            factories.a_member(session, factories.a_company(session).id or 0),
            factories.a_staff_member(session, learner.operator_id),
            factories.a_staff_member(session, factories.an_operator(session).id or 0),
            factories.a_coach(session, "alimentation"),
            factories.an_offa_member(session),
        )


@pytest.fixture
def sides(scene: Scene) -> Callable[[], tuple[Thread, Thread]]:
    """Read the conversation from both sides."""
    return lambda: (scene.thread(scene.learner), scene.thread(scene.company))
