"""The messages of coaches to a company: what the link under each of them stops."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.circulars.actions import stop_by_link
from stageplus.states.audience import Audience
from stageplus.states.mail_link import MailLinkState


class StopCircularsState(MailLinkState):
    """The one button behind the link."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    @rx.event
    async def confirm(self, typed: dict[str, Any]) -> None:
        """Stop the messages; the link is used up."""
        self.done = bool(await self._call(stop_by_link, str(typed.get("token", ""))))
