"""The tension of a coach's trades, basin by basin."""

from collections.abc import Mapping
from typing import ClassVar

from stageplus.services.territories.queries import territory
from stageplus.services.territories.schemas import Territory, TerritorySearch
from stageplus.states.addresses import read_search
from stageplus.states.audience import Audience
from stageplus.states.listing import ListState
from stageplus.states.session import SessionState


class CoachTerritoryState(ListState, SessionState):
    """The basins of one sector or trade; the address bar says which."""

    AUDIENCE: ClassVar[Audience] = Audience.COACH
    NAMES: ClassVar[Mapping[str, str]] = {"secteur": "sector", "metier": "trade"}

    found: Territory = Territory()

    async def _list(self) -> None:
        search = read_search(TerritorySearch, self.NAMES, self.asked)
        self._change(found=await self._load(territory, search) or Territory())
