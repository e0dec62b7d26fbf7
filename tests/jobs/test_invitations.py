"""An invitation that nobody accepted is forgotten with its link after the months in force; an accepted one stays."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Role
from stageplus.jobs.clock import forget_invitations
from stageplus.models import (
    CompanyInvitation,
    Establishment,
    InvitationEstablishment,
    InvitedSector,
    LinkPurpose,
    Parameter,
    SingleUseLink,
    StaffInvitation,
)
from stageplus.services.links.actions import issue_link
from tests import factories
from tests.factories import NOW

ENDED = NOW + timedelta(days=7)
DUE = ENDED + timedelta(days=92)
FATES = {"open": {}, "withdrawn": {"withdrawn_at": NOW}, "accepted": {"accepted_at": NOW}}


@pytest.fixture
def invited(database: Engine) -> Engine:
    """Invite three coaches and three people of a company: one of each is accepted, one withdrawn, one left as it is."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        house = factories.an_establishment(session)
        for name, fate in FATES.items():
            _invite(session, house, name, fate)
    return database


def _invite(session: Session, house: Establishment, name: str, fate: dict[str, datetime]) -> None:
    person = {"email": f"{name}@exemple.test", "expires_at": ENDED, **fate}
    coach = factories.kept(session, StaffInvitation(role=Role.COACH, sent_at=NOW, **person))
    factories.kept(session, InvitedSector(invitation_id=coach.id, sector_code="soins"))
    member = factories.kept(session, CompanyInvitation(company_id=house.company_id, created_at=NOW, **person))
    factories.kept(session, InvitationEstablishment(invitation_id=member.id, establishment_id=house.id or 0))
    for purpose, row in ((LinkPurpose.INVITATION, coach), (LinkPurpose.TEAM, member)):
        issue_link(session, purpose, lasts=ENDED - NOW, now=NOW, subject=str(row.id))


def left(database: Engine) -> tuple[list[str], list[str], int, int, int]:
    with reading(database) as session:
        return (
            sorted(session.exec(select(StaffInvitation.email))),
            sorted(session.exec(select(CompanyInvitation.email))),
            len(session.exec(select(InvitedSector)).all()),
            len(session.exec(select(InvitationEstablishment)).all()),
            len(session.exec(select(SingleUseLink).order_by(col(SingleUseLink.id))).all()),
        )


def test_what_nobody_accepted_is_forgotten_with_its_link(invited: Engine) -> None:
    assert forget_invitations(now=DUE, on=invited) == 4
    accepted = ["accepted@exemple.test"]
    assert left(invited) == (accepted, accepted, 1, 1, 2)
    assert forget_invitations(now=DUE, on=invited) == 0


def test_nothing_is_forgotten_before_its_time(invited: Engine) -> None:
    assert forget_invitations(now=DUE - timedelta(days=2), on=invited) == 0
    assert [len(each) for each in left(invited)[:2]] == [3, 3]


def test_the_months_are_those_in_force(invited: Engine) -> None:
    with transaction(invited) as session:
        rule = {"effective_from": NOW.date(), "value": "1", "unit": "months", "source": ""}
        factories.kept(session, Parameter(name="retention_invitation_months", **rule))
    assert forget_invitations(now=ENDED + timedelta(days=31), on=invited) == 4
