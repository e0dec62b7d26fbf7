"""How an offer does, and the help for one that nobody applies to."""

from typing import ClassVar

import reflex as rx

from stageplus.services.figures.actions import tell_operators
from stageplus.services.figures.queries import offer_figures
from stageplus.services.figures.schemas import OfferFigures
from stageplus.services.inputs import identifier
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _, ngettext


class CompanyFiguresState(SessionState):
    """The figures of the offer that the address names."""

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    figures: OfferFigures = OfferFigures()

    @rx.event
    async def load(self) -> None:
        """Read the figures."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show applications and answers as they come."""
        named = self._named()
        await self._follow(lambda _actor: {f"offer:{named}"} if named else set())

    @rx.event
    async def tell(self) -> None:
        """Tell the operators nearby."""
        count = await self._call(tell_operators, self._named())
        refused = dict(self.errors)
        await self._refresh()
        words = ngettext(
            "{n} personne des opérateurs proches est prévenue.",
            "{n} personnes des opérateurs proches sont prévenues.",
            count or 0,
        )
        nobody = _("Aucun opérateur proche n’a de personne à prévenir pour le moment.")
        told = "" if count is None else words.format(n=count) if count else nobody
        self._change(errors=refused, notice=told)

    async def _refresh(self) -> None:
        errors, missing = self.errors, self.missing
        found = await self._call(offer_figures, self._named())
        self._change(figures=found or OfferFigures(), errors=errors, missing=missing)

    def _named(self) -> int:
        return identifier(last_part(self.router.url))
