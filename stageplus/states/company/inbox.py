"""The applications of a company."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.applications.actions import (
    accept_application,
    propose_interview,
    refuse_application,
    see_application,
)
from stageplus.services.applications.queries import inbox
from stageplus.services.applications.schemas import InboxDetail, InboxRow, InterviewInput, RefusalInput
from stageplus.services.inputs import identifier
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState

WAITING = ("envoyée", "vue", "sans réponse")


class CompanyInboxState(SessionState):
    """The list beside the chosen application; `chosen` is 0 when the address names none."""

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    rows: list[InboxRow] = []  # noqa: RUF012
    detail: InboxDetail = InboxDetail()
    chosen: int = 0
    to_answer: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the list, and open the application that the address names: its learner is told that it was seen."""
        self.chosen = identifier(self.router.url.path.rstrip("/").rsplit("/", 1)[-1])
        if self.chosen:
            self.detail = await self._call(see_application, self.chosen) or InboxDetail()
        await self._list()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show new applications and answers of colleagues as they come."""
        await self._follow(lambda actor: {f"company:{actor.company_id}"})

    @rx.event
    async def propose(self, typed: dict[str, Any]) -> None:
        """Propose an interview."""
        self._keep(await self._send(propose_interview, InterviewInput, typed, identifier(typed.get("application"))))

    @rx.event
    async def accept(self, application_id: int) -> None:
        """Keep the learner for a place."""
        self._keep(await self._call(accept_application, identifier(application_id)))

    @rx.event
    async def refuse(self, typed: dict[str, Any]) -> None:
        """Refuse with a reason and polite words."""
        self._keep(await self._send(refuse_application, RefusalInput, typed, identifier(typed.get("application"))))

    def _keep(self, answered: InboxDetail | None) -> None:
        self.detail = answered or self.detail

    async def _refresh(self) -> None:
        errors = self.errors
        if self.chosen and not errors:
            self.detail = await self._call(see_application, self.chosen) or self.detail
        await self._list()
        self.errors = errors

    async def _list(self) -> None:
        missing = self.missing
        self.rows = await self._load(inbox) or []
        self.to_answer = sum(row.status in WAITING for row in self.rows)
        self.missing = missing
