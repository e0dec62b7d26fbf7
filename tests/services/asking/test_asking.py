"""A learner asks for help: the right staff is told once, by mail and on the sheet, and nobody else."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import Denied
from stageplus.domain.refusals import AskedAlready, NotEnrolled
from stageplus.models import Implantation, Learner, OutboxMessage, Person
from stageplus.services.asking.actions import ask_for_help
from stageplus.services.followup.queries import followed_learner, my_learners
from stageplus.services.followup.schemas import LearnerSearch
from stageplus.services.offers.schemas import OfferSearch
from tests import factories
from tests.factories import NOW

SEARCH = OfferSearch.read({"text": "luthier", "place": "Namur", "radius": "5"})
WORDS = "luthier · Namur, à 5 km"


@dataclass(frozen=True)
class School:
    """A learner of one implantation, its staff, staff of the whole operator, of another implantation and elsewhere."""

    database: Engine
    learner: Actor
    here: Actor
    everywhere: Actor
    elsewhere: Actor
    stranger: Actor


@pytest.fixture
def school(database: Engine) -> School:
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator = factories.an_operator(session)
        named = ("Namur", "Dinant")
        places = [factories.kept(session, Implantation(operator_id=operator.id, name=name)).id for name in named]
        learner = factories.a_learner(session, operator, implantation_id=places[0])
        everywhere = factories.a_staff_member(session, operator.id or 0)
        here, elsewhere = (factories.a_staff_member(session, operator.id or 0, place) for place in places)
        stranger = factories.a_staff_member(session, factories.an_operator(session).id or 0)
        return School(database, factories.actor_of_learner(learner), here, everywhere, elsewhere, stranger)


def mails(school: School) -> list[OutboxMessage]:
    with reading(school.database) as session:
        return list(session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all())


def ask(school: School, hours: int = 0) -> bool:
    return ask_for_help(school.learner, SEARCH, now=NOW + timedelta(hours=hours), on=school.database)


def test_the_staff_of_the_implantation_is_told_first_then_that_of_the_operator(school: School) -> None:
    assert ask(school)
    with reading(school.database) as session:
        people = (session.get_one(Person, actor.person_id).email for actor in (school.here, school.everywhere))
        assert [mail.recipient for mail in mails(school)] == list(people)
    assert WORDS in mails(school)[0].text
    assert f"/operateur/apprenants/{school.learner.learner_id}" in mails(school)[0].text


def test_no_more_people_than_the_number_in_force(school: School) -> None:
    with transaction(school.database) as session:
        operator = session.get_one(Learner, school.learner.learner_id).operator_id
        for _number in range(4):
            factories.a_staff_member(session, operator)
    ask(school)
    assert len(mails(school)) == 3


def test_it_stands_on_the_sheet_and_in_the_list_for_some_days(school: School) -> None:
    ask(school)
    learner_id = school.learner.learner_id or 0
    assert followed_learner(school.here, learner_id, now=NOW, on=school.database).row.asks == WORDS
    [row] = my_learners(school.everywhere, LearnerSearch(), now=NOW, on=school.database).rows
    assert row.asks == WORDS
    later = NOW + timedelta(days=15)
    assert followed_learner(school.here, learner_id, now=later, on=school.database).row.asks == ""


def test_again_only_after_a_while(school: School) -> None:
    ask(school)
    with pytest.raises(AskedAlready):
        ask(school, hours=23)
    assert ask(school, hours=24)
    assert len(mails(school)) == 4


def test_twenty_taps_at_once_are_one_message(school: School) -> None:
    def once(_turn: int) -> bool:
        try:
            return ask(school)
        except AskedAlready:
            return False

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(once, range(20))) == 1
    assert len(mails(school)) == 2


def test_only_an_enrolled_learner_asks(school: School) -> None:
    with pytest.raises(Denied):
        ask_for_help(None, SEARCH, now=NOW, on=school.database)
    with transaction(school.database) as session:
        session.get_one(Learner, school.learner.learner_id).enrolment_ended_on = NOW.date()
    with pytest.raises(NotEnrolled):
        ask(school)
    assert mails(school) == []
