"""The companies of a coach's sectors, and one of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, TypedDict

import reflex as rx

from stageplus.services.circulars.schemas import TICKED, WRITE
from stageplus.services.coaching.queries import companies_of_my_sectors, company_sheet
from stageplus.services.coaching.schemas import (
    COMPANIES,
    COMPANY_COLUMNS,
    COMPANY_WORDS,
    CompanyPage,
    CompanySearch,
    CompanySheet,
)
from stageplus.services.inputs import identifier
from stageplus.states.addresses import address, files_beside, last_part
from stageplus.states.audience import Audience
from stageplus.states.coach.columns import ColumnsState
from stageplus.states.listing import ListState, TickedState
from stageplus.states.session import SessionState
from stageplus.texts import _


class ChosenFields(TypedDict):
    """The ticked boxes of the list."""

    companies: list[str]


class CoachCompaniesState(TickedState, ColumnsState, ListState, SessionState):
    """One page of the companies, and where the whole list is as a file; the address bar holds the whole search.

    `to_all` is where one writes to all that the search means.
    """

    AUDIENCE: ClassVar[Audience] = Audience.COACH
    NAMES: ClassVar[Mapping[str, str]] = COMPANY_WORDS
    COLUMNS: ClassVar[tuple[str, ...]] = COMPANY_COLUMNS

    found: CompanyPage = CompanyPage()
    sectors: list[tuple[str, str]] = []  # noqa: RUF012
    csv: str = ""
    xlsx: str = ""
    view: str = ""
    to_all: str = WRITE

    @rx.event
    async def write(self, typed: ChosenFields) -> Any:
        """Go and write to the ticked companies."""
        ids = [str(found) for each in typed.get("companies") or [] if (found := identifier(each))]
        if not ids:
            self._change(errors={"companies": _("Cochez d’abord une entreprise, ou écrivez à toute la liste.")})
            return None
        sector = {"secteur": self.asked["secteur"]} if "secteur" in self.asked else {}
        return rx.redirect(address(WRITE, {TICKED: "-".join(ids)} | sector))

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what changes in the sectors as it comes."""
        await self._follow(lambda actor: {f"sector:{code}" for code in actor.sectors})

    def _asked(self) -> dict[str, str]:
        return self.asked

    async def _list(self) -> None:
        self._show_columns()
        found = await self._found(companies_of_my_sectors, CompanySearch, CompanyPage())
        beside = files_beside(COMPANIES, self.asked)
        self._change(found=replace(found, sectors=[]), sectors=found.sectors, **beside)
        self._change(to_all=f"{WRITE}?{beside['view']}" if beside["view"] else WRITE)

    def _here(self) -> list[int]:
        return [row.company_id for row in self.found.rows]


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
