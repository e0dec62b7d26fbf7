"""A coach's sectors now."""

from typing import ClassVar

import reflex as rx

from stageplus.services.coaching.queries import my_desk
from stageplus.services.coaching.schemas import Desk
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState

PATH = "/coach"


class CoachDeskState(SessionState):
    """The figures of a coach's sectors, and whom to call today."""

    AUDIENCE: ClassVar[Audience] = Audience.COACH

    desk: Desk = Desk()

    @rx.event
    async def load(self) -> None:
        """Count."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Count again when something changes in one of the sectors."""
        await self._follow(lambda actor: {f"sector:{code}" for code in actor.sectors})

    async def _refresh(self) -> None:
        self._change(desk=await self._load(my_desk) or Desk())
