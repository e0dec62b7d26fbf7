"""An operator finds its learners: without a place first, by filter, by any word, fifty at a time."""

from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.models import Learner, Person
from stageplus.services.followup.queries import followed_learner, my_learners
from stageplus.services.followup.schemas import LearnerPage, LearnerSearch
from tests import factories
from tests.factories import NOW
from tests.matrix.test_statements import counted
from tests.services.followup.conftest import School

PEOPLE = (
    ("Zoé", "Dupont-Lefèvre", "boulanger", "92094", 1),
    ("Émile", "Dupont", "coiffeur", "62063", 2),
    ("Ana", "Vandenberghe", "mecanicien", "62063", 1),
    ("Łukasz", "Boulanger", "patissier", "53053", 3),
)


@pytest.fixture
def staff(database: Engine) -> Actor:
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator = factories.an_operator(session)
        for first_name, last_name, trade, town, year in PEOPLE:
            person = factories.a_person(session, Role.LEARNER, first_name=first_name, last_name=last_name)
            where = {"trade_code": trade, "municipality_ins": town, "year": year}
            factories.a_learner(session, operator, person_id=person.id, **where)
        factories.a_learner(session)
        return factories.a_staff_member(session, operator.id or 0)


def found(database: Engine, staff: Actor, **asked: Any) -> list[str]:
    page = my_learners(staff, LearnerSearch.read_address(asked), now=NOW, on=database)
    return [row.name.split()[0] for row in page.rows]


ALL = ["Boulanger", "Dupont", "Dupont-Lefèvre", "Vandenberghe"]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ALL),
        ({"text": "dupont"}, ["Dupont", "Dupont-Lefèvre"]),
        ({"text": "ZOE lefevre"}, ["Dupont-Lefèvre"]),
        ({"text": "émile DUPONT"}, ["Dupont"]),
        ({"text": "berghe"}, ["Vandenberghe"]),
        ({"text": "lukasz"}, ["Boulanger"]),
        ({"text": "boulang"}, ["Boulanger", "Dupont-Lefèvre"]),
        ({"text": "coiffeuse liege"}, ["Dupont"]),
        ({"text": "liège"}, ["Dupont", "Vandenberghe"]),
        ({"text": "100%"}, []),
        ({"text": "%"}, ALL),
        ({"text": "' OR 1=1"}, []),
        ({"trade": "mecanicien"}, ["Vandenberghe"]),
        ({"trade": "rien"}, []),
        ({"year": "1"}, ["Dupont-Lefèvre", "Vandenberghe"]),
        ({"year": "2", "trade": "coiffeur", "text": "liege"}, ["Dupont"]),
        ({"place": "avec"}, []),
        ({"place": "ailleurs", "year": "un", "page": "-3", "sort": "hasard"}, ALL),
    ],
)
def test_filters_and_words_find_whom_they_mean(
    database: Engine, staff: Actor, asked: dict[str, str], names: list[str]
) -> None:
    assert found(database, staff, **asked) == names


def test_learners_without_a_place_come_first_unless_sorted_by_name(database: Engine, staff: Actor) -> None:
    with transaction(database) as session:
        session.get_one(Learner, 1).has_place = True
    assert found(database, staff)[-1] == "Dupont-Lefèvre"
    assert found(database, staff, sort="nom") == ALL
    assert found(database, staff, place="avec") == ["Dupont-Lefèvre"]
    assert "Dupont-Lefèvre" not in found(database, staff, place="sans")


def test_the_page_counts_everybody_and_those_who_wait(database: Engine, staff: Actor) -> None:
    page = my_learners(staff, LearnerSearch(text="dupont"), now=NOW, on=database)
    assert (page.found_words, page.all_words) == ("2 apprenants", "4 sans lieu de stage, sur 4 apprenants")
    assert [code for code, _name in page.trades] == ["boulanger", "coiffeur", "mecanicien", "patissier"]
    assert page.years[:2] == [("1", "1re année"), ("2", "2e année")]
    assert len(page.years) == 7


def test_a_learner_shows_what_still_has_to_be_answered(school: School) -> None:
    with transaction(school.database) as session:
        learner = session.get_one(Learner, school.waiting)
        factories.an_application(session, factories.an_offer(session), learner)
    rows = my_learners(school.staff, LearnerSearch(), now=NOW, on=school.database).rows
    shown = [(row.learner_id, row.applications, row.has_place) for row in rows]
    assert shown == [(school.waiting, "1 en cours", False), (school.placed, "aucune en cours", True)]


def test_fifty_at_a_time_with_the_same_statements(database: Engine, staff: Actor) -> None:
    with transaction(database) as session:
        operator = session.get_one(Learner, 1).operator_id
        for _number in range(60):
            learner = factories.a_learner(session)
            learner.operator_id = operator
    pages: list[LearnerPage] = []
    for number in (1, 2):
        with counted(database) as said:
            pages.append(my_learners(staff, LearnerSearch(page=number), now=NOW, on=database))
        assert len(said) == 6, "identifiers, their count, rows, live applications, totals, trades"
    assert [len(page.rows) for page in pages] == [50, 14]
    assert not {row.learner_id for row in pages[0].rows} & {row.learner_id for row in pages[1].rows}
    assert (pages[1].page, pages[1].pages) == (2, 2)


def test_staff_sees_whose_mail_comes_back(database: Engine, staff: Actor) -> None:
    with transaction(database) as session:
        learner = session.get_one(Learner, 1)
        session.get_one(Person, learner.person_id).unreachable_since = NOW
    rows = my_learners(staff, LearnerSearch.read_address({}), now=NOW, on=database).rows
    assert [row.learner_id for row in rows if row.unreachable] == [1]
    assert followed_learner(staff, 1, now=NOW, on=database).row.unreachable
