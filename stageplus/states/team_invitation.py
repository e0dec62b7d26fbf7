"""What whoever follows an invitation to a team sees and does."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.inputs import SHORT_TEXT
from stageplus.services.teams.actions import accept_invitation
from stageplus.services.teams.queries import look_at_invitation
from stageplus.services.teams.schemas import Invited, JoinInput
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.mail_link import MailLinkState


class TeamInvitationState(MailLinkState):
    """The form behind the mailed link; whoever has an account only presses its button."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    invited: Invited = Invited()

    @rx.event
    async def look(self) -> None:
        """Read who invites; a link of another purpose invites nobody."""
        token = last_part(self.router.url)[:SHORT_TEXT]
        self.invited = await self._call(look_at_invitation, token) or Invited()

    @rx.event
    async def join(self, typed: dict[str, Any]) -> None:
        """Join the team."""
        self.done = bool(await self._send(accept_invitation, JoinInput, typed, str(typed.get("token", ""))))
