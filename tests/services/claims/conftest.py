"""A bakery in the register, and everybody who has a say in a claim on it."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.identifiers import with_check_digits
from stageplus.models import Company, CompanyClaim, Establishment, OutboxMessage, Person
from stageplus.services.accounts.schemas import NO_VISITOR, NewPasswordInput
from stageplus.services.claims.actions import confirm_claim, make_claim
from stageplus.services.claims.schemas import ClaimInput
from tests import factories
from tests.factories import NOW

PASSWORD = NewPasswordInput.read({"new": "une phrase assez longue"})


@dataclass(frozen=True)
class Bakery:
    """The bakery, its operator, another operator of the same province, one from elsewhere, OFFA, its administrator."""

    database: Engine
    establishment: int
    company: int
    operator: Actor
    neighbour: Actor
    stranger: Actor
    offa: Actor
    administrator: Actor

    def typed(self, **changed: str) -> dict[str, Any]:
        """Return what somebody types who knows both numbers."""
        with reading(self.database) as session:
            house = session.get_one(Establishment, self.establishment)
            number = session.get_one(Company, self.company).enterprise_number
        return {
            "enterprise_number": number,
            "establishment_number": house.number,
            "company_name": house.name,
            "postal_code": house.postal_code,
            "function": "Gérante",
            "first_name": "Ada",
            "last_name": "Essai",
            "email": "ada@demo.test",
        } | changed

    def asked(self, **changed: str) -> None:
        """Ask to act for the bakery."""
        make_claim(None, NO_VISITOR, ClaimInput.read(self.typed(**changed)), now=NOW, on=self.database)

    def mails(self, recipient: str) -> list[OutboxMessage]:
        """Return the mails to an address, the latest last."""
        with reading(self.database) as session:
            wanted = select(OutboxMessage).where(OutboxMessage.recipient == recipient)
            return list(session.exec(wanted.order_by(col(OutboxMessage.id))))

    def token(self, recipient: str = "ada@demo.test") -> str:
        """Return the token of the latest link mailed to an address."""
        return self.mails(recipient)[-1].text.split("/lien/")[1].split()[0]

    def claimed(self, **changed: str) -> tuple[Actor, int]:
        """Ask and confirm; return who asked, and the claim."""
        self.asked(**changed)
        email = changed.get("email", "ada@demo.test")
        confirm_claim(None, self.token(email), PASSWORD, now=NOW, on=self.database)
        with reading(self.database) as session:
            person = session.exec(select(Person).where(Person.email == email)).one()
            claim = session.exec(select(CompanyClaim).where(CompanyClaim.person_id == person.id)).one()
        return Actor(person.id or 0, Role.COMPANY, claim_id=claim.id, proved_at=NOW), claim.id or 0


@pytest.fixture
def bakery(database: Engine) -> Bakery:
    """Make them."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator, neighbour = factories.an_operator(session), factories.an_operator(session)
        away = factories.an_operator(session, municipality_ins="21004")
        company = factories.a_company(
            session, enterprise_number=with_check_digits(4_000_001), name="Boulangerie Zéphyr"
        )
        number = with_check_digits(20_000_001)
        house = factories.an_establishment(session, company, number=number, name="Boulangerie Zéphyr, Namur")
        factories.an_approval(session, house, operator_id=operator.id)
        return Bakery(
            database,
            house.id or 0,
            company.id or 0,
            factories.a_staff_member(session, operator.id or 0),
            factories.a_staff_member(session, neighbour.id or 0),
            factories.a_staff_member(session, away.id or 0),
            factories.an_offa_member(session),
            factories.a_member(session, company.id or 0, is_admin=True),
        )
