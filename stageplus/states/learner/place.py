"""The place that a learner found elsewhere, and the applications that nobody has to answer any more."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.placements.actions import find_elsewhere, search_again
from stageplus.services.placements.queries import my_place
from stageplus.services.placements.schemas import FarewellInput, OwnPlace
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _, ngettext


class LearnerPlaceState(SessionState):
    """Whether a place is noted; `answered` closes the dialog."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    place: OwnPlace = OwnPlace()
    answered: int = 0

    @rx.event
    async def load(self) -> None:
        """Read it."""
        self._change(place=await self._call(my_place) or OwnPlace())

    @rx.event
    async def found_elsewhere(self, typed: dict[str, Any]) -> None:
        """Say that one found a place, and withdraw everything politely."""
        live = self.place.live
        if place := await self._send(find_elsewhere, FarewellInput, typed):
            self._change(place=place, answered=self.answered + 1, notice=_noted(live))

    @rx.event
    async def search_again(self) -> None:
        """Take it back."""
        if place := await self._call(search_again):
            self._change(place=place, notice=_("C’est noté : tu cherches à nouveau une place. Bonne recherche !"))


def _noted(withdrawn: int) -> str:
    told = ngettext(
        "Bravo pour ta place ! {n} candidature est retirée, et l’entreprise prévenue.",
        "Bravo pour ta place ! {n} candidatures sont retirées, et les entreprises prévenues.",
        withdrawn,
    )
    return told.format(n=withdrawn) if withdrawn else _("Bravo pour ta place ! Ton opérateur le voit aussi.")
