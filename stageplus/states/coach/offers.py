"""What a sector coach sees."""

from dataclasses import replace
from typing import Any, ClassVar

import reflex as rx

from stageplus.services.reporting.queries import my_sectors, offers_of_my_sectors
from stageplus.services.reporting.schemas import FollowedPage, FollowedSearch, SectorTotal
from stageplus.states.addresses import address, asked_by, asked_in, beside, read_search, same_filters
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState

PATH = "/coach"
NAMES = {
    "q": "text",
    "secteur": "sector",
    "etat": "state",
    "sans": "without",
    "bientot": "soon",
    "tri": "sort",
    "page": "page",
}
"""The address bar's words for the fields of a search."""


class CoachOffersState(SessionState):
    """The totals of a coach's sectors and one page of their offers; the address bar holds the whole search."""

    AUDIENCE: ClassVar[Audience] = Audience.COACH

    totals: list[SectorTotal] = []  # noqa: RUF012
    found: FollowedPage = FollowedPage()
    sectors: list[tuple[str, str]] = []  # noqa: RUF012
    asked: dict[str, str] = {}  # noqa: RUF012
    form_round: int = 0
    before: str = ""
    after: str = ""

    @rx.event
    async def load(self) -> None:
        """Count the sectors and list what the address bar asks for."""
        asked = asked_in(self.router.url)
        self.form_round += not same_filters(asked, self.asked)
        self.asked = asked
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show new counts as they come."""
        await self._follow(lambda actor: {f"sector:{code}" for code in actor.sectors})

    @rx.event
    async def search(self, typed: dict[str, Any]) -> Any:
        """List again, at once after a choice, whose address the browser writes itself; else go to that address."""
        self.asked = asked_by(typed, NAMES)
        if typed.get("intent") != "filter" and self.asked != asked_in(self.router.url):
            return rx.redirect(address(PATH, self.asked))
        await self._list()
        return None

    async def _refresh(self) -> None:
        self._change(totals=await self._call(my_sectors) or [])
        await self._list()

    async def _list(self) -> None:
        search = read_search(FollowedSearch, NAMES, self.asked)
        found = await self._load(offers_of_my_sectors, search) or FollowedPage()
        self._change(found=replace(found, sectors=[]), sectors=found.sectors)
        before, after = beside(PATH, self.asked, found.page, found.pages)
        self._change(before=before, after=after)
