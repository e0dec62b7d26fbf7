"""The offers of a coach's sectors."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import reflex as rx

from stageplus.services.coaching.queries import offers_of_my_sectors
from stageplus.services.coaching.schemas import OFFER_COLUMNS, OFFER_WORDS, OFFERS, FollowedPage, FollowedSearch
from stageplus.states.addresses import files_beside
from stageplus.states.audience import Audience
from stageplus.states.coach.columns import ColumnsState
from stageplus.states.listing import ListState
from stageplus.states.session import SessionState


class CoachOffersState(ColumnsState, ListState, SessionState):
    """One page of the offers, and where the whole list is as a file; the address bar holds the whole search."""

    AUDIENCE: ClassVar[Audience] = Audience.COACH
    NAMES: ClassVar[Mapping[str, str]] = OFFER_WORDS
    COLUMNS: ClassVar[tuple[str, ...]] = OFFER_COLUMNS

    found: FollowedPage = FollowedPage()
    sectors: list[tuple[str, str]] = []  # noqa: RUF012
    csv: str = ""
    xlsx: str = ""
    view: str = ""

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show new counts as they come."""
        await self._follow(lambda actor: {f"sector:{code}" for code in actor.sectors})

    def _asked(self) -> dict[str, str]:
        return self.asked

    async def _list(self) -> None:
        self._show_columns()
        found = await self._found(offers_of_my_sectors, FollowedSearch, FollowedPage())
        self._change(found=replace(found, sectors=[]), sectors=found.sectors, **files_beside(OFFERS, self.asked))
