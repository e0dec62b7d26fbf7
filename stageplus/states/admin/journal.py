"""The journal of deeds, as OFFA reads it."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.journal.queries import deeds
from stageplus.services.journal.schemas import DeedPage, DeedSearch
from stageplus.states.addresses import address, asked_by, asked_in, beside, read_search, same_filters
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState

PATH = "/offa/journal"
NAMES = {"q": "text", "geste": "action", "du": "since", "au": "until", "personne": "person", "page": "page"}
"""The address bar's words for the fields of a search."""


class OffaJournalState(SessionState):
    """One page of deeds; the address bar holds the whole search."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    found: DeedPage = DeedPage()
    asked: dict[str, str] = {}  # noqa: RUF012
    form_round: int = 0
    before: str = ""
    after: str = ""

    @rx.event
    async def load(self) -> None:
        """List what the address bar asks for."""
        asked = asked_in(self.router.url)
        self.form_round += not same_filters(asked, self.asked)
        self.asked = asked
        await self._refresh()

    @rx.event
    async def search(self, typed: dict[str, Any]) -> Any:
        """List again, at once after a choice, whose address the browser writes itself; else go to that address."""
        self.asked = asked_by(typed, NAMES)
        if typed.get("intent") != "filter" and self.asked != asked_in(self.router.url):
            return rx.redirect(address(PATH, self.asked))
        await self._refresh()
        return None

    async def _refresh(self) -> None:
        self.found = await self._load(deeds, read_search(DeedSearch, NAMES, self.asked)) or DeedPage()
        before, after = beside(PATH, self.asked, self.found.page, self.found.pages)
        self._change(before=before, after=after)
