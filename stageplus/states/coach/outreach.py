"""A coach invites companies: links of one's own, and what came of them."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.inputs import identifier
from stageplus.services.outreach.actions import end_link, make_link
from stageplus.services.outreach.queries import my_outreach
from stageplus.services.outreach.schemas import LinkInput, Outreach
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _


class CoachOutreachState(SessionState):
    """The links of a coach, the form of another one, and what came of them."""

    AUDIENCE: ClassVar[Audience] = Audience.COACH

    found: Outreach = Outreach()
    answered: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the links."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show openings as they come."""
        await self._follow(lambda _actor: set())

    @rx.event
    async def make(self, typed: dict[str, Any]) -> None:
        """Make a link."""
        await self._keep(await self._send(make_link, LinkInput, typed), _("Le lien « {name} » est prêt."))

    @rx.event
    async def end(self, link_id: int) -> None:
        """End a link."""
        name = await self._call(end_link, identifier(link_id))
        await self._keep(name, _("Le lien « {name} » ne compte plus. Ce qu’il a donné reste ici."))

    async def _keep(self, name: str | None, sentence: str) -> None:
        if name is None:
            return
        await self._refresh()
        self._change(answered=self.answered + 1, notice=sentence.format(name=name))

    async def _refresh(self) -> None:
        errors = self.errors
        self._change(found=await self._load(my_outreach) or Outreach(), errors=errors)
