"""An operator with staff, an enrolment with a code, and a counter of tries of this test alone."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.models import Enrolment, OutboxMessage
from stageplus.services.accounts.schemas import Visitor
from stageplus.services.activation.actions import finish_activation, look_at_code, start_activation
from stageplus.services.activation.schemas import Activated, CodeHolder, CodeInput, StartInput
from stageplus.services.throttle import throttle
from tests import factories
from tests.factories import NOW

PASSWORD = "nuage cactus trompette"
VISITOR = Visitor("192.0.2.7")


@dataclass
class Desk:
    """One enrolment with a code, and what its learner does with it."""

    database: Engine
    staff: Actor
    enrolment_id: int
    code: str

    def looks(self, code: str = "", now: Any = NOW, visitor: Visitor = VISITOR) -> CodeHolder:
        return look_at_code(None, visitor, CodeInput.read({"code": code or self.code}), now=now, on=self.database)

    def starts(self, email: str = "ada@exemple.test", code: str = "", now: Any = NOW) -> str:
        """Start and return the token of the mailed link."""
        typed = StartInput.read({"code": code or self.code, "email": email})
        start_activation(None, VISITOR, typed, now=now, on=self.database)
        return self.mails(email)[-1].text.partition("/lien/")[2].split()[0] if "/lien/" in self.last(email) else ""

    def finishes(self, token: str, password: str = PASSWORD, now: Any = NOW) -> Activated:
        return finish_activation(None, VISITOR, token, password, now=now, on=self.database)

    def mails(self, recipient: str = "") -> list[OutboxMessage]:
        with Session(self.database) as session:
            found = session.exec(select(OutboxMessage).order_by(OutboxMessage.id)).all()  # type: ignore[arg-type]
        return [mail for mail in found if recipient in {"", mail.recipient}]

    def last(self, recipient: str) -> str:
        return self.mails(recipient)[-1].text

    def enrolment(self) -> Enrolment:
        with Session(self.database) as session:
            return session.get_one(Enrolment, self.enrolment_id)


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    throttle().forget_everything()


@pytest.fixture
def desk(database: Engine) -> Desk:
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator = factories.an_operator(session, name="IFAPME d’essai")
        enrolment = factories.an_enrolment(
            session, operator, reference="A1", first_name="Ada", last_name="Essai", email="ada@exemple.test"
        )
        code = factories.an_activation_code(session, enrolment)
        return Desk(database, factories.a_staff_member(session, operator.id or 0), enrolment.id or 0, code)
