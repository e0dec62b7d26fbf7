"""Asking one's operator for help when a search finds nothing."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.asking.actions import ask_for_help
from stageplus.services.offers.schemas import OfferSearch
from stageplus.states.audience import Audience
from stageplus.states.learner.offers import fields_of, words_of
from stageplus.states.session import SessionState
from stageplus.texts import _


class LearnerAskingState(SessionState):
    """The message to one's referent; `asked` rises when it has left."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    asked: int = 0

    @rx.event
    async def ask(self, typed: dict[str, Any]) -> None:
        """Send the search that the form carries, as the address bar writes it."""
        fields = fields_of(words_of(typed.get("search", "")))
        if await self._send(ask_for_help, OfferSearch, {**fields, "writer": typed.get("writer", "")}):
            sent = _("Ton message est parti. Ton opérateur voit ta recherche et te répond par e-mail.")
            self._change(asked=self.asked + 1, notice=sent)
