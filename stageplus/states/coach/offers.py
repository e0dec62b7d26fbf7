"""What a sector coach sees."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import reflex as rx

from stageplus.services.reporting.queries import my_sectors, offers_of_my_sectors
from stageplus.services.reporting.schemas import FollowedPage, FollowedSearch, SectorTotal
from stageplus.states.audience import Audience
from stageplus.states.listing import ListState
from stageplus.states.session import SessionState

PATH = "/coach"


class CoachOffersState(ListState, SessionState):
    """The totals of a coach's sectors and one page of their offers; the address bar holds the whole search."""

    AUDIENCE: ClassVar[Audience] = Audience.COACH
    NAMES: ClassVar[Mapping[str, str]] = {
        "q": "text",
        "secteur": "sector",
        "etat": "state",
        "sans": "without",
        "bientot": "soon",
        "tri": "sort",
        "page": "page",
    }

    totals: list[SectorTotal] = []  # noqa: RUF012
    found: FollowedPage = FollowedPage()
    sectors: list[tuple[str, str]] = []  # noqa: RUF012

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show new counts as they come."""
        await self._follow(lambda actor: {f"sector:{code}" for code in actor.sectors})

    async def _refresh(self) -> None:
        self._change(totals=await self._call(my_sectors) or [])
        await self._list()

    async def _list(self) -> None:
        found = await self._found(offers_of_my_sectors, FollowedSearch, FollowedPage())
        self._change(found=replace(found, sectors=[]), sectors=found.sectors)
