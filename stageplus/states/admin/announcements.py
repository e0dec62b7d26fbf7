"""The announcements of OFFA: written, looked at, shown for some days, taken back."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.announcements.actions import save_announcement, withdraw_announcement
from stageplus.services.announcements.queries import announcements, preview_announcement
from stageplus.services.announcements.schemas import AnnouncementInput, AnnouncementPage, AnnouncementRow
from stageplus.services.inputs import given, identifier
from stageplus.states.addresses import asked_in
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _

PATH = "/offa/annonces"
TRY = "try"
NEW = AnnouncementRow(spot="bandeau", audience="everyone")


class OffaAnnouncementsState(SessionState):
    """All announcements, and the one that the address bar chooses to change; `tried` is shown before it is saved."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    found: AnnouncementPage = AnnouncementPage()
    chosen: AnnouncementRow = NEW
    tried: AnnouncementRow = AnnouncementRow()
    answered: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the announcements; `numero` in the address opens one in the form."""
        await self._refresh()
        number = identifier(asked_in(self.router.url).get("numero", ""))
        chosen = next((each for each in self.found.rows if each.announcement_id == number), NEW)
        self._change(chosen=chosen if chosen.may_withdraw else NEW, tried=AnnouncementRow())

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what colleagues announce as it comes."""
        await self._follow(lambda _actor: {"announcements"})

    @rx.event
    async def send(self, typed: dict[str, Any]) -> None:
        """Look at an announcement, or save it, by the button that was tapped."""
        if typed.get("intent") == TRY:
            tried = await self._send(preview_announcement, AnnouncementInput, given(typed))
            self._change(tried=tried or AnnouncementRow())
            return
        saved = await self._send(save_announcement, AnnouncementInput, given(typed))
        await self._keep(saved, _("L’annonce est enregistrée."))

    @rx.event
    async def withdraw(self, announcement_id: int) -> None:
        """Show an announcement to nobody any more."""
        done = await self._call(withdraw_announcement, identifier(announcement_id))
        await self._keep(done, _("L’annonce est retirée : plus personne ne la voit."))

    async def _keep(self, number: int | None, sentence: str) -> None:
        if number is None:
            return
        await self._refresh()
        self._change(answered=self.answered + 1, chosen=NEW, tried=AnnouncementRow(), notice=sentence)

    async def _refresh(self) -> None:
        errors = self.errors
        self._change(found=await self._load(announcements) or AnnouncementPage(), errors=errors)
