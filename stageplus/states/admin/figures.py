"""How far applications come, for OFFA; the address bar holds what the figures are narrowed to."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from stageplus.services.statistics.queries import followed_figures
from stageplus.services.statistics.schemas import Choices, FiguresSearch, FollowedFigures
from stageplus.states.addresses import read_search
from stageplus.states.audience import Audience
from stageplus.states.listing import ListState
from stageplus.states.session import SessionState


class OffaFiguresState(ListState, SessionState):
    """The funnel and the trend of applications, and what they may be narrowed to."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA
    NAMES: ClassVar[Mapping[str, str]] = {
        "periode": "period",
        "secteur": "sector",
        "bassin": "basin",
        "operateur": "operator",
        "dispositif": "scheme",
    }

    found: FollowedFigures = FollowedFigures()
    choices: Choices = Choices()

    async def _list(self) -> None:
        search = read_search(FiguresSearch, self.NAMES, self.asked)
        found = await self._load(followed_figures, search) or FollowedFigures()
        self._change(found=replace(found, choices=Choices()), choices=found.choices)
