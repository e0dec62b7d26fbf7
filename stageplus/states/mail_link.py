"""What somebody sees who follows a mailed link."""

from typing import ClassVar

import reflex as rx

from stageplus.services.inputs import SHORT_TEXT
from stageplus.services.links.queries import look_at_link
from stageplus.services.links.schemas import LinkView
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState


class MailLinkState(SessionState):
    """What the link would do, and whether it was done just now; the state of each purpose inherits it."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    view: LinkView = LinkView()
    token: str = ""
    done: bool = False

    @rx.event
    async def load(self) -> None:
        """Look at the link that the address names; looking changes nothing."""
        self.token = last_part(self.router.url)[:SHORT_TEXT]
        self.view, self.done = await self._load(look_at_link, self.token) or LinkView(), False
