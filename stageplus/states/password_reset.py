"""A forgotten password: the mailed link, and the new password behind it."""

import asyncio
from typing import Any, ClassVar

import reflex as rx

from stageplus.services.accounts.actions import ask_for_reset, reset_password
from stageplus.services.accounts.schemas import EmailInput, NewPasswordInput
from stageplus.states.audience import Audience, visitor_of
from stageplus.states.mail_link import MailLinkState
from stageplus.states.session import SessionState

ANSWER_AFTER_SECONDS = 1.0
"""Known and unknown addresses are answered after the same time, longer than either takes."""


class ForgottenPasswordState(SessionState):
    """The form that asks for the link."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    asked: bool = False

    @rx.event
    async def load(self) -> None:
        """Show the form again."""
        self.asked, self.loading = False, False

    @rx.event
    async def ask(self, typed: dict[str, Any]) -> None:
        """Have the link mailed; the answer does not tell whether there is such an account."""
        pause = asyncio.sleep(ANSWER_AFTER_SECONDS)
        await asyncio.gather(self._send(ask_for_reset, EmailInput, typed, visitor_of(self)), pause)
        self.asked = not self.errors and not self.fault


class ResetPasswordState(MailLinkState):
    """The form behind the mailed link."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    @rx.event
    async def choose(self, typed: dict[str, Any]) -> None:
        """Set the new password; the link is used up."""
        self.done = bool(await self._send(reset_password, NewPasswordInput, typed, str(typed.get("token", ""))))
