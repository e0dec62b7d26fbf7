"""The learners ticked in the list for whom staff looks for an offer."""

from typing import ClassVar

import reflex as rx

from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import ngettext


class OperatorPicksState(SessionState):
    """Whom the tab looks for an offer for; the form that suggests one names each of them anew."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    words: str = ""
    _ids: list[int] = []  # noqa: RUF012

    @rx.event
    async def forget(self) -> None:
        """Look for nobody in particular any more."""
        self._keep([])

    def _keep(self, ids: list[int]) -> None:
        told = ngettext(
            "Vous cherchez une place pour {n} apprenant de votre liste : ouvrez une offre, il y sera coché.",
            "Vous cherchez une place pour {n} apprenants de votre liste : ouvrez une offre, ils y seront cochés.",
            len(ids),
        )
        self._ids = ids
        self._change(words=told.format(n=len(ids)) if ids else "")
