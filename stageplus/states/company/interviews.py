"""A company's interview with the applicant on screen: confirm a moment, offer others, cancel."""

from collections.abc import AsyncIterator
from typing import Any, ClassVar

import reflex as rx

from stageplus.services.inputs import identifier
from stageplus.services.interviews.actions import cancel_interview, offer_other_times, take_slot
from stageplus.services.interviews.schemas import CancelInput, InterviewView, TimesInput
from stageplus.states.audience import Audience
from stageplus.states.company.inbox import GONE, CompanyInboxState
from stageplus.texts import _


class CompanyInterviewState(CompanyInboxState):
    """What one does about the interview of the chosen application; its dialogs are told like the inbox's own."""

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    @rx.event
    async def confirm(self, application_id: int, slot_id: int) -> None:
        """Confirm one of the learner's moments."""
        self._change(asking="", notice="")
        taken = await self._call(take_slot, identifier(application_id), identifier(slot_id))
        await self._agree(taken, _("L’entretien est fixé : chacun reçoit le fichier pour son agenda."))

    @rx.event
    async def offer_others(self, typed: dict[str, Any]) -> AsyncIterator[None]:
        """Offer other moments."""
        self._change(asking="autres", errors={})
        yield
        sent = await self._send(offer_other_times, TimesInput, typed, identifier(typed.get("application")))
        await self._agree(sent, _("Les moments sont envoyés : la personne en choisit un."))

    @rx.event
    async def cancel(self, typed: dict[str, Any]) -> AsyncIterator[None]:
        """Cancel the interview."""
        self._change(asking="annuler", errors={})
        yield
        sent = await self._send(cancel_interview, CancelInput, typed, identifier(typed.get("application")))
        await self._agree(sent, _("L’entretien est annulé, et la personne prévenue."))

    async def _agree(self, shown: InterviewView | None, sentence: str) -> None:
        """Close the dialog with what was obtained, or leave it open with what is wrong."""
        errors = {"form": GONE} if self.missing else self.errors
        self._change(missing=False)
        if shown:
            self._change(done=self.done + 1, asking="", notice=sentence)
        await self._refresh()
        self._change(errors={} if shown else errors)
