"""A conversation on screen, the same way for both of its sides."""

from typing import Any

import reflex as rx

from stageplus.services.conversations.actions import mark_read, send_message, share_number
from stageplus.services.conversations.queries import conversation
from stageplus.services.conversations.schemas import FEWEST_SHOWN, MOST_SHOWN, MessageInput, NumberInput, Thread
from stageplus.services.inputs import identifier
from stageplus.services.message_reports.actions import report_message
from stageplus.services.message_reports.schemas import MessageReportInput
from stageplus.states.session import SessionState
from stageplus.texts import _


class TalkState(SessionState, mixin=True):
    """One conversation: what was said, and what its reader writes. Reflex copies the handlers into each side's class.

    `said` counts the messages that left, `shared` the numbers, `noted` the reports: each closes what asked for it.
    `talk_errors` belong to what `talk_about` names (`message`, `numero` or `signaler`), apart from those of the page.
    """

    thread: Thread = Thread()
    talk_errors: dict[str, str] = {}  # noqa: RUF012
    talk_about: str = ""
    said: int = 0
    shared: int = 0
    noted: int = 0
    reporting: int = 0
    most: int = FEWEST_SHOWN

    @rx.event
    async def say(self, typed: dict[str, Any]) -> None:
        """Send a message; a refusal leaves it in its field."""
        sent = await self._talk("message", send_message, MessageInput, typed, identifier(typed.get("application")))
        self._change(thread=sent or self.thread, said=self.said + bool(sent))

    @rx.event
    async def share(self, typed: dict[str, Any]) -> None:
        """Give one's own telephone number."""
        sent = await self._talk("numero", share_number, NumberInput, typed, identifier(typed.get("application")))
        self._change(thread=sent or self.thread, shared=self.shared + bool(sent))

    @rx.event
    async def read(self, application_id: int, last_id: int) -> None:
        """Note that the messages are on screen, which the browser says of itself."""
        await self._quietly(mark_read, identifier(application_id), identifier(last_id))
        await self._read(application_id)
        await self._count_waiting()

    @rx.event
    async def older(self, application_id: int) -> None:
        """Show more of what was said before."""
        self.most = min(self.most + FEWEST_SHOWN, MOST_SHOWN)
        await self._read(application_id)

    @rx.event
    def choose(self, message_id: int) -> None:
        """Name the message to report."""
        self._change(reporting=identifier(message_id), talk_errors={}, talk_about="")

    @rx.event
    async def report(self, typed: dict[str, Any]) -> None:
        """Bring a message to OFFA."""
        await self._talk("signaler", report_message, MessageReportInput, typed, identifier(typed.get("message")))
        if not self.talk_errors:
            self._change(noted=self.noted + 1, notice=_("Merci. OFFA va regarder ce message."))
            await self._read(typed.get("application"))

    async def _open_talk(self, application_id: object) -> None:
        """Begin with the latest messages of a conversation."""
        self._change(most=FEWEST_SHOWN, reporting=0, talk_errors={}, talk_about="")
        await self._read(application_id)

    async def _talk(self, asked: str, use_case: Any, shape: Any, typed: dict[str, Any], named: int) -> Any:
        """Run a use case with what was typed, and keep what it refuses apart from the errors of the page."""
        errors, missing = self.errors, self.missing
        done = await self._send(use_case, shape, typed, named)
        gone = {"form": _("Cette conversation n’est plus là.")} if self.missing and not missing else {}
        self._change(talk_about=asked, talk_errors=self.errors or gone, errors=errors, missing=missing)
        return done

    async def _quietly(self, use_case: Any, *args: Any) -> Any:
        """Run a use case whose refusal changes nothing of the page."""
        errors, missing = self.errors, self.missing
        found = await self._call(use_case, *args)
        self._change(errors=errors, missing=missing)
        return found

    async def _read(self, application_id: object) -> None:
        """Read a conversation again; one that may no longer be read leaves the screen."""
        named = identifier(application_id)
        self._change(thread=await self._quietly(conversation, named, self.most) or Thread())
