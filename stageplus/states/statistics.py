"""The figures that are open to everybody."""

from collections.abc import Mapping
from typing import ClassVar

from stageplus.services.statistics.queries import open_figures
from stageplus.services.statistics.schemas import MonthSearch, OpenFigures
from stageplus.states.addresses import read_search
from stageplus.states.audience import Audience
from stageplus.states.listing import ListState
from stageplus.states.session import SessionState


class OpenFiguresState(ListState, SessionState):
    """The published months, and the one that the address bar names."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE
    NAMES: ClassVar[Mapping[str, str]] = {"mois": "month"}

    found: OpenFigures = OpenFigures()

    async def _list(self) -> None:
        search = read_search(MonthSearch, self.NAMES, self.asked)
        self._change(found=await self._load(open_figures, search) or OpenFigures())
