"""The learners of one's operator, and one of them with their applications."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import reflex as rx

from stageplus.services.conversations.queries import shown_conversations
from stageplus.services.conversations.schemas import ShownConversation
from stageplus.services.followup.actions import open_learner
from stageplus.services.followup.queries import followed_learner, my_learners
from stageplus.services.followup.schemas import FollowedLearner, LearnerPage, LearnerSearch
from stageplus.services.inputs import identifier
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.listing import ListState
from stageplus.states.session import SessionState

PATH = "/operateur/apprenants"


class OperatorLearnersState(ListState, SessionState):
    """One page of the operator's learners; the address bar holds the whole search."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR
    NAMES: ClassVar[Mapping[str, str]] = {
        "q": "text",
        "place": "place",
        "metier": "trade",
        "annee": "year",
        "contact": "contact",
        "tri": "sort",
        "page": "page",
    }

    found: LearnerPage = LearnerPage()
    trades: list[tuple[str, str]] = []  # noqa: RUF012
    years: list[tuple[str, str]] = []  # noqa: RUF012

    @rx.event(background=True)
    async def follow(self) -> None:
        """List again when something changes for one of the learners."""
        await self._follow(lambda actor: {f"operator:{actor.operator_id}"})

    async def _list(self) -> None:
        found = await self._found(my_learners, LearnerSearch, LearnerPage())
        # The choices stay the same from page to page: they are not sent again with each.
        self._change(found=replace(found, trades=[], years=[]), trades=found.trades, years=found.years)


class OperatorLearnerState(SessionState):
    """One learner, their applications, and the conversations that they show."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    learner: FollowedLearner = FollowedLearner()
    shown: list[ShownConversation] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Open the learner that the address names, who reads that the operator looked."""
        named = identifier(last_part(self.router.url))
        self.learner = await self._load(open_learner, named) or FollowedLearner()
        await self._read_shown(named)

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when something changes for one of the operator's learners."""
        await self._follow(lambda actor: {f"operator:{actor.operator_id}"})

    async def _refresh(self) -> None:
        named = identifier(last_part(self.router.url))
        self.learner = await self._load(followed_learner, named) or FollowedLearner()
        await self._read_shown(named)

    async def _read_shown(self, learner_id: int) -> None:
        errors, missing = self.errors, self.missing
        shown = await self._call(shown_conversations, learner_id) or []
        self._change(shown=shown, errors=errors, missing=missing)
