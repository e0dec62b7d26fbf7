"""An operator with one member of staff, and rosters as files."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.models import Enrolment
from stageplus.services.enrolment.actions import hand_in_roster, import_roster
from stageplus.services.enrolment.schemas import ConfirmInput, ImportResult
from tests import factories
from tests.factories import NOW

HEADINGS = "Matricule;Nom;Prénom;Né le;E-mail;CP;Métier;Année;Jours en entreprise;Implantation"
ADA = "A1;Essai;Ada;14/03/2009;ada@exemple.test;5000;Boulangère;1;lundi au jeudi;Namur"
BOB = "A2;Essai;Bob;2/10/2008;;4000;coiffeur;2e;ma me ve;Liège"


@dataclass
class School:
    """An operator, its staff, and the database it is in."""

    database: Engine
    operator_id: int
    staff: Actor

    def hand_in(self, *lines: str, headings: str = HEADINGS, by: Actor | None = None, now=NOW) -> int:  # type: ignore[no-untyped-def]
        content = "\n".join([headings, *lines]).encode()
        return hand_in_roster(by or self.staff, "liste.csv", content, now=now, on=self.database)

    def take(self, *lines: str, now=NOW, by: Actor | None = None, **confirm: object) -> ImportResult:  # type: ignore[no-untyped-def]
        import_id = self.hand_in(*lines, now=now, by=by)
        return import_roster(by or self.staff, import_id, ConfirmInput.read(confirm), now=now, on=self.database)

    def enrolments(self) -> dict[str, Enrolment]:
        with Session(self.database) as session:
            return {each.reference: each for each in session.exec(select(Enrolment).order_by(Enrolment.reference))}


@pytest.fixture
def school(database: Engine) -> School:
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator = factories.an_operator(session)
        return School(database, operator.id or 0, factories.a_staff_member(session, operator.id or 0))


@pytest.fixture
def restricted(school: School) -> Callable[[str], Actor]:
    """Make a colleague who sees one implantation only."""
    from stageplus.models import Implantation

    def colleague(name: str) -> Actor:
        with transaction(school.database) as session:
            wanted = select(Implantation.id).where(Implantation.name == name)
            return factories.a_staff_member(session, school.operator_id, session.exec(wanted).one())

    return colleague
