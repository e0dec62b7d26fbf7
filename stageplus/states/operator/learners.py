"""The learners of one's operator, and one of them with their applications."""

from dataclasses import replace
from typing import Any, ClassVar

import reflex as rx

from stageplus.services.followup.queries import followed_learner, my_learners
from stageplus.services.followup.schemas import FollowedLearner, LearnerPage, LearnerSearch
from stageplus.services.inputs import identifier
from stageplus.states.addresses import address, asked_by, asked_in, beside, read_search, same_filters
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState

PATH = "/operateur/apprenants"
NAMES = {"q": "text", "place": "place", "metier": "trade", "annee": "year", "tri": "sort", "page": "page"}
"""The address bar's words for the fields of a search."""


class OperatorLearnersState(SessionState):
    """One page of the operator's learners; the address bar holds the whole search."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    found: LearnerPage = LearnerPage()
    trades: list[tuple[str, str]] = []  # noqa: RUF012
    years: list[tuple[str, str]] = []  # noqa: RUF012
    asked: dict[str, str] = {}  # noqa: RUF012
    form_round: int = 0
    before: str = ""
    after: str = ""

    @rx.event
    async def load(self) -> None:
        """List what the address bar asks for."""
        asked = asked_in(self.router.url)
        self.form_round += not same_filters(asked, self.asked)
        self.asked = asked
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """List again when something changes for one of the learners."""
        await self._follow(lambda actor: {f"operator:{actor.operator_id}"})

    @rx.event
    async def search(self, typed: dict[str, Any]) -> Any:
        """List again, at once after a choice, whose address the browser writes itself; else go to that address."""
        self.asked = asked_by(typed, NAMES)
        if typed.get("intent") != "filter" and self.asked != asked_in(self.router.url):
            return rx.redirect(address(PATH, self.asked))
        await self._refresh()
        return None

    async def _refresh(self) -> None:
        found = await self._load(my_learners, read_search(LearnerSearch, NAMES, self.asked)) or LearnerPage()
        # The choices stay the same from page to page: they are not sent again with each.
        self._change(found=replace(found, trades=[], years=[]), trades=found.trades, years=found.years)
        before, after = beside(PATH, self.asked, found.page, found.pages)
        self._change(before=before, after=after)


class OperatorLearnerState(SessionState):
    """One learner and their applications."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    learner: FollowedLearner = FollowedLearner()

    @rx.event
    async def load(self) -> None:
        """Read the learner that the address names."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when something changes for one of the operator's learners."""
        await self._follow(lambda actor: {f"operator:{actor.operator_id}"})

    async def _refresh(self) -> None:
        named = identifier(self.router.url.path.rstrip("/").rsplit("/", 1)[-1])
        self.learner = await self._load(followed_learner, named) or FollowedLearner()
