"""A bakery with an approval, its member, and a stranger."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.models import Offer
from stageplus.services.postings.actions import publish_offer
from tests import factories
from tests.factories import NOW


@dataclass(frozen=True)
class House:
    """Who acts, and the place that may be chosen."""

    database: Engine
    member: Actor
    stranger: Actor
    establishment: int
    place: str

    def kept(self, offer_id: int) -> Offer:
        """Read an offer as it is in the database."""
        with reading(self.database) as session:
            return session.get_one(Offer, offer_id)

    def publish(self, **changed: Any) -> int:
        """Publish what somebody typed; give its identifier."""
        return publish_offer(self.member, typed(self, **changed), now=NOW, on=self.database).row.offer_id


@pytest.fixture
def house(database: Engine) -> House:
    """Make the bakery."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        establishment = factories.an_establishment(session)
        factories.an_approval(session, establishment)
        member = factories.a_member(session, establishment.company_id)
        stranger = factories.a_member(session, factories.a_company(session).id or 0)
        return House(database, member, stranger, establishment.id or 0, f"{establishment.id}:boulanger")


def typed(house: House, **changed: Any) -> dict[str, Any]:
    """Return what a form sends; `changed` replaces fields."""
    return filled_form(house.place) | changed


def filled_form(place: str) -> dict[str, Any]:
    """Return the fields of an offer that may be published at a place."""
    return {
        "form_key": "a" * 32,
        "place": place,
        "places": "2",
        "years": ["0", "1", "2"],
        "starts_from": "2026-12-01",
        "starts_until": "2027-01-31",
        "days": ["0", "1", "2"],
        "day_starts_at": "08:00",
        "day_ends_at": "16:30",
        "weekly_hours": "24",
        "tasks": "Pétrir et cuire.",
        "language": "français",
        "tutor_first_name": "Sacha",
        "tutor_function": "Chef d’atelier",
    }
