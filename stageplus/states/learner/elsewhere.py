"""Where else the place of the page is offered."""

from typing import ClassVar

import reflex as rx

from stageplus.services.inputs import identifier
from stageplus.services.offers.queries import also_at
from stageplus.services.offers.schemas import AlsoAt
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState


class LearnerElsewhereState(SessionState):
    """The linked offers that are open."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    also: list[AlsoAt] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read where else."""
        errors, missing = self.errors, self.missing
        found = await self._call(also_at, identifier(last_part(self.router.url)))
        self._change(also=found or [], errors=errors, missing=missing)
