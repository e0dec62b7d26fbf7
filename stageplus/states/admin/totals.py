"""What OFFA watches."""

from typing import ClassVar

import reflex as rx

from stageplus.services.reporting.queries import site_totals
from stageplus.services.reporting.schemas import SiteTotals
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState


class OffaTotalsState(SessionState):
    """Totals and the health of the site."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    totals: SiteTotals = SiteTotals()

    @rx.event
    async def load(self) -> None:
        """Read the totals."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show new totals as they come."""
        await self._follow(lambda _actor: {"site", "moderation"})

    async def _refresh(self) -> None:
        self.totals = await self._load(site_totals) or SiteTotals()
