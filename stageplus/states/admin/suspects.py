"""The accounts that OFFA looks at first."""

from typing import ClassVar

import reflex as rx

from stageplus.services.suspicions.queries import suspects
from stageplus.services.suspicions.schemas import Suspects
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState


class OffaSuspectsState(SessionState):
    """Accounts ranked with reasons."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    found: Suspects = Suspects()

    @rx.event
    async def load(self) -> None:
        """Rank the accounts."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Rank again when somebody is suspended or an offer is examined."""
        await self._follow(lambda _actor: {"people", "moderation"})

    async def _refresh(self) -> None:
        self._change(found=await self._load(suspects) or Suspects())
