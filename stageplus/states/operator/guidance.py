"""How one learner is followed: the next contact, notes, companies to nudge, a place found outside."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.guidance.actions import erase_note, nudge_company, plan_contact, write_note
from stageplus.services.guidance.queries import guidance
from stageplus.services.guidance.schemas import FollowUpInput, Guidance, NoteInput
from stageplus.services.inputs import identifier
from stageplus.services.placements.actions import forget_place, record_place
from stageplus.services.placements.schemas import OutsidePlaceInput
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _


class OperatorGuidanceState(SessionState):
    """The learner that the address names.

    `asked_for` names the form that `errors` belong to, `written` counts the notes written, `done` closes the dialog.
    """

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    shown: Guidance = Guidance()
    asked_for: str = ""
    written: int = 0
    done: int = 0

    @rx.event
    async def load(self) -> None:
        """Read it."""
        self.asked_for = ""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when a colleague adds something."""
        await self._follow(lambda actor: {f"operator:{actor.operator_id}"})

    @rx.event
    async def write(self, typed: dict[str, Any]) -> None:
        """Write a note."""
        self.asked_for = "note"
        shown = await self._send(write_note, NoteInput, typed, identifier(typed.get("learner")))
        self.written += shown is not None
        self._show(shown, _("La note est gardée : vos collègues la voient."))

    @rx.event
    async def erase(self, note_id: int) -> None:
        """Erase a note of one's own."""
        self.asked_for = "note"
        shown = await self._call(erase_note, self.shown.learner_id, identifier(note_id))
        self._show(shown, _("La note est effacée."))

    @rx.event
    async def plan(self, typed: dict[str, Any]) -> None:
        """Say where the search stands, and when to speak next."""
        self.asked_for = "suivi"
        shown = await self._send(plan_contact, FollowUpInput, typed, identifier(typed.get("learner")))
        self._show(shown, _("Le suivi est noté."))

    @rx.event
    async def nudge(self, application_id: int) -> None:
        """Ask a company for its answer."""
        self.asked_for = "relance"
        shown = await self._call(nudge_company, self.shown.learner_id, identifier(application_id))
        self._show(shown, _("L’entreprise reçoit un rappel poli, au nom de votre équipe."))

    @rx.event
    async def note_place(self, typed: dict[str, Any]) -> None:
        """Note a place found without Stage+."""
        self.asked_for = "place"
        learner = identifier(typed.get("learner"))
        await self._send(record_place, OutsidePlaceInput, typed, learner)
        await self._after(_("La place est notée : les chiffres en tiennent compte."))

    @rx.event
    async def drop_place(self) -> None:
        """Note that it is no more."""
        self.asked_for = "place"
        await self._call(forget_place, self.shown.learner_id)
        await self._after(_("C’est noté : de nouveau sans lieu de stage."))

    async def _after(self, sentence: str) -> None:
        """Read again, keep what is wrong, and close the dialog when nothing is."""
        errors, missing, denied = self.errors, self.missing, self.denied
        if not (errors or missing or denied):
            self._change(shown=await self._call(guidance, self.shown.learner_id) or self.shown)
            self._change(done=self.done + 1, notice=sentence)

    def _show(self, shown: Guidance | None, sentence: str) -> None:
        if shown:
            self._change(shown=shown, notice=sentence)

    async def _refresh(self) -> None:
        named, errors = identifier(last_part(self.router.url)), self.errors
        self.shown = await self._load(guidance, named) or Guidance()
        if errors:
            self._change(errors=errors)
