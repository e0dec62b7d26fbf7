"""Companies that may be one: compared, then joined with a reason."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.mergers.actions import merge_companies
from stageplus.services.mergers.queries import merger_desk
from stageplus.services.mergers.schemas import MergeInput, MergerDesk, PairSearch
from stageplus.states.addresses import asked_in, read_search
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _

NAMES = {"garder": "keep", "reunir": "gone"}
"""The address bar's words for the two companies."""


class OffaMergersState(SessionState):
    """The pairs that look alike, and the two that the address bar names; `answered` closes the dialog."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    desk: MergerDesk = MergerDesk()
    answered: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the pairs and compare two companies."""
        await self._refresh()

    @rx.event
    async def merge(self, typed: dict[str, Any]) -> None:
        """Join the two companies."""
        name = await self._send(merge_companies, MergeInput, typed)
        # Behind an open dialog nobody would see where to prove who they are.
        self.answered += bool(name or self.prove)
        if name:
            self._change(desk=await self._load(merger_desk, PairSearch()) or MergerDesk())
            self.notice = _("Les deux inscriptions de {name} sont réunies.").format(name=name)

    async def _refresh(self) -> None:
        errors = self.errors
        search = read_search(PairSearch, NAMES, asked_in(self.router.url))
        self._change(desk=await self._load(merger_desk, search) or MergerDesk(), errors=errors)
