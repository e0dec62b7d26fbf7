"""Introductions that an operator's staff takes over."""

from typing import ClassVar

import reflex as rx

from stageplus.services.followup.actions import take_over
from stageplus.services.followup.queries import introductions
from stageplus.services.followup.schemas import IntroductionLists, IntroductionSearch
from stageplus.services.inputs import identifier
from stageplus.states.addresses import asked_in, beside, read_search
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _

PATH = "/operateur/mises-en-relation"
NAMES = {"page": "waiting", "reprises": "taken"}
"""The address bar's words for the pages of both lists."""


class OperatorIntroductionsState(SessionState):
    """Introductions to take over, and those taken over; the address bar says which page of each."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    lists: IntroductionLists = IntroductionLists()
    asked: dict[str, str] = {}  # noqa: RUF012
    waiting_before: str = ""
    waiting_after: str = ""
    taken_before: str = ""
    taken_after: str = ""

    @rx.event
    async def load(self) -> None:
        """Read both lists."""
        self.asked = asked_in(self.router.url)
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show new introductions as they come."""
        await self._follow(lambda actor: {f"operator:{actor.operator_id}"})

    @rx.event
    async def take(self, introduction_id: int) -> None:
        """Take one over, and say so."""
        taken = await self._call(take_over, identifier(introduction_id))
        errors = self.errors
        await self._refresh()
        noted = _("Reprise notée : {learner} en est averti.").format(learner=taken.learner) if taken else ""
        self._change(errors=errors, notice=noted)

    async def _refresh(self) -> None:
        search = read_search(IntroductionSearch, NAMES, self.asked)
        lists = await self._load(introductions, search) or IntroductionLists()
        waiting = beside(PATH, self.asked, lists.waiting_page, lists.waiting_pages)
        taken = beside(PATH, self.asked, lists.taken_page, lists.taken_pages, "reprises")
        self._change(lists=lists, waiting_before=waiting[0], waiting_after=waiting[1])
        self._change(taken_before=taken[0], taken_after=taken[1])
