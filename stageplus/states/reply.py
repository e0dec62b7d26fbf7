"""What somebody who follows the link of a new application's mail sees and does, signed in or not."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.inputs import SHORT_TEXT
from stageplus.services.replies.actions import promise_by_link
from stageplus.services.replies.queries import look_at_reply
from stageplus.services.replies.schemas import ReplyView
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.mail_link import MailLinkState


class ReplyState(MailLinkState):
    """The application behind the link, and what the pressed button did."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    reply: ReplyView = ReplyView()
    told: str = ""

    @rx.event
    async def look(self) -> None:
        """Read which application the link is about; looking changes nothing."""
        token = last_part(self.router.url)
        self.reply = await self._call(look_at_reply, token[:SHORT_TEXT]) or ReplyView()

    @rx.event
    async def promise(self, typed: dict[str, Any]) -> None:
        """Say that it is read, and by when it is answered; a refusal shows the application as it is now."""
        told = await self._call(promise_by_link, str(typed.get("token", ""))[:SHORT_TEXT])
        errors, missing = self.errors, self.missing
        view = ReplyView() if told else await self._call(look_at_reply, self.token) or ReplyView()
        self._change(told=told or "", done=bool(told), reply=view, errors=errors, missing=missing)
