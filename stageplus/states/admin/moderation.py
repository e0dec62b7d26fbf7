"""The offers that OFFA looks at, and what it decides of one."""

from collections.abc import Mapping
from typing import Any, ClassVar

import reflex as rx

from stageplus.services.inputs import identifier
from stageplus.services.moderation.actions import decide_case
from stageplus.services.moderation.queries import moderation_case, moderation_queue
from stageplus.services.moderation.schemas import CaseDetail, CasePage, CaseSearch, ModerationInput
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.listing import ListState
from stageplus.states.session import SessionState
from stageplus.texts import _

PATH = "/offa/moderation"
DECIDED = {
    "leave": _("L’offre reste en ligne."),
    "ask": _("L’entreprise est prévenue : elle peut changer l’offre."),
    "take off": _("L’offre est hors ligne, l’entreprise est prévenue."),
    "lift": _("L’entreprise est prévenue que son offre peut revenir en ligne."),
}


class OffaModerationState(ListState, SessionState):
    """One page of the queue; the address bar holds which."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA
    NAMES: ClassVar[Mapping[str, str]] = {"etat": "group", "page": "page"}

    found: CasePage = CasePage()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what comes and what colleagues decide."""
        await self._follow(lambda _actor: {"moderation"})

    async def _list(self) -> None:
        self._change(found=await self._found(moderation_queue, CaseSearch, CasePage()))


class OffaCaseState(SessionState):
    """One offer to decide on; `answered` closes the dialogs, `asking` names the one whose errors are shown."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    detail: CaseDetail = CaseDetail()
    answered: int = 0
    asking: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the case that the address names."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show flags, changes of the company and what colleagues decide as they come."""
        await self._follow(lambda _actor: {"moderation"})

    @rx.event
    async def decide(self, typed: dict[str, Any]) -> None:
        """Decide, with a word to the company."""
        self._change(asking=str(typed.get("decision", ""))[:20])
        decided = await self._send(decide_case, ModerationInput, typed, identifier(typed.get("offer")))
        if decided:
            self._change(detail=decided, answered=self.answered + 1, asking="", notice=DECIDED[typed["decision"]])
            await self._count_waiting()

    async def _refresh(self) -> None:
        errors = self.errors
        named = identifier(last_part(self.router.url))
        self._change(detail=await self._load(moderation_case, named) or CaseDetail(), errors=errors)
