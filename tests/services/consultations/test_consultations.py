"""Who opened what is kept of a learner, and when: written when it is shown, read by the learner, forgotten in time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.errors import Denied, NotFound
from stageplus.models import Consultation, Person
from stageplus.services.applications.actions import see_application
from stageplus.services.consultations.actions import forget_consultations
from stageplus.services.consultations.queries import my_consultations
from stageplus.services.consultations.schemas import Looked
from stageplus.services.followup.actions import open_learner
from stageplus.services.followup.queries import my_learners
from stageplus.services.followup.schemas import LearnerSearch
from tests import factories
from tests.factories import NOW
from tests.services.placements.conftest import Search


def look(search: Search, number: int = 0, days: int = 0) -> None:
    now = NOW + timedelta(days=days)
    see_application(search.companies[number], search.applications[number], now=now, on=search.database)


def looked(search: Search, number: int | None = None) -> list[Looked]:
    named = 0 if number is None else search.applications[number]
    return my_consultations(search.learner, named, now=NOW, on=search.database)


def rows(search: Search) -> int:
    with reading(search.database) as session:
        return len(session.exec(select(Consultation)).all())


def test_opening_an_application_is_noted_once_a_day(search: Search) -> None:
    for days in (0, 0, 1):
        look(search, days=days)
    lines = looked(search, 0)
    assert [line.day for line in lines] == ["mercredi 25 novembre 2026", "mardi 24 novembre 2026"]
    assert rows(search) == 2
    assert all(line.what for line in lines)
    assert looked(search, 1) == []


def test_a_colleague_the_same_day_is_the_same_company(search: Search) -> None:
    with transaction(search.database) as session:
        colleague = factories.a_member(session, search.companies[0].company_id or 0)
    look(search)
    see_application(colleague, search.applications[0], now=NOW, on=search.database)
    assert (len(looked(search)), rows(search)) == (1, 2)


def test_the_organization_is_named_and_its_people_are_not(search: Search) -> None:
    look(search)
    open_learner(search.staff, search.learner.learner_id or 0, now=NOW, on=search.database)
    said = repr(looked(search))
    assert "ton opérateur" in said
    with reading(search.database) as session:
        for actor in (search.companies[0], search.staff):
            assert session.get_one(Person, actor.person_id).email not in said
    assert [line.what for line in looked(search) if "opérateur" in line.who] == [""]


def test_a_list_and_what_is_not_found_note_nothing(search: Search) -> None:
    my_learners(search.staff, LearnerSearch(), now=NOW, on=search.database)
    for actor in (search.stranger, search.bound):
        with pytest.raises(NotFound):
            open_learner(actor, search.learner.learner_id or 0, now=NOW, on=search.database)
    with pytest.raises(NotFound):
        see_application(search.companies[1], search.applications[0], now=NOW, on=search.database)
    assert rows(search) == 0


def test_nobody_reads_it_for_another(search: Search) -> None:
    look(search)
    assert my_consultations(search.other, search.applications[0], now=NOW, on=search.database) == []
    for actor in (search.staff, search.companies[0], None):
        with pytest.raises(Denied):
            my_consultations(actor, 0, now=NOW, on=search.database)


def test_ten_tabs_at_once_are_one_look(search: Search) -> None:
    look(search)  # the step « vue » is another matter
    with ThreadPoolExecutor(10) as crowd:
        list(crowd.map(lambda _turn: look(search, days=1), range(10)))
    assert rows(search) == 2


def test_the_log_is_forgotten_after_its_months(search: Search) -> None:
    look(search)
    look(search, days=30)
    assert forget_consultations(now=NOW + timedelta(days=364), on=search.database) == 0
    assert forget_consultations(now=NOW + timedelta(days=368), on=search.database) == 1
    assert [line.day for line in looked(search)] == ["jeudi 24 décembre 2026"]


def test_it_outlives_whoever_looked_and_goes_with_the_application(search: Search) -> None:
    look(search)
    with transaction(search.database) as session:
        session.delete(session.get_one(Person, search.companies[0].person_id))
    assert len(looked(search)) == 1
