"""What the help page begins with: what OFFA announces there to whoever reads it."""

from typing import ClassVar

import reflex as rx

from stageplus.services.announcements.queries import help_texts
from stageplus.services.announcements.schemas import HelpText
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState


class HelpState(SessionState):
    """The texts of the moment, for one's own role and for everybody."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    texts: list[HelpText] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read the texts."""
        self._change(texts=await self._load(help_texts) or [])
