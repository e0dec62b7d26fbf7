"""What an operator's staff sees."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.followup.actions import take_over
from stageplus.services.followup.queries import followed_learner, introductions, my_learners
from stageplus.services.followup.schemas import FollowedLearner, IntroductionRow, LearnerRow
from stageplus.services.inputs import SHORT_TEXT, identifier
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState


class OperatorIntroductionsState(SessionState):
    """Introductions to take over."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    rows: list[IntroductionRow] = []  # noqa: RUF012
    open_count: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the list."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show new introductions as they come."""
        await self._follow(lambda actor: {f"operator:{actor.operator_id}"})

    @rx.event
    async def take(self, introduction_id: int) -> None:
        """Take one over."""
        await self._call(take_over, identifier(introduction_id))
        errors = self.errors
        await self._refresh()
        self.errors = errors

    async def _refresh(self) -> None:
        self.rows = await self._load(introductions) or []
        self.open_count = sum(row.is_open for row in self.rows)


class OperatorLearnersState(SessionState):
    """The learners of one's operator."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    rows: list[LearnerRow] = []  # noqa: RUF012
    text: str = ""
    without_place: bool = False

    @rx.event
    async def load(self) -> None:
        """Read the list."""
        await self._refresh()

    @rx.event
    async def search(self, typed: dict[str, Any]) -> None:
        """Look for a name, a trade or a town."""
        self.text = str(typed.get("q", ""))[:SHORT_TEXT]
        self.without_place = bool(typed.get("sans_place"))
        await self._refresh()

    async def _refresh(self) -> None:
        self.rows = await self._load(my_learners, self.text, self.without_place) or []


class OperatorLearnerState(SessionState):
    """One learner and their applications."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    learner: FollowedLearner = FollowedLearner()

    @rx.event
    async def load(self) -> None:
        """Read the learner that the address names."""
        named = identifier(self.router.url.path.rstrip("/").rsplit("/", 1)[-1])
        self.learner = await self._load(followed_learner, named) or FollowedLearner()
