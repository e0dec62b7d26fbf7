"""A learner's interview: take a moment, offer others, cancel."""

from collections.abc import AsyncIterator
from typing import Any, ClassVar

import reflex as rx

from stageplus.services.inputs import identifier
from stageplus.services.interviews.actions import cancel_interview, offer_other_times, take_slot
from stageplus.services.interviews.schemas import CancelInput, InterviewView, TimesInput
from stageplus.states.audience import Audience
from stageplus.states.learner.applications import LearnerApplicationState
from stageplus.texts import _


class LearnerInterviewState(LearnerApplicationState):
    """What one does about the interview of the application on screen.

    `asking` names the dialog that `errors` belong to, and `settled` counts what the dialogs obtained.
    """

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    asking: str = ""
    settled: int = 0

    @rx.event
    async def take(self, application_id: int, slot_id: int) -> None:
        """Take one of the company's moments."""
        self._change(asking="", notice="")
        taken = await self._call(take_slot, identifier(application_id), identifier(slot_id))
        await self._settle(taken, _("C’est noté : l’entretien est fixé, et l’entreprise prévenue."))

    @rx.event
    async def offer_others(self, typed: dict[str, Any]) -> AsyncIterator[None]:
        """Offer other moments."""
        self._change(asking="autres", errors={})
        yield
        sent = await self._send(offer_other_times, TimesInput, typed, identifier(typed.get("application")))
        await self._settle(sent, _("Tes moments sont envoyés : l’entreprise en confirme un."))

    @rx.event
    async def cancel(self, typed: dict[str, Any]) -> AsyncIterator[None]:
        """Cancel the interview."""
        self._change(asking="annuler", errors={})
        yield
        sent = await self._send(cancel_interview, CancelInput, typed, identifier(typed.get("application")))
        await self._settle(sent, _("L’entretien est annulé, et l’entreprise prévenue."))

    async def _settle(self, shown: InterviewView | None, sentence: str) -> None:
        """Close the dialog with what was obtained, or leave it open with what is wrong."""
        errors = self.errors
        if shown:
            self._change(settled=self.settled + 1, asking="", notice=sentence)
        await self._refresh()
        self._change(errors={} if shown else errors)
