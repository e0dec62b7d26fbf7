"""A learner with three applications, their companies, and the staff that follows the learner."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Application, Implantation, Learner, Offer, OutboxMessage
from tests import factories


@dataclass(frozen=True)
class Search:
    """Who plays, and what was sent: the first two to one company each, the third answered by a refusal."""

    database: Engine
    learner: Actor
    other: Actor
    staff: Actor
    bound: Actor
    stranger: Actor
    companies: list[Actor]
    offers: list[int]
    applications: list[int]

    def status(self, number: int) -> ApplicationStatus:
        with reading(self.database) as session:
            return session.get_one(Application, self.applications[number]).status

    def row(self, table: type[Any], key: int) -> Any:
        with reading(self.database) as session:
            return session.get_one(table, key)

    def mails(self, kind: str) -> list[OutboxMessage]:
        with reading(self.database) as session:
            return list(session.exec(select(OutboxMessage).where(OutboxMessage.kind == kind)))

    @property
    def has_place(self) -> bool:
        return bool(self.row(Learner, self.learner.learner_id or 0).has_place)


@pytest.fixture
def search(database: Engine) -> Search:
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator = factories.an_operator(session)
        learner = factories.a_learner(session, operator)
        offers: list[Offer] = []
        for _number in range(3):
            house = factories.an_establishment(session)
            factories.an_approval(session, house)
            offers.append(factories.an_offer(session, house))
        companies = [factories.a_member(session, offer.company_id) for offer in offers]
        statuses = (ApplicationStatus.SENT, ApplicationStatus.IN_CONTACT, ApplicationStatus.REFUSED)
        sent = [
            factories.an_application(session, offer, learner, status=status)
            for offer, status in zip(offers, statuses, strict=True)
        ]
        elsewhere = factories.kept(session, Implantation(operator_id=operator.id, name="Ailleurs"))
        return Search(
            database,
            factories.actor_of_learner(learner),
            factories.actor_of_learner(factories.a_learner(session, operator)),
            factories.a_staff_member(session, operator.id or 0),
            factories.a_staff_member(session, operator.id or 0, elsewhere.id),
            factories.a_staff_member(session, factories.an_operator(session).id or 0),
            companies,
            [offer.id or 0 for offer in offers],
            [each.id or 0 for each in sent],
        )
