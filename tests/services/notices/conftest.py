"""An offer with its company, two learners who apply, and the hours of a day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.letters import Group, MailPace
from stageplus.models import OutboxMessage, Person
from stageplus.services.accounts.queries import who_am_i
from stageplus.services.applications.actions import send_application, withdraw_application
from stageplus.services.applications.schemas import ApplicationInput
from stageplus.services.notices.actions import choose_mail, mail_digests
from stageplus.services.notices.queries import my_notices
from stageplus.services.notices.schemas import ChoiceInput, MailChoices, Notices
from stageplus.services.notifications.actions import queue_mail, send_due_mails
from stageplus.texts.formats import BRUSSELS
from tests import factories


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    """Return a moment of November 2026, as clocks show it in Brussels."""
    return datetime(2026, 11, day, hour, minute, tzinfo=BRUSSELS)


TEN, ELEVEN, NOON = at(10), at(11), at(12)


@dataclass
class Told:
    """Who is told what, and what they read of it."""

    database: Engine
    offer: int
    company: Actor
    learners: list[Actor]
    sent: list[OutboxMessage] = field(default_factory=list)

    @property
    def learner(self) -> Actor:
        """Return the first learner."""
        return self.learners[0]

    def apply(self, number: int = 0, now: datetime = TEN) -> int:
        """Let a learner apply to the offer."""
        data = ApplicationInput.read({"form_key": f"{number:032x}", "motivation": "J’aime le pain."})
        receipt = send_application(self.learners[number], self.offer, data, now=now, on=self.database)
        return receipt.application_id

    def withdraw(self, application: int, now: datetime = ELEVEN) -> None:
        """Let the first learner withdraw."""
        withdraw_application(self.learner, application, now=now, on=self.database)

    def choose(self, actor: Actor, group: Group, pace: MailPace) -> MailChoices:
        """Choose how often to be mailed."""
        return choose_mail(actor, ChoiceInput(group=group, pace=pace), now=at(9), on=self.database)

    def read(self, actor: Actor, now: datetime = NOON) -> Notices:
        """Read the list of somebody."""
        return my_notices(actor, now=now, on=self.database)

    def count(self, actor: Actor) -> str:
        """Read the count beside the bell."""
        return who_am_i(actor, now=at(12), on=self.database).notices

    def digests(self, now: datetime) -> int:
        """Let the clock write the daily mails."""
        return mail_digests(now=now, on=self.database)

    def deliver(self, now: datetime) -> list[str]:
        """Let the clock send what may leave, and say the kinds of it."""
        before = len(self.sent)
        send_due_mails(self.sent.append, now=now, on=self.database)
        return [mail.kind for mail in self.sent[before:]]

    def mails(self, actor: Actor) -> Sequence[OutboxMessage]:
        """List the mails to somebody, in order."""
        with reading(self.database) as session:
            address = select(Person.email).where(Person.id == actor.person_id).scalar_subquery()
            theirs = select(OutboxMessage).where(col(OutboxMessage.recipient) == address)
            return session.exec(theirs.order_by(col(OutboxMessage.id))).all()

    def tell(self, actor: Actor, kind: str, key: str = "", now: datetime = TEN) -> None:
        """Write a letter to somebody."""
        with transaction(self.database) as session:
            write(session, session.get_one(Person, actor.person_id).email, kind, key, now)


def write(session: Session, email: str, kind: str, key: str = "", now: datetime = TEN) -> None:
    """Write a letter to an address."""
    words = {"subject": "Une nouvelle", "sentences": ["Bonjour."], "link": ("/compte", "Voir")}
    queue_mail(session, key=key or f"{kind}:1", kind=kind, recipient=email, now=now, **words)  # type: ignore[arg-type]


@pytest.fixture
def told(database: Engine) -> Told:
    """Fill it."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        dates = {"published_at": at(8) - timedelta(days=1)}
        offer = factories.an_offer(session, places=3, **dates)
        learners = [factories.actor_of_learner(factories.a_learner(session)) for _number in range(3)]
        return Told(database, offer.id or 0, factories.a_member(session, offer.company_id), learners)
