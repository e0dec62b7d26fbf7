"""What whoever OFFA invited sees and does behind the mailed link."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.accounts.schemas import HOMES
from stageplus.services.inputs import SHORT_TEXT
from stageplus.services.people.actions import accept_invitation
from stageplus.services.people.queries import look_at_invitation
from stageplus.services.people.schemas import Invited, JoinInput
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.mail_link import MailLinkState


class StaffInvitationState(MailLinkState):
    """The form behind the mailed link, and the desk that awaits whoever joined."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    staff: Invited = Invited()
    desk: str = ""

    @rx.event
    async def look(self) -> None:
        """Read what the invitation is for; a link of another purpose invites nobody."""
        token = last_part(self.router.url)[:SHORT_TEXT]
        self.staff = await self._call(look_at_invitation, token) or Invited()

    @rx.event
    async def join(self, typed: dict[str, Any]) -> None:
        """Make the account."""
        role = await self._send(accept_invitation, JoinInput, typed, str(typed.get("token", "")))
        self.done, self.desk = role is not None, HOMES[role] if role else ""
