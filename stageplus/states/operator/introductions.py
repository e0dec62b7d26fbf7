"""Introductions that an operator's staff takes over."""

from collections.abc import AsyncIterator
from typing import Any, ClassVar

import reflex as rx

from stageplus.services.followup.actions import confirm_start, fail_introduction, take_over
from stageplus.services.followup.queries import introductions
from stageplus.services.followup.schemas import (
    FailureInput,
    FirstDayInput,
    IntroductionLists,
    IntroductionRow,
    IntroductionSearch,
)
from stageplus.services.inputs import identifier
from stageplus.states.addresses import asked_in, beside, read_search
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _

PATH = "/operateur/mises-en-relation"
NAMES = {"page": "waiting", "reprises": "taken", "terminees": "settled"}
"""The address bar's words for the pages of the lists."""


class OperatorIntroductionsState(SessionState):
    """Introductions to take over, taken over and settled; the address bar says which page of each.

    `asking` is the one whose dialog `errors` belong to, `asked_for` its field; `done` counts what the dialogs obtained.
    """

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    lists: IntroductionLists = IntroductionLists()
    asked: dict[str, str] = {}  # noqa: RUF012
    waiting_before: str = ""
    waiting_after: str = ""
    taken_before: str = ""
    taken_after: str = ""
    settled_before: str = ""
    settled_after: str = ""
    asking: int = 0
    asked_for: str = ""
    done: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the lists."""
        self.asked = asked_in(self.router.url)
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show new introductions as they come."""
        await self._follow(lambda actor: {f"operator:{actor.operator_id}"})

    @rx.event
    async def confirm(self, typed: dict[str, Any]) -> AsyncIterator[None]:
        """Note the first day."""
        self._change(asking=identifier(typed.get("introduction")), asked_for="day", errors={})
        yield
        settled = await self._send(confirm_start, FirstDayInput, typed, self.asking)
        await self._settle(settled, _("Début noté pour {learner} : l’entreprise et l’apprenant sont avertis."))

    @rx.event
    async def fail(self, typed: dict[str, Any]) -> AsyncIterator[None]:
        """Note that nothing came of it."""
        self._change(asking=identifier(typed.get("introduction")), asked_for="reason", errors={})
        yield
        settled = await self._send(fail_introduction, FailureInput, typed, self.asking)
        await self._settle(settled, _("C’est noté. {learner} cherche à nouveau, la place est rendue."))

    @rx.event
    async def take(self, introduction_id: int) -> None:
        """Take one over, and say so."""
        self.asking = 0
        taken = await self._call(take_over, identifier(introduction_id))
        errors = self.errors
        await self._refresh()
        noted = _("Reprise notée : {learner} en est averti.").format(learner=taken.learner) if taken else ""
        self._change(errors=errors, notice=noted)

    async def _settle(self, settled: IntroductionRow | None, sentence: str) -> None:
        """Close the dialog with what was obtained, or leave it open with what is wrong."""
        errors, missing = self.errors, self.missing
        await self._refresh()
        self._change(errors=errors, missing=missing)
        if settled:
            self._change(asking=0, done=self.done + 1, notice=sentence.format(learner=settled.learner))

    async def _refresh(self) -> None:
        search = read_search(IntroductionSearch, NAMES, self.asked)
        lists = await self._load(introductions, search) or IntroductionLists()
        waiting = beside(PATH, self.asked, lists.waiting_page, lists.waiting_pages)
        taken = beside(PATH, self.asked, lists.taken_page, lists.taken_pages, "reprises")
        self._change(lists=lists, waiting_before=waiting[0], waiting_after=waiting[1])
        settled = beside(PATH, self.asked, lists.settled_page, lists.settled_pages, "terminees")
        self._change(taken_before=taken[0], taken_after=taken[1])
        self._change(settled_before=settled[0], settled_after=settled[1])
