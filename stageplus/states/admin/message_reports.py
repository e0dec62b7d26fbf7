"""The messages that were reported to OFFA, and what it decides of one."""

from collections.abc import Mapping
from typing import Any, ClassVar

import reflex as rx

from stageplus.services.inputs import identifier
from stageplus.services.message_reports.actions import decide_report
from stageplus.services.message_reports.queries import reported_message, reported_messages
from stageplus.services.message_reports.schemas import (
    MessageDecisionInput,
    ReportedMessage,
    ReportedPage,
    ReportSearch,
)
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.listing import ListState
from stageplus.states.session import SessionState
from stageplus.texts import _

PATH = "/offa/moderation/messages"
DECIDED = {
    "leave": _("Le message reste visible."),
    "hide": _("Le message est masqué, la personne qui l’a écrit est prévenue."),
    "close": _("La conversation est fermée, la personne qui a écrit le message est prévenue."),
    "lift": _("Le message est de nouveau visible, la personne qui l’a écrit est prévenue."),
}


class OffaMessagesState(ListState, SessionState):
    """One page of the reported messages; the address bar holds which."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA
    NAMES: ClassVar[Mapping[str, str]] = {"etat": "group", "page": "page"}

    found: ReportedPage = ReportedPage()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what comes and what colleagues decide."""
        await self._follow(lambda _actor: {"moderation"})

    async def _list(self) -> None:
        self._change(found=await self._found(reported_messages, ReportSearch, ReportedPage()))


class OffaMessageState(SessionState):
    """One message to decide on; `answered` closes the dialogs, `asking` names the one whose errors are shown."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    detail: ReportedMessage = ReportedMessage()
    answered: int = 0
    asking: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the message that the address names."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show reports and what colleagues decide as they come."""
        await self._follow(lambda _actor: {"moderation"})

    @rx.event
    async def decide(self, typed: dict[str, Any]) -> None:
        """Decide, with a word to the author."""
        self._change(asking=str(typed.get("decision", ""))[:20])
        decided = await self._send(decide_report, MessageDecisionInput, typed, identifier(typed.get("message")))
        if decided:
            self._change(detail=decided, answered=self.answered + 1, asking="", notice=DECIDED[typed["decision"]])
            await self._count_waiting()

    async def _refresh(self) -> None:
        errors = self.errors
        named = identifier(last_part(self.router.url))
        self._change(detail=await self._load(reported_message, named) or ReportedMessage(), errors=errors)
