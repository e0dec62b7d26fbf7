"""Learners are shared out among colleagues, several at once, within what each of them may see."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import Denied, InvalidInput, NotFound
from stageplus.domain.guidance import Situation
from stageplus.models import FollowUp, Learner, LearnerAssignment, Person
from stageplus.services.caseload.actions import follow_several
from stageplus.services.caseload.queries import choices
from stageplus.services.caseload.schemas import Changed, SeveralInput
from stageplus.services.followup.queries import my_learners
from stageplus.services.followup.schemas import LearnerSearch
from tests import factories
from tests.factories import NOW
from tests.services.caseload.team import Team

TOMORROW = (NOW + timedelta(days=1)).date()


def change(team: Team, actor: Actor | None, learners: list[int], **typed: Any) -> Changed:
    data = SeveralInput.read({"learners": [str(each) for each in learners], **typed})
    return follow_several(actor, data, now=NOW, on=team.database)


def staff_of(team: Team) -> dict[int, int]:
    with reading(team.database) as session:
        return {row.learner_id: row.person_id for row in session.exec(select(LearnerAssignment))}


def found(team: Team, actor: Actor, **asked: Any) -> list[int]:
    rows = my_learners(actor, LearnerSearch.read(asked), now=NOW, on=team.database).rows
    return sorted(row.learner_id for row in rows)


def test_learners_are_given_to_a_colleague_and_back_to_nobody(team: Team) -> None:
    person = team.staff.person_id
    assert change(team, team.staff, [team.here, team.there], staff=str(person)) == Changed(2, 0)
    assert staff_of(team) == {team.here: person, team.there: person}
    assert found(team, team.staff, staff="moi") == found(team, team.staff, staff=str(person)) == [team.here, team.there]
    assert change(team, team.staff, [team.here], staff="personne") == Changed(1, 0)
    assert found(team, team.staff, staff="personne") == [team.here]
    [row] = my_learners(team.bound, LearnerSearch(), now=NOW, on=team.database).rows
    with reading(team.database) as session:
        assert row.staff.endswith(session.get_one(Person, person).last_name)


def test_whom_a_colleague_may_not_see_keeps_whom_they_had(team: Team) -> None:
    change(team, team.staff, [team.here], staff=str(team.staff.person_id))
    bound = str(team.bound.person_id)
    assert change(team, team.staff, [team.here, team.there], staff=bound) == Changed(2, 1)
    assert staff_of(team) == {team.here: team.staff.person_id, team.there: team.bound.person_id}


def test_nobody_elses_learner_is_touched(team: Team) -> None:
    for actor, learners in ((team.stranger, [team.here]), (team.bound, [team.here]), (team.staff, [team.elsewhere])):
        with pytest.raises(NotFound):
            change(team, actor, learners, staff="personne", situation="en pause")
    assert change(team, team.bound, [team.here, team.there, team.elsewhere], situation="en pause") == Changed(1, 0)
    with reading(team.database) as session:
        assert [row.learner_id for row in session.exec(select(FollowUp))] == [team.there]


def test_only_a_colleague_is_given_learners(team: Team) -> None:
    with transaction(team.database) as session:
        suspended = factories.a_staff_member(session, team.staff.operator_id or 0)
        session.get_one(Person, suspended.person_id).suspended_at = NOW
    for person in (team.stranger.person_id, suspended.person_id, 0, 999_999):
        with pytest.raises(InvalidInput) as refused:
            change(team, team.staff, [team.here], staff=str(person))
        assert list(refused.value.fields) == ["staff"]
    assert staff_of(team) == {}


def test_what_is_not_said_stays(team: Team) -> None:
    change(team, team.staff, [team.here], situation="a besoin d’aide", next_contact_on=TOMORROW.isoformat())
    change(team, team.staff, [team.here, team.there], next_contact_on=(TOMORROW + timedelta(days=1)).isoformat())
    change(team, team.staff, [team.here], situation="en pause")
    with reading(team.database) as session:
        rows = {row.learner_id: (row.situation, row.next_contact_on) for row in session.exec(select(FollowUp))}
    later = TOMORROW + timedelta(days=1)
    assert rows == {team.here: (Situation.ON_HOLD, later), team.there: (Situation.SEARCHING, later)}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"learners": []}, "learners"),
        ({"learners": ["x", ""], "staff": "personne"}, "learners"),
        ({"staff": ""}, "form"),
        ({"next_contact_on": "2026-11-23"}, "next_contact_on"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(team: Team, typed: dict[str, Any], field: str) -> None:
    data = SeveralInput.read({"learners": [str(team.here)], **typed})
    with pytest.raises(InvalidInput) as refused:
        follow_several(team.staff, data, now=NOW, on=team.database)
    assert field in refused.value.fields


def test_an_assignment_is_not_the_next_operators(team: Team) -> None:
    change(team, team.staff, [team.here], staff=str(team.staff.person_id))
    with transaction(team.database) as session:
        session.get_one(Learner, team.here).operator_id = team.stranger.operator_id or 0
    assert found(team, team.stranger, staff="personne") == [team.here, team.elsewhere]
    assert [row.staff for row in my_learners(team.stranger, LearnerSearch(), now=NOW, on=team.database).rows] == [
        "",
        "",
    ]


def test_colleagues_who_act_at_once_leave_one_row_each(team: Team) -> None:
    people = [str(team.staff.person_id), "personne", str(team.staff.person_id)] * 3

    def give(person: str) -> None:
        change(team, team.staff, [team.there, team.here], staff=person, situation="cherche")

    with ThreadPoolExecutor(9) as crowd:
        list(crowd.map(give, people))
    with reading(team.database) as session:
        assert len(session.exec(select(FollowUp)).all()) == 2
        assert len(session.exec(select(LearnerAssignment)).all()) <= 2


def test_an_assignment_goes_with_its_people(team: Team) -> None:
    with transaction(team.database) as session:
        colleague = factories.a_staff_member(session, team.staff.operator_id or 0)
    change(team, team.staff, [team.here], staff=str(colleague.person_id))
    with transaction(team.database) as session:
        session.delete(session.get_one(Person, colleague.person_id))
    assert staff_of(team) == {}


def test_one_chooses_from_colleagues_and_places_that_one_may_see(team: Team) -> None:
    mine = choices(team.staff, now=NOW, on=team.database)
    assert [key for key, _name in mine.staff[:2]] == ["moi", "personne"]
    people = {str(team.staff.person_id), str(team.bound.person_id)}
    assert {key for key, _name in mine.assignable} == {"personne"} | people
    assert [name for _key, name in mine.implantations] == ["A", "B"]
    assert mine.waiting == [("long", "Depuis 30 jours au moins"), ("tres-long", "Depuis 60 jours au moins")]
    bound = choices(team.bound, now=NOW, on=team.database)
    assert [name for _key, name in bound.implantations] == ["B"]
    assert choices(team.stranger, now=NOW, on=team.database).implantations == []


def test_nobody_else_shares_learners_out(team: Team) -> None:
    with transaction(team.database) as session:
        actors = [factories.an_offa_member(session), factories.a_coach(session, "soins"), None]
    for actor in actors:
        with pytest.raises(Denied):
            change(team, actor, [team.here], staff="personne")
        with pytest.raises(Denied):
            choices(actor, now=NOW, on=team.database)
