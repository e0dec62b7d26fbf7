"""Flagging an offer to OFFA."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.inputs import identifier
from stageplus.services.moderation.actions import flag_offer
from stageplus.services.moderation.queries import my_flag
from stageplus.services.moderation.schemas import FlagInput, MyFlag
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _


class LearnerFlagState(SessionState):
    """The learner's own flag on the offer of the page; `flag_errors` keeps apart from those of the application."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    mine: MyFlag = MyFlag()
    flag_errors: dict[str, str] = {}  # noqa: RUF012
    flagged: int = 0

    @rx.event
    async def load(self) -> None:
        """Read whether one's own flag waits for OFFA."""
        self._change(flag_errors={})
        self._change(mine=await self._read())

    @rx.event
    async def flag(self, typed: dict[str, Any]) -> None:
        """Send the flag; one that is there already is shown, never sent again."""
        sent = await self._send(flag_offer, FlagInput, typed, identifier(typed.get("offer")))
        self._change(flag_errors=self.errors, errors={})
        if sent:
            self._change(mine=sent, flagged=self.flagged + 1, notice=_("Merci. OFFA va regarder cette offre."))
        elif "form" in self.flag_errors:
            self._change(mine=await self._read())

    async def _read(self) -> MyFlag:
        errors, missing = self.errors, self.missing
        found = await self._call(my_flag, identifier(last_part(self.router.url)))
        self._change(errors=errors, missing=missing)
        return found or MyFlag()
