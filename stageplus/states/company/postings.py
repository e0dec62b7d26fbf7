"""The list of a company's offers."""

from typing import ClassVar

import reflex as rx

from stageplus.domain.errors import InvalidInput
from stageplus.services.postings.queries import my_offers
from stageplus.services.postings.schemas import PostingPage, PostingSearch
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState


class CompanyOffersState(SessionState):
    """A page of the company's offers; the address bar holds the group of states and the page."""

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    found: PostingPage = PostingPage()
    group: str = ""
    before: str = ""
    after: str = ""
    _page: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the page that the address names."""
        asked = self.router.url.query_parameters
        self.group, self._page = asked.get("etat", ""), asked.get("page", "")
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show places taken and applications as they come."""
        await self._follow(lambda actor: {f"company:{actor.company_id}"})

    async def _refresh(self) -> None:
        errors, missing = self.errors, self.missing
        found = await self._load(my_offers, _search(self.group, self._page)) or PostingPage()
        self._change(found=found, errors=errors, missing=missing)
        self._change(
            before=f"?etat={self.group}&page={found.page - 1}" if found.page > 1 else "",
            after=f"?etat={self.group}&page={found.page + 1}" if found.page < found.pages else "",
        )


def _search(group: str, page: str) -> PostingSearch:
    """Read the address bar; whatever it says that is no choice lists everything."""
    try:
        return PostingSearch.read({"group": group, "page": page or 1})
    except InvalidInput:
        return PostingSearch()
