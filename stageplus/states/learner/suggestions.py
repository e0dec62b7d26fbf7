"""What the staff of one's operator suggested: below the results, on each card, and on the offer's own page."""

from typing import ClassVar

import reflex as rx

from stageplus.services.inputs import identifier
from stageplus.services.suggestions.actions import hide_suggestion, see_suggestions
from stageplus.services.suggestions.queries import my_suggestions
from stageplus.services.suggestions.schemas import SuggestedOffer, Suggestions
from stageplus.states.audience import Audience
from stageplus.states.learner.favourites import LearnerKeepState
from stageplus.states.session import SessionState
from stageplus.texts import _


class LearnerSuggestionsState(SessionState):
    """The suggestions that one has not put away; `said` says of each offer who suggested it and why."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    suggestions: list[SuggestedOffer] = []  # noqa: RUF012
    said: dict[str, str] = {}  # noqa: RUF012

    @rx.event
    async def see(self) -> None:
        """Note that the list which the search page shows is seen from now on."""
        await self._see()

    @rx.event
    async def mark(self) -> None:
        """Read what to mark on a page that does not list the suggestions."""
        await self._read()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show a new suggestion as it comes, and what another device of the same person keeps."""
        await self._follow(lambda actor: {f"learner:{actor.learner_id}"})

    @rx.event
    async def hide(self, offer_id: int) -> None:
        """Put a suggestion away."""
        left = await self._call(hide_suggestion, identifier(offer_id))
        if left is not None:
            self._show(left)
            self._change(notice=_("La suggestion est masquée. Ton opérateur n’en sait rien."))

    async def _read(self) -> None:
        errors = self.errors
        self._show(await self._call(my_suggestions) or Suggestions())
        self._change(errors=errors)

    async def _see(self) -> None:
        if any(each.is_new for each in self.suggestions):
            errors = self.errors
            await self._call(see_suggestions)
            await self._count_waiting()
            self._change(errors=errors)

    async def _refresh(self) -> None:
        await self._read()
        await self._see()
        stars = await self.get_state(LearnerKeepState)
        await stars._read()

    def _show(self, found: Suggestions) -> None:
        self._change(suggestions=found.rows, said=found.said)
