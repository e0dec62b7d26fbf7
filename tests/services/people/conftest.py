"""A small house of OFFA: somebody who decides, a colleague, an operator with two implantations, two sectors."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.models import Implantation, JournalEntry, OutboxMessage, Person
from stageplus.services.people.actions import invite_person
from stageplus.services.people.schemas import InviteInput, JoinInput
from tests import factories
from tests.factories import NOW

ADA = JoinInput.read({"first_name": "Ada", "last_name": "Essai", "new": "une phrase assez longue"})
EMAIL = "ada@exemple.test"


@dataclass(frozen=True)
class Offa:
    """OFFA, and the operators that it lets people in for."""

    database: Engine
    boss: Actor
    colleague: Actor
    operator: int
    namur: int
    other: int
    dinant: int

    def invited(self, role: str = "offa", email: str = EMAIL, **chosen: Any) -> str:
        """Invite somebody and return the token of the mailed link."""
        data = InviteInput.read({"email": email, "role": role} | chosen)
        invite_person(self.boss, data, now=NOW, on=self.database)
        return self.token(email)

    def token(self, email: str = EMAIL) -> str:
        """Return the token of the last mail to an address."""
        return self.mails(email)[-1].text.split("/lien/")[1].split()[0]

    def mails(self, email: str) -> list[OutboxMessage]:
        """Return what an address was written, in order."""
        with reading(self.database) as session:
            to = select(OutboxMessage).where(OutboxMessage.recipient == email)
            return list(session.exec(to.order_by(col(OutboxMessage.id))).all())

    def person(self, email: str = EMAIL) -> Person | None:
        """Return who has an address."""
        with reading(self.database) as session:
            return session.exec(select(Person).where(Person.email == email)).first()

    def deeds(self) -> list[str]:
        """Return what the journal says was done, in order."""
        with reading(self.database) as session:
            return list(session.exec(select(JournalEntry.action).order_by(col(JournalEntry.id))).all())


@pytest.fixture
def offa(database: Engine) -> Offa:
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator = factories.an_operator(session, name="Centre du Nord")
        other = factories.an_operator(session, name="Centre du Sud")
        parts = [
            factories.kept(session, Implantation(operator_id=of.id, name=name))
            for of, name in ((operator, "Namur"), (other, "Dinant"))
        ]
        boss, colleague = factories.an_offa_member(session), factories.an_offa_member(session)
        return Offa(database, boss, colleague, operator.id or 0, parts[0].id, other.id or 0, parts[1].id)


@pytest.fixture
def grown(offa: Offa) -> Callable[..., Person]:
    """Return a way to make somebody with an account."""

    def made(role: Any, **fields: Any) -> Person:
        with transaction(offa.database) as session:
            return factories.a_person(session, role, **fields)

    return made
