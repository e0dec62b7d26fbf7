"""A baker's offer, a learner whom its company is in contact with, and an interview of theirs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Application, Interview, Offer, OutboxMessage
from stageplus.services.interviews.schemas import CancelInput, InterviewInput, TimesInput
from stageplus.texts.formats import BRUSSELS
from tests import factories
from tests.factories import NOW

DAY = timedelta(days=1)
FIXED = NOW.replace(hour=13) + 7 * DAY
"""A moment that both agreed on: 14 h in Brussels, a week ahead."""


@dataclass(frozen=True)
class Scene:
    """Who plays in the tests of interviews."""

    database: Engine
    offer: int
    application: int
    learner: Actor
    company: Actor
    other_learner: Actor
    other_company: Actor

    def hold(self, *slots: datetime, **fields: Any) -> Interview:
        """Give the application an interview."""
        with transaction(self.database) as session:
            application = session.get_one(Application, self.application)
            return factories.an_interview(session, application, *slots, **fields)

    def interview(self) -> Interview:
        """Return it as it stands."""
        with reading(self.database) as session:
            return session.exec(select(Interview).where(Interview.application_id == self.application)).one()

    def mails(self, kind: str = "") -> list[OutboxMessage]:
        """List the mails of a kind, or all."""
        with reading(self.database) as session:
            found = session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all()
        return [mail for mail in found if mail.kind == f"interview-{kind}" or not kind]

    def end(self, status: ApplicationStatus) -> None:
        """Give the application another status, as if by another hand."""
        with transaction(self.database) as session:
            session.get_one(Application, self.application).status = status

    def another_fixed(self, at: datetime, learner: Actor | None = None, offer: int = 0) -> int:
        """Fix an interview of somebody else at the same establishment, or of a learner elsewhere."""
        with transaction(self.database) as session:
            wanted = session.get_one(Offer, offer) if offer else factories.an_offer(session)
            person = (
                factories.a_learner(session)
                if learner is None
                else session.get_one(factories.Learner, learner.learner_id)
            )
            application = factories.an_application(session, wanted, person)
            factories.an_interview(session, application, starts_at=at)
            return application.id or 0


@pytest.fixture
def scene(database: Engine) -> Scene:
    """Give an application in contact and everybody around it."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        offer = factories.an_offer(session)
        learner = factories.a_learner(session)
        application = factories.an_application(session, offer, learner, status=ApplicationStatus.SEEN)
        return Scene(
            database,
            offer.id or 0,
            application.id or 0,
            factories.actor_of_learner(learner),
            factories.a_member(session, offer.company_id),
            factories.actor_of_learner(factories.a_learner(session)),
            factories.a_member(session, factories.a_company(session).id or 0),
        )


def times(*moments: datetime, why: str = "") -> TimesInput:
    """Type moments, in hours of Brussels, and a reason."""
    return TimesInput.read(typed(*moments) | {"why": why})


def proposal(*moments: datetime, **fields: str) -> InterviewInput:
    """Type a proposal."""
    return InterviewInput.read({"place": "À l’atelier", **typed(*moments), **fields})


def typed(*moments: datetime) -> dict[str, str]:
    """Type moments into the rows of a form."""
    found = {}
    for number, moment in enumerate(moments, 1):
        here = moment.astimezone(BRUSSELS)
        ending = "" if number == 1 else f"_{number}"
        found |= {f"day{ending}": here.date().isoformat(), f"at{ending}": f"{here:%H:%M}"}
    return found


def because(why: str = "Un imprévu.") -> CancelInput:
    """Type a reason."""
    return CancelInput.read({"why": why})
