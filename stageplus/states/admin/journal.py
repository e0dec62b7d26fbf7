"""The journal of deeds, as OFFA reads it."""

from collections.abc import Mapping
from typing import ClassVar

import reflex as rx

from stageplus.services.journal.queries import deeds
from stageplus.services.journal.schemas import DeedPage, DeedSearch
from stageplus.states.audience import Audience
from stageplus.states.listing import ListState
from stageplus.states.session import SessionState

PATH = "/offa/journal"


class OffaJournalState(ListState, SessionState):
    """One page of deeds; the address bar holds the whole search."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA
    NAMES: ClassVar[Mapping[str, str]] = {
        "q": "text",
        "geste": "action",
        "du": "since",
        "au": "until",
        "personne": "person",
        "page": "page",
    }

    found: DeedPage = DeedPage()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show deeds as they are done."""
        await self._follow(lambda _actor: {"deeds"})

    async def _list(self) -> None:
        self._change(found=await self._found(deeds, DeedSearch, DeedPage()))
