"""Columns that repeat what other rows say, kept up here by whoever saves those rows: nobody can forget them.

They carry the lists of an operator's 180,000 learners and of a sector's offers, see docs/adr/0008. A statement that
passes by the session (`insert`, or `update` of many rows) writes them itself.
"""

from sqlalchemy import Connection, event, select, update
from sqlalchemy.orm import Mapper
from sqlmodel import col

from stageplus.domain.plain_text import plain
from stageplus.models.accounts import Learner, Person
from stageplus.models.applications import Application, Introduction
from stageplus.models.registers import Company

LONGEST_PLAIN_NAME = 170


def plain_name(*names: str) -> str:
    """Return a name as lists are sorted and searched by."""
    return plain(" ".join(names))[:LONGEST_PLAIN_NAME]


@event.listens_for(Company, "before_insert")
@event.listens_for(Company, "before_update")
def _name_company(_mapper: Mapper[Company], _connection: Connection, company: Company) -> None:
    company.plain_name = plain_name(company.name)


@event.listens_for(Learner, "before_insert")
def _name_learner(_mapper: Mapper[Learner], connection: Connection, learner: Learner) -> None:
    names = select(col(Person.last_name), col(Person.first_name)).where(col(Person.id) == learner.person_id)
    if found := connection.execute(names).first():
        learner.plain_name = plain_name(*found)


@event.listens_for(Person, "after_update")
def _rename_learner(_mapper: Mapper[Person], connection: Connection, person: Person) -> None:
    theirs = update(Learner).where(col(Learner.person_id) == person.id)
    connection.execute(theirs.values(plain_name=plain_name(person.last_name, person.first_name)))


@event.listens_for(Introduction, "after_insert")
def _note_place(_mapper: Mapper[Introduction], connection: Connection, introduction: Introduction) -> None:
    learner = select(col(Application.learner_id)).where(col(Application.id) == introduction.application_id)
    theirs = update(Learner).where(col(Learner.id) == learner.scalar_subquery())
    connection.execute(theirs.values(has_place=True))
