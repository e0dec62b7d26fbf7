"""What a company has to do now."""

from typing import ClassVar

import reflex as rx

from stageplus.services.applications.queries import inbox
from stageplus.services.applications.schemas import InboxPage, InboxSearch
from stageplus.services.inputs import identifier
from stageplus.services.postings.actions import renew_offer
from stageplus.services.postings.queries import offers_to_change, offers_to_tend
from stageplus.services.postings.schemas import ToChange, ToTend
from stageplus.services.silences.queries import my_silence
from stageplus.services.silences.schemas import Silence
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _


class CompanyHomeState(SessionState):
    """The applications to answer, and the offers that need a hand."""

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    found: InboxPage = InboxPage()
    tend: ToTend = ToTend()
    silence: Silence = Silence()
    to_change: list[ToChange] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read what there is to do."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what comes and what colleagues do."""
        await self._follow(lambda actor: {f"company:{actor.company_id}"})

    @rx.event
    async def renew(self, offer_id: int) -> None:
        """Give an offer its full lifetime again."""
        renewed = await self._call(renew_offer, identifier(offer_id))
        if renewed:
            self.notice = _("« {title} » est en ligne {ends}.").format(title=renewed.row.title, ends=renewed.row.ends)
        await self._refresh()

    async def _refresh(self) -> None:
        errors, missing = self.errors, self.missing
        found = await self._load(inbox, InboxSearch(group="a-repondre"))
        tend = await self._call(offers_to_tend)
        self._change(silence=await self._call(my_silence) or Silence())
        self._change(to_change=await self._call(offers_to_change) or [])
        self._change(found=found or InboxPage(), tend=tend or ToTend(), errors=errors, missing=missing)
