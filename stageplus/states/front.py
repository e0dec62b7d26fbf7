"""The front page's numbers."""

from typing import ClassVar

import reflex as rx

from stageplus.services.reporting.queries import public_totals
from stageplus.services.reporting.schemas import PublicTotals
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState


class FrontState(SessionState):
    """Three true numbers."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    totals: PublicTotals = PublicTotals()

    @rx.event
    async def load(self) -> None:
        """Count them."""
        self.totals = await self._load(public_totals) or PublicTotals()
