"""Who is about to come in by invitation: their mails lie in the mailbox of the demonstration.

Their addresses are not of the demonstration's own domain, so that the second step is asked of them as of anybody.
"""

from datetime import timedelta

from stageplus.demo.cast import Cast
from stageplus.domain.actors import Actor, Role
from stageplus.models import Operator, Person, StaffInvitation
from stageplus.services.people.actions import invite
from stageplus.services.people.schemas import InviteInput

COACH, REFERENT = "coach.invitee@exemple.test", "referent.invite@exemple.test"


def await_staff(cast: Cast, by: Person, operators: list[Operator]) -> None:
    """Invite a coach and a member of the first operator's staff; a third invitation is over."""
    offa = Actor(by.id or 0, Role.OFFA, proved_at=cast.now)
    coach = InviteInput(email=COACH, role=Role.COACH, sectors=("alimentation", "horeca"))
    staff = InviteInput(email=REFERENT, role=Role.OPERATOR, place=str(operators[0].id))
    for data in (coach, staff):
        invite(cast.session, offa, data, cast.now)
    cast.kept(
        StaffInvitation(
            email="ancienne.invitee@exemple.test",
            role=Role.OFFA,
            invited_by=by.id,
            sent_at=cast.now - timedelta(days=20),
            expires_at=cast.now - timedelta(days=13),
        )
    )
