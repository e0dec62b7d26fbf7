"""A learner's applications."""

from typing import ClassVar

import reflex as rx

from stageplus.services.applications.actions import withdraw_application
from stageplus.services.applications.queries import my_application, my_applications
from stageplus.services.applications.schemas import ApplicationCard, ApplicationDetail
from stageplus.services.inputs import identifier
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState


class LearnerApplicationsState(SessionState):
    """The list of one's applications."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    cards: list[ApplicationCard] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read the list."""
        self.cards = await self._load(my_applications) or []

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when one of them changes."""
        await self._follow(lambda actor: {f"learner:{actor.learner_id}"})

    async def _refresh(self) -> None:
        self.cards = await self._load(my_applications) or []


class LearnerApplicationState(SessionState):
    """One application and its story."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    detail: ApplicationDetail = ApplicationDetail()

    @rx.event
    async def load(self) -> None:
        """Read the application that the address names."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when it changes."""
        await self._follow(lambda actor: {f"learner:{actor.learner_id}"})

    @rx.event
    async def withdraw(self, application_id: int) -> None:
        """Withdraw an application."""
        self.detail = await self._call(withdraw_application, identifier(application_id)) or self.detail

    async def _refresh(self) -> None:
        named = identifier(self.router.url.path.rstrip("/").rsplit("/", 1)[-1])
        self.detail = await self._load(my_application, named) or self.detail
