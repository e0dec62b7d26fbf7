"""The contacts with one company, and when its coaches speak with it again."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.company_contacts.actions import erase_contact, note_contact, plan_follow_up
from stageplus.services.company_contacts.queries import contact_book
from stageplus.services.company_contacts.schemas import ContactBook, ContactInput, PlanInput
from stageplus.services.inputs import given, identifier
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _


class CoachContactsState(SessionState):
    """The contacts of the company that the address names.

    `asked_for` names the form that `errors` belong to, `written` counts what was noted, so that its form empties.
    """

    AUDIENCE: ClassVar[Audience] = Audience.COACH

    book: ContactBook = ContactBook()
    asked_for: str = ""
    written: int = 0

    @rx.event
    async def load(self) -> None:
        """Read them."""
        self.asked_for = ""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when a colleague notes something."""
        await self._follow(lambda actor: {f"sector:{code}" for code in actor.sectors})

    @rx.event
    async def note(self, typed: dict[str, Any]) -> None:
        """Note a contact."""
        self.asked_for = "contact"
        book = await self._send(note_contact, ContactInput, given(typed), identifier(typed.get("company")))
        self.written += book is not None
        self._show(book, _("C’est noté : les coachs du secteur le voient."))

    @rx.event
    async def erase(self, contact_id: int) -> None:
        """Erase a contact of one's own."""
        self.asked_for = "contact"
        book = await self._call(erase_contact, self.book.company_id, identifier(contact_id))
        self._show(book, _("La ligne est effacée."))

    @rx.event
    async def plan(self, typed: dict[str, Any]) -> None:
        """Plan the next contact, or none."""
        self.asked_for = f"rappel-{typed.get('sector')}"
        book = await self._send(plan_follow_up, PlanInput, typed, identifier(typed.get("company")))
        self._show(book, _("Le rappel est à jour."))

    def _show(self, book: ContactBook | None, sentence: str) -> None:
        if book:
            self._change(book=book, notice=sentence)

    async def _refresh(self) -> None:
        named, errors = identifier(last_part(self.router.url)), self.errors
        self._change(book=await self._load(contact_book, named) or ContactBook())
        if errors:
            self._change(errors=errors)
