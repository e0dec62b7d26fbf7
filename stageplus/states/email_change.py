"""A new address: what the mailed link confirms."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.accounts.actions import confirm_email_change
from stageplus.states.audience import Audience
from stageplus.states.mail_link import MailLinkState


class EmailChangeState(MailLinkState):
    """The one button behind the link."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    @rx.event
    async def confirm(self, typed: dict[str, Any]) -> None:
        """Make the address the account's own; the link is used up."""
        self.done = bool(await self._call(confirm_email_change, str(typed.get("token", ""))))
