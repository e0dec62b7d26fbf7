"""The invented world is rich, plausible, filled once, and holds nobody real."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, func, select

from stageplus.db.engine import open_engine, reading
from stageplus.db.revisions import migrate
from stageplus.demo.world import fill_demo_world, has_people, is_demo_database
from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.claims import ClaimState
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Application,
    Approval,
    ApprovalState,
    CoachMandate,
    Company,
    CompanyClaim,
    CompanyMember,
    Conversation,
    ConversationSide,
    Introduction,
    Learner,
    Message,
    MessageCase,
    Municipality,
    Offer,
    Operator,
    OperatorMember,
    Person,
    Suggestion,
    TotpSecret,
)
from stageplus.services.accounts.actions import sign_in
from stageplus.services.accounts.schemas import DEMO_ACCOUNTS, DEMO_PASSWORD, Credentials
from stageplus.services.registers.actions import import_reference

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    database = open_engine(f"sqlite:///{Path(tmp_path_factory.mktemp('demo')) / 'demo.db'}")
    migrate(database)
    import_reference(on=database)
    assert not has_people(database)
    fill_demo_world(now=NOW, on=database)
    return database


def test_there_is_enough_to_look_at(world: Engine) -> None:
    with reading(world) as session:
        published = session.exec(select(Offer).where(Offer.status == OfferStatus.PUBLISHED)).all()
        assert len(published) >= 120
        assert len({offer.trade_code for offer in published}) >= 25
        assert len(session.exec(select(Company)).all()) >= 60
        assert len(session.exec(select(Learner)).all()) >= 80
        assert len({mandate.sector_code for mandate in session.exec(select(CoachMandate))}) >= 5
        assert {operator.kind for operator in session.exec(select(Operator))} == {"cefa", "ifapme", "efp"}


def test_every_status_has_an_application(world: Engine) -> None:
    with reading(world) as session:
        found = {application.status for application in session.exec(select(Application))}
        introductions = session.exec(select(Introduction)).all()
    assert found == set(ApplicationStatus) - {ApplicationStatus.DRAFT}
    assert introductions


def test_offers_lie_in_every_province_and_brussels(world: Engine) -> None:
    with reading(world) as session:
        statement = select(Municipality.province).join(Offer, Offer.municipality_ins == Municipality.ins)
        provinces = set(session.exec(statement))
    assert provinces == {"Brabant wallon", "Bruxelles-Capitale", "Hainaut", "Liège", "Luxembourg", "Namur"}


def test_nobody_is_real(world: Engine) -> None:
    with reading(world) as session:
        assert all(person.email.endswith("@demo.test") for person in session.exec(select(Person)))


def test_somebody_has_suggested_offers_to_the_learner_of_the_demonstration(world: Engine) -> None:
    with reading(world) as session:
        mine = select(Suggestion).join(Learner).join(Person, col(Learner.person_id) == Person.id)
        told = session.exec(mine.where(Person.email == "apprenant@demo.test")).all()
        assert sorted(each.seen_at is None for each in told) == [False, True]
        everybody = session.exec(select(Suggestion)).all()
        assert len(everybody) == 4
        assert {session.get_one(Learner, each.learner_id).operator_id for each in everybody} == {told[0].operator_id}


def test_people_have_written_to_each_other(world: Engine) -> None:
    with reading(world) as session:
        said = session.exec(select(Message)).all()
        assert len({message.application_id for message in said}) == 3
        assert {message.role for message in said} == {Role.LEARNER, Role.COMPANY}
        assert len(session.exec(select(MessageCase)).all()) == 1
        assert len(session.exec(select(Conversation).where(col(Conversation.shown_to).is_not(None))).all()) == 1
        unread = {side.role: side.unread for side in session.exec(select(ConversationSide)) if side.unread}
        assert unread == {Role.LEARNER: 2, Role.COMPANY: 1}


def test_a_second_time_adds_nothing(world: Engine) -> None:
    with reading(world) as session:
        before = len(session.exec(select(Offer.id)).all())
    fill_demo_world(now=NOW, on=world)
    with reading(world) as session:
        assert len(session.exec(select(Offer.id)).all()) == before
    assert is_demo_database(world)


@pytest.mark.parametrize("email", [email for _label, email in DEMO_ACCOUNTS])
def test_every_account_signs_in(world: Engine, email: str) -> None:
    assert sign_in(Credentials(email, DEMO_PASSWORD), NOW, world).token


def test_there_is_something_to_try_in_the_registers(world: Engine) -> None:
    with reading(world) as session:
        claims = session.exec(select(CompanyClaim.state)).all()
        disputed = session.exec(select(Approval).where(col(Approval.disputed))).all()
        suspended = session.exec(select(Approval).where(Approval.state == ApprovalState.SUSPENDED)).one()
        halted = select(Offer.status).where(Offer.establishment_id == suspended.establishment_id)
        teams = select(func.count()).select_from(CompanyMember).group_by(col(CompanyMember.company_id))
        assert (list(claims), len(disputed)) == ([ClaimState.WAITING], 1)
        assert sorted(session.exec(halted)) == ["brouillon", "suspendue", "suspendue"]
        assert max(session.exec(teams)) >= 3


def test_a_learner_of_the_demonstrated_operator_has_lost_a_phone(world: Engine) -> None:
    with reading(world) as session:
        staff = select(OperatorMember.operator_id).join(Person).where(Person.email == "operateur@demo.test")
        learners = select(Learner).join(TotpSecret, col(TotpSecret.person_id) == Learner.person_id)
        assert session.exec(learners).one().operator_id == session.exec(staff).one()
