"""The report of a term counts what a slow, plain computation over the raw rows counts, per implantation."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import Denied, NotFound
from stageplus.domain.introductions import IntroductionStatus
from stageplus.models import Application, ApplicationChange, Introduction, Learner, Person
from stageplus.services.termly.queries import my_terms, term_report
from stageplus.services.termly.schemas import FIGURES, TermReport
from stageplus.texts.formats import day_in_brussels
from tests import factories
from tests.factories import NOW
from tests.services.caseload.team import Team, throw_learners

THIS, BEFORE = ("2026-T4", date(2026, 10, 1), date(2026, 12, 31)), ("2026-T3", date(2026, 7, 1), date(2026, 9, 30))
ANSWERS = {ApplicationStatus.IN_CONTACT, ApplicationStatus.ACCEPTED, ApplicationStatus.REFUSED}
UNCOUNTED = {ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN}


def report(team: Team, actor: Actor | None, code: str = "2026-T4", days: int = 0) -> TermReport:
    return term_report(actor, code, now=NOW + timedelta(days=days), on=team.database)


def counted(team: Team, actor: Actor, place: int | None, first: date, last: date) -> tuple[int, ...]:
    """Count by hand what happened to the learners of one implantation, or of none."""
    with reading(team.database) as session:
        learners = [each for each in session.exec(select(Learner)) if each.operator_id == actor.operator_id]
        mine = {each.id for each in learners if each.implantation_id == place}
        sent = [each for each in session.exec(select(Application)) if each.learner_id in mine]
        answered = {row.application_id for row in session.exec(select(ApplicationChange)) if row.status in ANSWERS}
        whose = {each.id for each in sent}
        introduced = [each for each in session.exec(select(Introduction)) if each.application_id in whose]

    def within(at: Any) -> bool:
        return at is not None and first <= (at if type(at) is date else day_in_brussels(at)) <= last

    enrolled = [each for each in learners if each.id in mine and each.enrolment_ended_on is None]
    counts = [each for each in sent if within(each.sent_at) and each.status not in UNCOUNTED]
    failed = [each for each in introduced if each.status is IntroductionStatus.FAILED and within(each.settled_at)]
    return (
        len(enrolled),
        len([each for each in enrolled if not each.has_place]),
        len(counts),
        len([each for each in counts if each.id in answered]),
        len([each for each in introduced if within(each.created_at)]),
        len([each for each in introduced if within(each.started_on)]),
        len(failed),
    )


@pytest.mark.parametrize("seed", range(3))
def test_each_figure_is_that_of_the_raw_rows(team: Team, seed: int) -> None:
    throw_learners(team, seed, 24)
    for code, first, last in (THIS, BEFORE):
        shown = report(team, team.staff, code)
        by_name = {line.name: line.values for line in shown.lines}
        expected = {
            name: counted(team, team.staff, place, first, last)
            for name, place in (("A", team.main), ("B", team.annex), ("Sans implantation", None))
        }
        assert by_name == {
            name: values for name, values in expected.items() if name != "Sans implantation" or any(values)
        }
        assert shown.total == tuple(map(sum, zip(*expected.values(), strict=True)))
        bound = report(team, team.bound, code)
        assert {line.name: line.values for line in bound.lines} == {"B": expected["B"]}
        assert bound.total == expected["B"]
        theirs = counted(team, team.stranger, None, first, last)
        assert report(team, team.stranger, code).total == theirs


def test_a_report_names_no_person(team: Team) -> None:
    throw_learners(team, 1)
    said = repr(report(team, team.staff))
    with reading(team.database) as session:
        assert not [each for each in session.exec(select(Person)) if each.last_name in said or each.email in said]


def test_the_first_and_last_moment_of_a_term_are_in_it(team: Team) -> None:
    with transaction(team.database) as session:
        learner = session.get_one(Learner, team.here)
        for day, hour in ((30, 21), (30, 22)):  # 23 h on the last day, midnight on the first, in Brussels
            at = NOW.replace(month=9, day=day, hour=hour, minute=30)
            factories.an_application(session, factories.an_offer(session), learner, sent_at=at)
    sent = [name for name, _label, _definition in FIGURES].index("sent")
    assert (report(team, team.staff).total[sent], report(team, team.staff, "2026-T3").total[sent]) == (1, 1)


@pytest.mark.parametrize("code", ["2027-T1", "2026-T5", "", "toujours"])
def test_a_term_to_come_or_none_is_not_there(team: Team, code: str) -> None:
    with pytest.raises(NotFound):
        report(team, team.staff, code)


def test_the_latest_terms_are_offered(team: Team) -> None:
    terms = my_terms(team.staff, now=NOW, on=team.database)
    assert [term.name for term in terms[:2]] == ["Quatrième trimestre 2026", "Troisième trimestre 2026"]
    assert terms[0].file == "/operateur/rapport/2026-T4.pdf"
    assert len(terms) == 5


def test_it_is_for_staff(team: Team) -> None:
    with transaction(team.database) as session:
        actors = [factories.an_offa_member(session), factories.a_coach(session, "soins"), None]
    for actor in actors:
        with pytest.raises(Denied):
            report(team, actor)
        with pytest.raises(Denied):
            my_terms(actor, now=NOW, on=team.database)
