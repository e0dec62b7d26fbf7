"""Introductions are taken over once, by the operator of the learner; learners without a place come first."""

from dataclasses import dataclass

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import AlreadyDone, Denied, NotFound
from stageplus.models import Introduction, OutboxMessage
from stageplus.services.followup.actions import take_over
from stageplus.services.followup.queries import followed_learner, introductions, my_learners
from tests import factories
from tests.factories import NOW


@dataclass(frozen=True)
class School:
    """An operator with two learners, one of them introduced to a company."""

    database: Engine
    staff: Actor
    stranger: Actor
    introduction: int
    placed: int
    waiting: int


@pytest.fixture
def school(database: Engine) -> School:
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator = factories.an_operator(session)
        placed, waiting = factories.a_learner(session, operator), factories.a_learner(session, operator)
        accepted = factories.an_application(
            session, factories.an_offer(session), placed, status=ApplicationStatus.ACCEPTED
        )
        introduction = Introduction(application_id=accepted.id, operator_id=operator.id, created_at=NOW)
        return School(
            database,
            factories.a_staff_member(session, operator.id or 0),
            factories.a_staff_member(session, factories.an_operator(session).id or 0),
            factories.kept(session, introduction).id,
            placed.id or 0,
            waiting.id or 0,
        )


def test_an_introduction_is_taken_over_once(school: School) -> None:
    [row] = introductions(school.staff, now=NOW, on=school.database)
    assert row.is_open
    assert not take_over(school.staff, school.introduction, now=NOW, on=school.database).is_open
    with pytest.raises(AlreadyDone):
        take_over(school.staff, school.introduction, now=NOW, on=school.database)
    with reading(school.database) as session:
        assert [mail.kind for mail in session.exec(select(OutboxMessage))] == ["taken-over"]


def test_another_operator_finds_nothing(school: School) -> None:
    assert introductions(school.stranger, now=NOW, on=school.database) == []
    assert my_learners(school.stranger, "", False, now=NOW, on=school.database) == []
    with pytest.raises(NotFound):
        take_over(school.stranger, school.introduction, now=NOW, on=school.database)
    with pytest.raises(NotFound):
        followed_learner(school.stranger, school.placed, now=NOW, on=school.database)
    with pytest.raises(Denied):
        take_over(None, school.introduction, now=NOW, on=school.database)


def test_learners_without_a_place_come_first(school: School) -> None:
    rows = my_learners(school.staff, "", False, now=NOW, on=school.database)
    assert [row.learner_id for row in rows] == [school.waiting, school.placed]
    without = my_learners(school.staff, "boulang", True, now=NOW, on=school.database)
    assert [row.learner_id for row in without] == [school.waiting]
    assert my_learners(school.staff, "plombier", False, now=NOW, on=school.database) == []


def test_staff_reads_statuses_and_not_the_motivation(school: School) -> None:
    followed = followed_learner(school.staff, school.placed, now=NOW, on=school.database)
    assert [each.status_words for each in followed.applications] == ["Retenue"]
    assert "J’aime" not in str(followed)
