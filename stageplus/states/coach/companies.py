"""The companies of a coach's sectors, and one of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import reflex as rx

from stageplus.services.coaching.queries import companies_of_my_sectors, company_sheet
from stageplus.services.coaching.schemas import COMPANIES, COMPANY_WORDS, CompanyPage, CompanySearch, CompanySheet
from stageplus.services.inputs import identifier
from stageplus.states.addresses import files_beside, last_part
from stageplus.states.audience import Audience
from stageplus.states.listing import ListState
from stageplus.states.session import SessionState


class CoachCompaniesState(ListState, SessionState):
    """One page of the companies, and where the whole list is as a file; the address bar holds the whole search."""

    AUDIENCE: ClassVar[Audience] = Audience.COACH
    NAMES: ClassVar[Mapping[str, str]] = COMPANY_WORDS

    found: CompanyPage = CompanyPage()
    sectors: list[tuple[str, str]] = []  # noqa: RUF012
    csv: str = ""
    xlsx: str = ""
    view: str = ""

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what changes in the sectors as it comes."""
        await self._follow(lambda actor: {f"sector:{code}" for code in actor.sectors})

    async def _list(self) -> None:
        found = await self._found(companies_of_my_sectors, CompanySearch, CompanyPage())
        self._change(found=replace(found, sectors=[]), sectors=found.sectors, **files_beside(COMPANIES, self.asked))


class CoachCompanyState(SessionState):
    """The company that the address names."""

    AUDIENCE: ClassVar[Audience] = Audience.COACH

    sheet: CompanySheet = CompanySheet()

    @rx.event
    async def load(self) -> None:
        """Read it."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when something changes in one of the sectors."""
        await self._follow(lambda actor: {f"sector:{code}" for code in actor.sectors})

    async def _refresh(self) -> None:
        named = identifier(last_part(self.router.url))
        self._change(sheet=await self._load(company_sheet, named) or CompanySheet())
