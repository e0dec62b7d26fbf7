"""What a sector coach sees."""

from typing import ClassVar

import reflex as rx

from stageplus.services.reporting.queries import offers_of_my_sectors
from stageplus.services.reporting.schemas import CoachView
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState


class CoachOffersState(SessionState):
    """The offers of one's sectors, with counts."""

    AUDIENCE: ClassVar[Audience] = Audience.COACH

    view: CoachView = CoachView()

    @rx.event
    async def load(self) -> None:
        """Read offers and counts."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show new counts as they come."""
        await self._follow(lambda actor: {f"sector:{code}" for code in actor.sectors})

    async def _refresh(self) -> None:
        self.view = await self._load(offers_of_my_sectors) or CoachView()
