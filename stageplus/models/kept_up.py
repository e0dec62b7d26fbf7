"""Columns that repeat what other rows say, kept up here by whoever saves those rows: nobody can forget them.

They carry the lists of an operator's 180,000 learners and of a sector's offers, see docs/adr/0008. A statement that
passes by the session (`insert`, or `update` of many rows) writes them itself.
"""

from typing import Any

from sqlalchemy import Connection, event, select, update
from sqlalchemy.orm import Mapper
from sqlmodel import col

from stageplus.domain.plain_text import plain
from stageplus.models.accounts import Learner, Person
from stageplus.models.applications import Application, Introduction
from stageplus.models.enrolment import Enrolment
from stageplus.models.registers import Company, Establishment

LONGEST_PLAIN_NAME = 170


def plain_name(*names: str) -> str:
    """Return a name as lists are sorted and searched by."""
    return plain(" ".join(names))[:LONGEST_PLAIN_NAME]


@event.listens_for(Company, "before_insert")
@event.listens_for(Company, "before_update")
@event.listens_for(Establishment, "before_insert")
@event.listens_for(Establishment, "before_update")
def _name_house(_mapper: Mapper[Any], _connection: Connection, house: Company | Establishment) -> None:
    house.plain_name = plain_name(house.name)


@event.listens_for(Person, "before_insert")
@event.listens_for(Person, "before_update")
@event.listens_for(Enrolment, "before_insert")
@event.listens_for(Enrolment, "before_update")
def _name_somebody(_mapper: Mapper[Any], _connection: Connection, somebody: Person | Enrolment) -> None:
    somebody.plain_name = plain_name(somebody.last_name, somebody.first_name)


@event.listens_for(Learner, "before_insert")
def _name_learner(_mapper: Mapper[Learner], connection: Connection, learner: Learner) -> None:
    name = select(col(Person.plain_name)).where(col(Person.id) == learner.person_id)
    learner.plain_name = connection.execute(name).scalar_one_or_none() or ""


@event.listens_for(Person, "after_update")
def _rename_learner(_mapper: Mapper[Person], connection: Connection, person: Person) -> None:
    theirs = update(Learner).where(col(Learner.person_id) == person.id)
    connection.execute(theirs.values(plain_name=person.plain_name))


@event.listens_for(Introduction, "after_insert")
def _note_place(_mapper: Mapper[Introduction], connection: Connection, introduction: Introduction) -> None:
    learner = select(col(Application.learner_id)).where(col(Application.id) == introduction.application_id)
    theirs = update(Learner).where(col(Learner.id) == learner.scalar_subquery())
    connection.execute(theirs.values(has_place=True))
