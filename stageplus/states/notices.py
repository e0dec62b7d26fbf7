"""What happened to somebody on the site, and how often they want to be mailed."""

from typing import ClassVar

import reflex as rx

from stageplus.services.circulars.actions import choose_circulars
from stageplus.services.circulars.queries import my_circular_choice
from stageplus.services.circulars.schemas import CircularChoice, WantedInput
from stageplus.services.inputs import identifier
from stageplus.services.notices.actions import choose_mail, read_all_notices, read_notice
from stageplus.services.notices.queries import my_mail_choices, my_notices
from stageplus.services.notices.schemas import ChoiceInput, MailChoices, Notices
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _

ASKED = "partie=e-mails"
"""How the address bar asks for the choices about mail."""


class NoticesState(SessionState):
    """The list of notices, kept up while it is open."""

    AUDIENCE: ClassVar[Audience] = Audience.SIGNED_IN

    shown: Notices = Notices()

    @rx.event
    async def load(self) -> None:
        """Read the list."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when something happens to the person."""
        await self._follow(lambda _actor: set())

    @rx.event
    async def read(self, notice_id: int) -> None:
        """Mark a line as read."""
        self._change(shown=await self._call(read_notice, identifier(notice_id)) or self.shown)
        await self._count_waiting()

    @rx.event
    async def read_all(self, latest: int) -> None:
        """Mark every line that was on screen as read."""
        self._change(shown=await self._call(read_all_notices, identifier(latest)) or self.shown)
        await self._count_waiting()

    async def _refresh(self) -> None:
        self._change(shown=await self._load(my_notices) or self.shown)


class MailChoicesState(SessionState):
    """How often one is mailed, group by group; `asked` when that is what the page was opened for.

    `circulars` says whether one's company wants messages of coaches.
    """

    AUDIENCE: ClassVar[Audience] = Audience.SIGNED_IN

    choices: MailChoices = MailChoices()
    circulars: CircularChoice = CircularChoice()
    asked: bool = False

    @rx.event
    async def look(self) -> None:
        """Read what was chosen."""
        asked = self.router.url.query == ASKED
        self._change(choices=await self._call(my_mail_choices) or MailChoices(), asked=asked)
        self._change(circulars=await self._call(my_circular_choice) or CircularChoice())

    @rx.event
    async def choose(self, group: str, pace: str) -> None:
        """Choose how often one group is mailed."""
        if chosen := await self._send(choose_mail, ChoiceInput, {"group": group, "pace": pace}):
            self._change(choices=chosen, notice=_("C’est noté."))

    @rx.event
    async def want(self, wanted: bool) -> None:
        """Stop the messages of coaches to one's company, or want them again."""
        if chosen := await self._send(choose_circulars, WantedInput, {"wanted": wanted is True}):
            self._change(circulars=chosen, notice=_("C’est noté."))
