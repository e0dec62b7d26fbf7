"""A team of an operator with two implantations, and a world of learners thrown with dice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.guidance import Situation
from stageplus.domain.introductions import FailureReason, IntroductionStatus
from stageplus.models import (
    ApplicationChange,
    EnrolmentReport,
    EnrolmentState,
    FollowUp,
    Implantation,
    ImportState,
    Introduction,
    Learner,
    LearnerAssignment,
    Offer,
    OutsidePlace,
    ReportKind,
    RosterImport,
)
from tests import factories
from tests.factories import NOW

DAYS = (0, 1, 13, 14, 15, 29, 30, 31, 59, 60, 61, 90)
OLDEST = NOW - timedelta(days=100)


@dataclass(frozen=True)
class Team:
    """Who works where: `bound` sees the annex only; nobody of `stranger`'s operator sees anything of it."""

    database: Engine
    staff: Actor
    bound: Actor
    stranger: Actor
    main: int
    annex: int
    here: int
    there: int
    elsewhere: int


def a_team(database: Engine) -> Team:
    """Make it, with a learner at each implantation and one of another operator."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator, other = factories.an_operator(session), factories.an_operator(session)
        main, annex = (factories.kept(session, Implantation(operator_id=operator.id, name=name)) for name in "AB")
        return Team(
            database,
            factories.a_staff_member(session, operator.id or 0),
            factories.a_staff_member(session, operator.id or 0, annex.id),
            factories.a_staff_member(session, other.id or 0),
            main.id,
            annex.id,
            factories.a_learner(session, operator, implantation_id=main.id).id or 0,
            factories.a_learner(session, operator, implantation_id=annex.id).id or 0,
            factories.a_learner(session, other).id or 0,
        )


def throw_learners(team: Team, seed: int, count: int = 14) -> None:
    """Add learners of both operators, with all that the figures of a desk and of a term count."""
    dice = Random(seed)
    with transaction(team.database) as session:
        offers = [factories.an_offer(session) for _number in range(3)]
        for _number in range(count):
            _throw_one(session, dice, team, offers)
        for state in (ImportState.READ, ImportState.DONE, ImportState.READ):
            whose = dice.choice([team.staff, team.bound, team.stranger])
            file = {"operator_id": whose.operator_id, "person_id": whose.person_id, "file_name": "liste.csv"}
            session.add(RosterImport(state=state, read_at=NOW, **file))
        for state in ApprovalState:
            house = factories.an_establishment(session)
            factories.an_approval(session, house, operator_id=team.staff.operator_id, state=state)


def ago(dice: Random) -> datetime:
    """Return a moment of the last weeks, near the days that something depends on."""
    return NOW - timedelta(days=dice.choice(DAYS), hours=dice.choice((0, 3, 9)))


def _throw_one(session: Session, dice: Random, team: Team, offers: list[Offer]) -> None:
    actor = dice.choice([team.staff, team.staff, team.staff, team.stranger])
    place = dice.choice([team.main, team.annex, None]) if actor is team.staff else None
    ended = dice.random() < 0.1
    person = factories.a_person(session, Role.LEARNER, created_at=ago(dice) if dice.random() < 0.6 else OLDEST)
    learner = factories.kept(
        session,
        Learner(
            person_id=person.id,
            operator_id=actor.operator_id,
            operator_reference=f"D{person.id}",
            trade_code="boulanger",
            year=1,
            company_days=15,
            birth_year=2008,
            postal_code="5000",
            municipality_ins="92094",
            implantation_id=place,
            enrolment_ended_on=NOW.date() if ended else None,
            has_place=dice.random() < 0.3,
        ),
    )
    _followed(session, dice, team, learner)
    _applied(session, dice, learner, offers)
    enrolment = factories.an_enrolment(
        session,
        None,
        operator_id=actor.operator_id,
        implantation_id=place,
        learner_id=learner.id if dice.random() < 0.5 else None,
        state=dice.choice(list(EnrolmentState)),
    )
    if dice.random() < 0.3:
        settled = NOW if dice.random() < 0.5 else None
        report = {"kind": ReportKind.NOT_ME, "at": NOW, "settled_at": settled}
        session.add(EnrolmentReport(enrolment_id=enrolment.id, **report))


def _followed(session: Session, dice: Random, team: Team, learner: Learner) -> None:
    kept: dict[str, Any] = {"learner_id": learner.id or 0}
    if dice.random() < 0.6:
        day = dice.choice([None, NOW.date() + timedelta(days=dice.choice((-3, 0, 1, 5)))])
        situation = dice.choice(list(Situation))
        session.add(FollowUp(**kept, situation=situation, next_contact_on=day, changed_at=NOW))
    if dice.random() < 0.6:
        whose = dice.choice([team.staff, team.bound, team.stranger])
        given = {"operator_id": whose.operator_id, "person_id": whose.person_id, "at": NOW}
        session.add(LearnerAssignment(**kept, **given))
    if dice.random() < 0.4:
        session.add(OutsidePlace(**kept, by_staff=True, noted_at=OLDEST, ended_at=ago(dice)))


def _applied(session: Session, dice: Random, learner: Learner, offers: list[Offer]) -> None:
    for status, offer in zip(dice.sample(list(ApplicationStatus), dice.randint(0, 3)), offers, strict=False):
        sent = {"sent_at": ago(dice), "status": status}
        application = factories.an_application(session, offer, learner, **sent)
        if dice.random() < 0.5:
            told = {"step": "see", "role": Role.COMPANY, "at": NOW, "status": dice.choice(list(ApplicationStatus))}
            session.add(ApplicationChange(application_id=application.id or 0, **told))
        if status in {ApplicationStatus.ACCEPTED, ApplicationStatus.FELL_THROUGH}:
            _introduced(session, dice, learner, application.id or 0)


def _introduced(session: Session, dice: Random, learner: Learner, application_id: int) -> None:
    had = learner.has_place
    status = dice.choice(list(IntroductionStatus))
    settled = status in {IntroductionStatus.STARTED, IntroductionStatus.FAILED}
    session.add(
        Introduction(
            application_id=application_id,
            operator_id=learner.operator_id,
            status=status,
            created_at=ago(dice),
            settled_at=ago(dice) if settled else None,
            started_on=ago(dice).date() if status is IntroductionStatus.STARTED else None,
            failure_reason=FailureReason.OTHER if status is IntroductionStatus.FAILED else None,
        )
    )
    session.flush()
    session.refresh(learner)
    learner.has_place = had
