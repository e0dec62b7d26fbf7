"""Introductions are taken over once, by whoever follows the learner; a learner's sheet tells steps, never words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import AlreadyDone, Denied, NotFound
from stageplus.models import Application, ApplicationChange, Introduction, Learner, OutboxMessage
from stageplus.services.followup.actions import take_over
from stageplus.services.followup.queries import (
    followed_learner,
    introductions,
    introductions_to_take_over,
    my_learners,
)
from stageplus.services.followup.schemas import IntroductionLists, IntroductionSearch, LearnerSearch
from tests import factories
from tests.factories import NOW
from tests.matrix.test_statements import counted
from tests.services.followup.conftest import School


def listed(school: School, **pages: int) -> IntroductionLists:
    return introductions(school.staff, IntroductionSearch(**pages), now=NOW, on=school.database)


def more_introductions(school: School, count: int) -> None:
    """Add introductions, each a minute older than the one before."""
    with transaction(school.database) as session:
        offer, learner = factories.an_offer(session), session.get_one(Learner, school.placed)
        for number in range(count):
            application = factories.an_application(
                session, factories.an_offer(session), learner, status=ApplicationStatus.ACCEPTED
            )
            at = NOW - timedelta(minutes=number + 1)
            session.add(Introduction(application_id=application.id, operator_id=school.operator, created_at=at))
        assert offer.id


def test_an_introduction_is_taken_over_once(school: School) -> None:
    [row] = listed(school).waiting
    assert (row.is_open, row.learner_id) == (True, school.placed)
    assert not take_over(school.staff, school.introduction, now=NOW, on=school.database).is_open
    with pytest.raises(AlreadyDone):
        take_over(school.staff, school.introduction, now=NOW, on=school.database)
    with reading(school.database) as session:
        assert [mail.kind for mail in session.exec(select(OutboxMessage))] == ["taken-over"]


def test_what_is_taken_over_moves_to_the_history_with_who_did_it(school: School) -> None:
    take_over(school.staff, school.introduction, now=NOW, on=school.database)
    lists = listed(school)
    assert (lists.waiting, lists.waiting_words) == ([], "Tout est repris")
    [row] = lists.taken
    assert row.taken_over == "24 nov. 2026"
    assert row.taken_by.startswith("Lou Essai")


def test_twenty_colleagues_at_once_take_over_once(school: School) -> None:
    def take(_turn: int) -> bool:
        try:
            take_over(school.staff, school.introduction, now=NOW, on=school.database)
        except AlreadyDone:
            return False
        return True

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(take, range(20))) == 1
    with reading(school.database) as session:
        assert [mail.kind for mail in session.exec(select(OutboxMessage))] == ["taken-over"]


def test_the_oldest_is_first_to_take_over_and_the_latest_first_in_the_history(school: School) -> None:
    more_introductions(school, 2)
    waiting = [row.introduction_id for row in listed(school).waiting]
    assert waiting[-1] == school.introduction
    for number, introduction_id in enumerate(waiting):
        take_over(school.staff, introduction_id, now=NOW + timedelta(hours=number), on=school.database)
    assert [row.introduction_id for row in listed(school).taken] == waiting[::-1]


def test_both_lists_are_paged_apart(school: School) -> None:
    more_introductions(school, 54)
    first = listed(school)
    assert (len(first.waiting), first.waiting_pages) == (50, 2)
    for row in first.waiting[:3]:
        take_over(school.staff, row.introduction_id, now=NOW, on=school.database)
    second = listed(school, waiting=2)
    assert (len(second.waiting), second.waiting_page, len(second.taken)) == (2, 2, 3)
    assert second.waiting_words == "52 mises en relation à reprendre"
    with reading(school.database) as session:
        assert session.exec(select(introductions_to_take_over(school.staff))).one() == 52


def test_another_operator_finds_nothing(school: School) -> None:
    lists = introductions(school.stranger, IntroductionSearch(), now=NOW, on=school.database)
    assert (lists.waiting, lists.taken) == ([], [])
    assert my_learners(school.stranger, LearnerSearch(), now=NOW, on=school.database).rows == []
    with pytest.raises(NotFound):
        take_over(school.stranger, school.introduction, now=NOW, on=school.database)
    with pytest.raises(NotFound):
        followed_learner(school.stranger, school.placed, now=NOW, on=school.database)
    with pytest.raises(Denied):
        take_over(None, school.introduction, now=NOW, on=school.database)


def test_staff_of_one_implantation_follows_its_learners_only(school: School) -> None:
    assert my_learners(school.bound, LearnerSearch(), now=NOW, on=school.database).rows == []
    assert introductions(school.bound, IntroductionSearch(), now=NOW, on=school.database).waiting == []
    with reading(school.database) as session:
        assert session.exec(select(introductions_to_take_over(school.bound))).one() == 0
    with pytest.raises(NotFound):
        take_over(school.bound, school.introduction, now=NOW, on=school.database)
    with pytest.raises(NotFound):
        followed_learner(school.bound, school.placed, now=NOW, on=school.database)


def test_staff_of_an_implantation_takes_over_for_those_enrolled_there(school: School) -> None:
    with transaction(school.database) as session:
        member = session.connection().exec_driver_sql("SELECT MAX(id) FROM implantation").scalar_one()
        session.get_one(Learner, school.placed).implantation_id = member
    [row] = introductions(school.bound, IntroductionSearch(), now=NOW, on=school.database).waiting
    assert not take_over(school.bound, row.introduction_id, now=NOW, on=school.database).is_open


def test_staff_reads_dated_steps_and_not_the_motivation(school: School) -> None:
    with transaction(school.database) as session:
        application = session.exec(select(Application)).one()
        for days, (step, status) in enumerate((("send", "envoyée"), ("see", "vue"), ("accept", "retenue"))):
            change = ApplicationChange(
                application_id=application.id or 0,
                step=step,
                status=ApplicationStatus(status),
                role=Role.COMPANY,
                at=NOW + timedelta(days=days),
            )
            session.add(change)
            session.flush()
    followed = followed_learner(school.staff, school.placed, now=NOW, on=school.database)
    [application_row] = followed.applications
    assert [(step.words, step.day) for step in application_row.steps] == [
        ("Envoyée", "24 nov. 2026"),
        ("Vue", "25 nov. 2026"),
        ("Retenue", "26 nov. 2026"),
    ]
    assert followed.place_words == application_row.company
    assert "J’aime" not in str(followed)


def test_a_sheet_costs_the_same_however_many_applications_there_are(school: School) -> None:
    with counted(school.database) as few:
        followed_learner(school.staff, school.placed, now=NOW, on=school.database)
    more_introductions(school, 20)
    with counted(school.database) as many:
        followed = followed_learner(school.staff, school.placed, now=NOW, on=school.database)
    assert (len(followed.applications), len(many)) == (21, len(few))


def test_who_left_keeps_a_sheet_and_leaves_the_list(school: School) -> None:
    with transaction(school.database) as session:
        session.get_one(Learner, school.waiting).enrolment_ended_on = NOW.date()
    page = my_learners(school.staff, LearnerSearch(), now=NOW, on=school.database)
    assert [row.learner_id for row in page.rows] == [school.placed]
    followed = followed_learner(school.staff, school.waiting, now=NOW, on=school.database)
    assert followed.ended_words == "Inscription terminée le 24 nov. 2026"
