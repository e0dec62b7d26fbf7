"""Offers that a learner keeps: the star of every card, and their list."""

from typing import ClassVar

import reflex as rx

from stageplus.services.favourites.actions import keep_offer, let_offer_go
from stageplus.services.favourites.queries import kept_offers, my_favourites
from stageplus.services.favourites.schemas import FavouriteRow, Favourites
from stageplus.services.inputs import identifier
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _


class LearnerKeepState(SessionState):
    """Which offers one keeps, on whatever page they are shown, and what the last tap on a star gave.

    `answers` rises with each answer of the server: our script then shows nothing but what is true.
    """

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    kept: list[int] = []  # noqa: RUF012
    last: int = 0
    said: str = ""
    refused: bool = False
    answers: int = 0

    @rx.event
    async def load(self) -> None:
        """Read which offers one keeps."""
        self._change(said="")
        await self._read()

    @rx.event
    async def keep(self, offer_id: int, wanted: bool) -> None:
        """Keep an offer or let it go, and say so; a refusal leaves the page as it is."""
        named, errors = identifier(offer_id), self.errors
        is_kept = await self._call(keep_offer if wanted is True else let_offer_go, named)
        others = [each for each in self.kept if each != named]
        if is_kept is not None:
            self._change(kept=[named, *others] if is_kept else others)
        said = _("C’est dans tes favoris.") if is_kept else _("Enlevé de tes favoris.")
        refusal = self.errors.get("form", "")
        self._change(last=named, said=refusal or said, refused=is_kept is None, answers=self.answers + 1, errors=errors)

    async def _read(self) -> None:
        errors = self.errors
        self._change(kept=await self._call(kept_offers) or [], errors=errors)


class LearnerFavouritesState(SessionState):
    """The list of what one keeps; each offer's news arrive live."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    open: list[FavouriteRow] = []  # noqa: RUF012
    closed: list[FavouriteRow] = []  # noqa: RUF012
    total: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the list."""
        await self._list()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when one of the offers changes, or another device keeps one."""
        offers = {f"offer:{row.card.offer_id}" for row in [*self.open, *self.closed]}
        await self._follow(lambda actor: offers | {f"learner:{actor.learner_id}"})

    async def _list(self) -> None:
        found = await self._load(my_favourites) or Favourites()
        self._change(open=found.open, closed=found.closed, total=found.total)

    async def _refresh(self) -> None:
        await self._list()
        stars = await self.get_state(LearnerKeepState)
        await stars._read()
