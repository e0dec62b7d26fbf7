"""A school: an operator with a learner who has a place and one who has none, its staff, and another operator's."""

from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Implantation, Introduction, OperatorMember
from tests import factories
from tests.factories import NOW


@dataclass(frozen=True)
class School:
    """Who works there, and whom they follow."""

    database: Engine
    operator: int
    staff: Actor
    bound: Actor
    stranger: Actor
    introduction: int
    placed: int
    waiting: int


@pytest.fixture
def school(database: Engine) -> School:
    """Make the school; `bound` is a member of staff of an implantation that nobody is enrolled at."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator = factories.an_operator(session)
        placed, waiting = factories.a_learner(session, operator), factories.a_learner(session, operator)
        accepted = factories.an_application(
            session, factories.an_offer(session), placed, status=ApplicationStatus.ACCEPTED
        )
        introduction = Introduction(application_id=accepted.id, operator_id=operator.id, created_at=NOW)
        elsewhere = factories.kept(session, Implantation(operator_id=operator.id, name="Ailleurs"))
        person = factories.a_person(session, Role.OPERATOR)
        member = OperatorMember(person_id=person.id, operator_id=operator.id, implantation_id=elsewhere.id)
        factories.kept(session, member)
        return School(
            database,
            operator.id or 0,
            factories.a_staff_member(session, operator.id or 0),
            Actor(person.id or 0, Role.OPERATOR, operator_id=operator.id),
            factories.a_staff_member(session, factories.an_operator(session).id or 0),
            factories.kept(session, introduction).id,
            placed.id or 0,
            waiting.id or 0,
        )
