"""What whoever follows the link of a reminder sees and does, signed in or not."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.inputs import SHORT_TEXT
from stageplus.services.renewals.actions import close_by_link, renew_by_link
from stageplus.services.renewals.queries import look_at_ending
from stageplus.services.renewals.schemas import EndingInput, EndingReceipt, EndingView
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.mail_link import MailLinkState


class OfferEndingState(MailLinkState):
    """The offer behind the link, and what the pressed button did."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    ending: EndingView = EndingView()
    told: EndingReceipt = EndingReceipt()

    @rx.event
    async def look(self) -> None:
        """Read which offer the link is about; looking changes nothing."""
        token = last_part(self.router.url)
        self.ending = await self._call(look_at_ending, token[:SHORT_TEXT]) or EndingView()

    @rx.event
    async def renew(self, typed: dict[str, Any]) -> None:
        """Keep the offer on line."""
        await self._tell(await self._call(renew_by_link, str(typed.get("token", ""))[:SHORT_TEXT]))

    @rx.event
    async def close(self, token: str, reason: str) -> None:
        """Say what became of the place."""
        typed = {"reason": str(reason)}
        await self._tell(await self._send(close_by_link, EndingInput, typed, str(token)[:SHORT_TEXT]))

    async def _tell(self, done: EndingReceipt | None) -> None:
        """Show what was done; a refusal is shown with the offer as it is now."""
        if done:
            self._change(told=done, done=True)
            return
        errors, missing = self.errors, self.missing
        self.ending = await self._call(look_at_ending, self.token) or EndingView()
        self._change(errors=errors, missing=missing)
