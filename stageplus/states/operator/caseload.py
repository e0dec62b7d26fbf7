"""The desk of an operator's staff, and what sharing its learners out chooses from and says."""

from typing import ClassVar, TypedDict

import reflex as rx

from stageplus.services.caseload.queries import choices, my_desk
from stageplus.services.caseload.schemas import Changed, Choices, Desk
from stageplus.services.termly.queries import my_terms
from stageplus.services.termly.schemas import TermRow
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import ngettext


class SeveralFields(TypedDict):
    """The field of the form that holds several values; Reflex leaves the others beside it as they are."""

    learners: list[str]


class OperatorDeskState(SessionState):
    """What waits for staff, live."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    desk: Desk = Desk()
    terms: list[TermRow] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read the desk."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Count again when something happens to one of the operator's learners."""
        await self._follow(lambda actor: {f"operator:{actor.operator_id}"})

    async def _refresh(self) -> None:
        self._change(desk=await self._load(my_desk) or Desk(), terms=await self._call(my_terms) or [])


class OperatorCaseloadState(SessionState):
    """What filters and forms choose from."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    choices: Choices = Choices()

    @rx.event
    async def load(self) -> None:
        """Read the colleagues and implantations."""
        self._change(choices=await self._call(choices) or Choices())


def said(done: Changed) -> str:
    """Say how many learners were changed, and how many were left to whom they had."""
    words = ngettext("C’est noté pour {n} apprenant.", "C’est noté pour {n} apprenants.", done.changed)
    left = ngettext(
        "{n} garde son suivi : cette personne ne voit pas son implantation.",
        "{n} gardent leur suivi : cette personne ne voit pas leur implantation.",
        done.left,
    )
    return f"{words.format(n=done.changed)} {left.format(n=done.left) if done.left else ''}".strip()
