"""The mails of one's alerts: what the link under each of them stops."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.alerts.actions import stop_mails_by_link
from stageplus.states.audience import Audience
from stageplus.states.mail_link import MailLinkState


class StopAlertsState(MailLinkState):
    """The one button behind the link."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    @rx.event
    async def confirm(self, typed: dict[str, Any]) -> None:
        """Stop the mails; the link is used up."""
        self.done = bool(await self._call(stop_mails_by_link, str(typed.get("token", ""))))
