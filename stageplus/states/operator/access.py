"""A learner who lost the second factor, as an operator's staff helps."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.factors.actions import reset_factor
from stageplus.services.factors.queries import access_of_learner
from stageplus.services.factors.schemas import AccessDetail, ResetInput
from stageplus.services.inputs import identifier
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _


class OperatorAccessState(SessionState):
    """Whether the learner that the address names has a second factor; `answered` closes the dialog."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    access: AccessDetail = AccessDetail()
    answered: int = 0

    @rx.event
    async def load(self) -> None:
        """Read it."""
        named = identifier(last_part(self.router.url))
        self.access = await self._load(access_of_learner, named) or AccessDetail()

    @rx.event
    async def take_away(self, typed: dict[str, Any]) -> None:
        """Take the learner's second factor away."""
        person_id = identifier(typed.get("person", ""))
        name = await self._send(reset_factor, ResetInput, typed, person_id)
        # Behind an open dialog nobody would see where to prove who they are.
        self.answered += bool(name or self.prove)
        if name:
            self.access = AccessDetail(person_id)
            words = _("La deuxième étape de {name} est remise à zéro, ses appareils sont déconnectés.")
            self.notice = words.format(name=name)
