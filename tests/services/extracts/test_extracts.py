"""A list that is taken along holds what staff may see, and each learner in it reads that it was."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import Denied, FreshFactorNeeded
from stageplus.domain.guidance import Situation
from stageplus.domain.refusals import TooManyTries
from stageplus.models import Application, Consultation, FollowUp, Introduction, Learner, LearnerAssignment, Person
from stageplus.services.consultations.queries import my_consultations
from stageplus.services.extracts import lines
from stageplus.services.extracts.actions import PER_PERSON, extract_introductions, extract_learners
from stageplus.services.extracts.lines import OF_INTRODUCTIONS, OF_LEARNERS
from stageplus.services.followup.queries import my_learners
from stageplus.services.followup.schemas import LearnerSearch
from tests import factories
from tests.factories import NOW
from tests.services.caseload.team import Team, throw_learners


def learners(team: Team, actor: Actor | None, **asked: Any) -> list[dict[str, Any]]:
    extract = extract_learners(actor, LearnerSearch.read(asked), now=NOW, on=team.database)
    assert extract.headings == OF_LEARNERS
    return [dict(zip(extract.headings, row, strict=True)) for row in extract.rows]


def introductions(team: Team, actor: Actor | None) -> list[dict[str, Any]]:
    extract = extract_introductions(actor, now=NOW, on=team.database)
    assert extract.headings == OF_INTRODUCTIONS
    return [dict(zip(extract.headings, row, strict=True)) for row in extract.rows]


def looks(team: Team) -> list[tuple[int, int | None]]:
    with reading(team.database) as session:
        return sorted((row.learner_id, row.person_id) for row in session.exec(select(Consultation)))


def test_a_file_holds_the_list_in_its_order_and_no_more(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "AT_ONCE", 3)
    throw_learners(team, 7)
    for actor in (team.staff, team.bound, team.stranger):
        for asked in ({}, {"place": "sans", "sort": "attente"}, {"sort": "contact"}, {"text": "essai1"}):
            rows = my_learners(actor, LearnerSearch.read(asked), now=NOW, on=team.database).rows
            assert [f"{row['Nom']} {row['Prénom']}" for row in learners(team, actor, **asked)] == [
                row.name for row in rows
            ]


def test_a_line_says_what_the_sheet_says(team: Team) -> None:
    day = NOW.date() + timedelta(days=3)
    with transaction(team.database) as session:
        session.add(
            FollowUp(learner_id=team.here, situation=Situation.ON_HOLD, next_contact_on=day, changed_at=NOW),
        )
        given = {"operator_id": team.staff.operator_id, "person_id": team.bound.person_id}
        session.add(LearnerAssignment(learner_id=team.here, at=NOW, **given))
        learner = session.get_one(Learner, team.here)
        session.get_one(Person, learner.person_id).last_name = "=Formule"
        factories.an_application(session, factories.an_offer(session), learner)
        colleague = session.get_one(Person, team.bound.person_id)
    [row] = [row for row in learners(team, team.staff) if row["Implantation"] == "A"]
    assert row["Nom"] == "=Formule"
    assert (row["Situation"], row["Prochain contact"]) == ("En pause", day)
    assert (row["Candidatures en cours"], row["Sans réponse"], row["Année"]) == (1, 1, 1)
    assert (row["A une place"], row["Sans lieu de stage depuis"]) == ("non", date(2026, 11, 24))
    assert row["Suivi par"] == f"{colleague.first_name} {colleague.last_name}"


def test_introductions_are_those_that_one_may_see(team: Team) -> None:
    throw_learners(team, 3, 20)
    for actor, place in ((team.staff, None), (team.bound, team.annex), (team.stranger, None)):
        with reading(team.database) as session:
            read = select(Person.email, Learner).join(Learner).join(Application).join(Introduction)
            found = session.exec(read).all()
        ours = [email for email, learner in found if learner.operator_id == actor.operator_id]
        if place:
            ours = [email for email, learner in found if learner.implantation_id == place]
        assert sorted(row["Adresse e-mail"] for row in introductions(team, actor)) == sorted(ours)


def test_each_learner_reads_that_the_list_was_taken_along_once_a_day(team: Team) -> None:
    for _turn in range(2):
        learners(team, team.bound)
    assert looks(team) == [(team.there, team.bound.person_id)]
    with reading(team.database) as session:
        hers = factories.actor_of_learner(session.get_one(Learner, team.there))
    assert [line.what for line in my_consultations(hers, 0, now=NOW, on=team.database)] == [""]
    learners(team, team.staff, text="personne de ce nom")
    assert looks(team) == [(team.there, team.bound.person_id)]


def test_whoever_has_left_meanwhile_is_left_out(team: Team) -> None:
    extract = extract_learners(team.staff, LearnerSearch(), now=NOW, on=team.database)
    with transaction(team.database) as session:
        session.get_one(Learner, team.here).operator_id = team.stranger.operator_id or 0
    assert len(list(extract.rows)) == 1


def test_it_needs_a_recent_proof_and_is_not_asked_for_all_day(team: Team) -> None:
    stale = replace(team.staff, proved_at=NOW - timedelta(minutes=11))
    with pytest.raises(FreshFactorNeeded):
        learners(team, stale)
    with pytest.raises(FreshFactorNeeded):
        introductions(team, stale)
    assert looks(team) == []
    for _turn in range(PER_PERSON.times):
        introductions(team, team.staff)
    with pytest.raises(TooManyTries):
        learners(team, team.staff)


def test_nobody_else_takes_anything_along(team: Team) -> None:
    with transaction(team.database) as session:
        actors = [factories.an_offa_member(session), factories.a_coach(session, "soins"), None]
    for actor in actors:
        with pytest.raises(Denied):
            learners(team, actor)
        with pytest.raises(Denied):
            introductions(team, actor)
