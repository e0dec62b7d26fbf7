"""What OFFA watches."""

from typing import ClassVar

import reflex as rx

from stageplus.services.reporting.queries import site_keeping, site_totals
from stageplus.services.reporting.schemas import Keeping, SiteTotals
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState


class OffaTotalsState(SessionState):
    """Totals and the health of the site."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    totals: SiteTotals = SiteTotals()
    keeping: Keeping = Keeping()

    @rx.event
    async def load(self) -> None:
        """Read the totals, and what is stored: that changes once a day and is not read again with every news."""
        await self._refresh()
        self._change(keeping=await self._call(site_keeping) or Keeping())

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show new totals as they come."""
        await self._follow(lambda _actor: {"site", "moderation"})

    async def _refresh(self) -> None:
        self.totals = await self._load(site_totals) or SiteTotals()
