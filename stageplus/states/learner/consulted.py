"""Who consulted a learner's data."""

from typing import ClassVar

import reflex as rx

from stageplus.services.consultations.queries import my_consultations
from stageplus.services.consultations.schemas import Looked
from stageplus.services.inputs import identifier
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState


class LearnerConsultedState(SessionState):
    """Days on which others looked: at the application that the address names, or at anything."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    looked: list[Looked] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read them."""
        named = identifier(last_part(self.router.url))
        self._change(looked=await self._call(my_consultations, named) or [])
