"""The mailbox of the demonstration."""

from typing import ClassVar

import reflex as rx

from stageplus.services.notifications.queries import demo_mails
from stageplus.services.notifications.schemas import MailRow
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState


class DemoMailboxState(SessionState):
    """The latest mails; outside demo mode there is no such page."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    mails: list[MailRow] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read the outbox."""
        self.mails = await self._load(demo_mails) or []
