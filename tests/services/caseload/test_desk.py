"""Every figure of the desk is what a slow, plain computation over the raw rows finds, and what its list shows."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import TO_ANSWER
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.errors import Denied
from stageplus.domain.guidance import Situation
from stageplus.domain.introductions import IntroductionStatus
from stageplus.models import (
    Application,
    Approval,
    ApprovalRecord,
    Enrolment,
    EnrolmentReport,
    EnrolmentState,
    FollowUp,
    ImportState,
    Introduction,
    Learner,
    LearnerAssignment,
    OutsidePlace,
    Person,
    RosterImport,
)
from stageplus.services.caseload.queries import MOST_LISTED, my_desk
from stageplus.services.caseload.schemas import Desk, DeskFigure
from stageplus.services.claims.queries import claims_to_decide
from stageplus.services.followup.queries import my_learners
from stageplus.services.followup.schemas import ADDRESS, LearnerSearch
from stageplus.texts.formats import day_in_brussels
from tests import factories
from tests.factories import NOW
from tests.services.caseload.team import Team, throw_learners

TODAY = day_in_brussels(NOW)


class Raw:
    """Everything there is, read whole, and counted by hand."""

    def __init__(self, team: Team, actor: Actor, place: int | None) -> None:
        self.actor, self.place = actor, place
        with reading(team.database) as session:
            tables = (Person, Application, Introduction, OutsidePlace, FollowUp, LearnerAssignment, Enrolment, Approval)
            self.rows: dict[Any, list[Any]] = {table: list(session.exec(select(table))) for table in tables}
            self.rows |= {t: list(session.exec(select(t))) for t in (EnrolmentReport, RosterImport, ApprovalRecord)}
            self.learners = [each for each in session.exec(select(Learner)) if self.sees(each)]

    def sees(self, row: Any) -> bool:
        ours = row.operator_id == self.actor.operator_id
        return ours and (self.place is None or row.implantation_id == self.place)

    @property
    def enrolled(self) -> list[Learner]:
        return [each for each in self.learners if each.enrolment_ended_on is None]

    @property
    def without(self) -> list[Learner]:
        return [each for each in self.enrolled if not each.has_place]

    def of(self, table: Any, learner: Learner) -> list[Any]:
        return [row for row in self.rows[table] if row.learner_id == learner.id]

    def since(self, learner: Learner) -> datetime:
        [made] = [person.created_at for person in self.rows[Person] if person.id == learner.person_id]
        ends = [place.ended_at for place in self.of(OutsidePlace, learner) if place.ended_at]
        sent = {application.id for application in self.of(Application, learner)}
        failed = [
            each.settled_at
            for each in self.rows[Introduction]
            if each.application_id in sent and each.status is IntroductionStatus.FAILED
        ]
        return max([made, *ends, *failed])

    def days(self, learner: Learner) -> int:
        return (TODAY - day_in_brussels(self.since(learner))).days

    def planned(self, learner: Learner) -> Any:
        return next((row.next_contact_on for row in self.of(FollowUp, learner)), None)

    def staff(self, learner: Learner) -> int:
        mine = [row for row in self.of(LearnerAssignment, learner) if row.operator_id == learner.operator_id]
        return next((row.person_id for row in mine), 0)

    def situation(self, learner: Learner) -> Any:
        return next((row.situation for row in self.of(FollowUp, learner)), None)

    def late(self, learner: Learner) -> bool:
        limit = NOW - timedelta(days=14)
        return any(row.status in TO_ANSWER and row.sent_at < limit for row in self.of(Application, learner))

    def to_do(self, claims: int) -> list[int]:
        sent = {row.id for learner in self.learners for row in self.of(Application, learner)}
        due = [each for each in self.enrolled if self.planned(each) and self.planned(each) <= TODAY]
        waiting = [
            each
            for each in self.rows[Introduction]
            if each.operator_id == self.actor.operator_id
            and each.status is IntroductionStatus.WAITING
            and (self.place is None or each.application_id in sent)
        ]
        recorded = {row.approval_id for row in self.rows[ApprovalRecord] if row.operator_id == self.actor.operator_id}
        asked = [row for row in self.rows[Approval] if row.id in recorded and row.state is ApprovalState.REQUESTED]
        files = [
            file
            for file in self.rows[RosterImport]
            if file.operator_id == self.actor.operator_id
            and file.state is ImportState.READ
            and (self.place is None or file.person_id == self.actor.person_id)
        ]
        ours = {row.id: row for row in self.rows[Enrolment] if self.sees(row)}
        reports = [row for row in self.rows[EnrolmentReport] if row.enrolment_id in ours and row.settled_at is None]
        bare = [row for row in ours.values() if row.state is EnrolmentState.ACTIVE and row.learner_id is None]
        late = [each for each in self.enrolled if self.late(each)]
        unplanned = [each for each in self.without if self.planned(each) is None]
        return [
            len(due),
            len(unplanned),
            len(waiting),
            len(late),
            len(asked),
            claims,
            len(files),
            len(reports),
            len(bare),
        ]

    def without_place(self) -> list[int]:
        kinds = (
            lambda _each: True,
            lambda each: self.days(each) >= 30,
            lambda each: self.days(each) >= 60,
            lambda each: self.staff(each) == self.actor.person_id,
            lambda each: self.staff(each) == 0,
        )
        return [sum(map(kind, self.without)) for kind in kinds]

    def situations(self) -> list[int]:
        found = [self.situation(each) for each in self.without]
        return [found.count(situation) for situation in (*Situation, None)]


def desk(team: Team, actor: Actor) -> Desk:
    return my_desk(actor, now=NOW, on=team.database)


def values(figures: list[DeskFigure]) -> list[int]:
    return [int(figure.value) for figure in figures]


@pytest.mark.parametrize("seed", range(4))
def test_figures_are_those_of_the_raw_rows_and_of_their_lists(team: Team, seed: int) -> None:
    throw_learners(team, seed)
    with transaction(team.database) as session:
        factories.a_claimant(session, factories.an_establishment(session))
    for actor, place in ((team.staff, None), (team.bound, team.annex), (team.stranger, None)):
        shown, raw = desk(team, actor), Raw(team, actor, place)
        claims = claims_to_decide(actor, now=NOW, on=team.database).open_count
        assert values(shown.to_do) == raw.to_do(claims)
        assert values(shown.without) == raw.without_place()
        assert values(shown.situations) == raw.situations()
        for figure in [*shown.to_do, *shown.without, *shown.situations]:
            if urlsplit(figure.href).path == "/operateur/apprenants":
                assert len(listed(team, actor, figure.href)) == int(figure.value), figure.label
        longest = sorted(raw.without, key=lambda each: (raw.since(each), each.plain_name, each.id))
        assert [row.learner_id for row in shown.longest] == [each.id for each in longest[:MOST_LISTED]]


def listed(team: Team, actor: Actor, href: str) -> list[int]:
    asked = {ADDRESS[word]: value for word, value in parse_qsl(urlsplit(href).query)}
    return [row.learner_id for row in my_learners(actor, LearnerSearch.read(asked), now=NOW, on=team.database).rows]


def test_nothing_to_do_warns_of_nothing(team: Team) -> None:
    shown = desk(team, team.stranger)
    assert {figure.tone for figure in shown.to_do if figure.value == "0"} == {"neutral"}
    assert [row.waiting for row in shown.longest] == ["depuis aujourd’hui"]


def test_it_is_a_desk_of_staff(team: Team) -> None:
    with transaction(team.database) as session:
        others = [factories.an_offa_member(session), factories.a_coach(session, "soins"), None]
    for actor in others:
        with pytest.raises(Denied):
            desk(team, actor)  # type: ignore[arg-type]
