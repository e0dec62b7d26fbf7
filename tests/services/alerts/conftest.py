"""A learner of Namur who waits for a baker's place, and the means to post one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.alerts import AlertPace
from stageplus.models import Establishment, OutboxMessage
from stageplus.services.alerts.actions import save_alert, watch_offers
from stageplus.services.alerts.queries import my_alerts
from stageplus.services.alerts.schemas import AlertInput, Alerts
from tests import factories
from tests.factories import NOW


@dataclass(frozen=True)
class Waiting:
    """Two learners, an establishment in Namur and one in Mons."""

    database: Engine
    learner: Actor
    other: Actor
    near: int
    far: int

    def save(self, pace: AlertPace = AlertPace.DAILY, *, now: datetime = NOW, **search: Any) -> Alerts:
        """Save an alert of the learner."""
        asked = AlertInput.read({"text": "boulanger", "place": "Namur", "pace": pace} | search)
        return save_alert(self.learner, asked, now=now, on=self.database)

    def post(self, at: datetime, *, far: bool = False, **fields: Any) -> int:
        """Publish a baker's offer."""
        with transaction(self.database) as session:
            house = session.get_one(Establishment, self.far if far else self.near)
            dates = {"published_at": at, "created_at": at, "updated_at": at}
            return factories.an_offer(session, house, **(dates | fields)).id or 0

    def watch(self, now: datetime) -> str:
        """Let the clock look."""
        return watch_offers(now=now, on=self.database)

    def read(self, now: datetime) -> Alerts:
        """Read the learner's page."""
        return my_alerts(self.learner, now=now, on=self.database)

    def mails(self) -> list[OutboxMessage]:
        """List the mails of alerts, in order."""
        with reading(self.database) as session:
            mine = select(OutboxMessage).where(OutboxMessage.kind == "alerts")
            return list(session.exec(mine.order_by(OutboxMessage.id)).all())  # type: ignore[arg-type]


@pytest.fixture
def waiting(database: Engine) -> Waiting:
    """Fill it."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        learner, other = factories.a_learner(session), factories.a_learner(session)
        near = factories.an_establishment(session).id or 0
        far = factories.an_establishment(session, municipality_ins="53053", postal_code="7000").id or 0
        return Waiting(database, factories.actor_of_learner(learner), factories.actor_of_learner(other), near, far)
