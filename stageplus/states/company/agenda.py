"""A company's coming interviews, and the secret address under which one's own calendar follows them."""

from typing import ClassVar

import reflex as rx

from stageplus.services.interviews.actions import follow_interviews, stop_following
from stageplus.services.interviews.queries import agenda
from stageplus.services.interviews.schemas import Agenda, FeedAddress
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _


class CompanyAgendaState(SessionState):
    """The agenda; `address` is there once, right after it was made, for the person who asked for it."""

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    found: Agenda = Agenda()
    address: FeedAddress = FeedAddress()

    @rx.event
    async def load(self) -> None:
        """Read the agenda."""
        self._change(address=FeedAddress())
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when something changes at the company."""
        await self._follow(lambda actor: {f"company:{actor.company_id}"})

    @rx.event
    async def make_address(self) -> None:
        """Make the secret address; an earlier one ends."""
        made = await self._call(follow_interviews)
        if made:
            self._change(address=made)
            await self._refresh()

    @rx.event
    async def end_address(self) -> None:
        """End the secret address."""
        await self._call(stop_following)
        self._change(address=FeedAddress(), notice=_("Le lien est coupé : il ne montre plus rien."))
        await self._refresh()

    async def _refresh(self) -> None:
        self._change(found=await self._load(agenda) or self.found)
