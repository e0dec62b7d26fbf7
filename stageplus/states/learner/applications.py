"""A learner's applications."""

from typing import ClassVar, TypedDict

import reflex as rx

from stageplus.services.applications.actions import withdraw_application
from stageplus.services.applications.queries import my_application, my_applications
from stageplus.services.applications.schemas import ApplicationCard, ApplicationDetail
from stageplus.services.inputs import identifier
from stageplus.services.placements.actions import withdraw_others
from stageplus.services.placements.schemas import WithdrawalInput
from stageplus.services.silences.actions import nudge_company
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _, ngettext


class OtherFields(TypedDict):
    """The field of the form that holds several values; Reflex leaves the others beside it as they are."""

    applications: list[str]


class LearnerApplicationsState(SessionState):
    """The list of one's applications: the place one has, what goes on, what is over."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    accepted: list[ApplicationCard] = []  # noqa: RUF012
    live: list[ApplicationCard] = []  # noqa: RUF012
    ended: list[ApplicationCard] = []  # noqa: RUF012
    total: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the list."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when one of them changes."""
        await self._follow(lambda actor: {f"learner:{actor.learner_id}"})

    async def _refresh(self) -> None:
        cards = await self._load(my_applications) or []
        self._change(
            total=len(cards),
            accepted=[card for card in cards if card.is_accepted],
            live=[card for card in cards if card.is_live],
            ended=[card for card in cards if not (card.is_live or card.is_accepted)],
        )


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
        withdrawn = await self._call(withdraw_application, identifier(application_id))
        if withdrawn:
            self._change(detail=withdrawn, notice=_("Ta candidature est retirée. L’entreprise ne voit plus ton nom."))

    @rx.event
    async def nudge(self, application_id: int) -> None:
        """Ask the company for news, once."""
        nudged = await self._call(nudge_company, identifier(application_id))
        if nudged:
            self._change(detail=nudged, notice=_("C’est demandé : l’entreprise est prévenue."))

    @rx.event
    async def leave_others(self, typed: OtherFields) -> None:
        """Withdraw the ticked ones of one's other applications."""
        withdrawn = await self._send(withdraw_others, WithdrawalInput, typed)
        if withdrawn is not None:
            await self._refresh()
            self._change(notice=_withdrawn(withdrawn))

    async def _refresh(self) -> None:
        named = identifier(last_part(self.router.url))
        self._change(detail=await self._load(my_application, named) or self.detail)


def _withdrawn(count: int) -> str:
    told = ngettext(
        "{n} candidature est retirée, l’entreprise est prévenue.",
        "{n} candidatures sont retirées, les entreprises sont prévenues.",
        count,
    )
    return told.format(n=count) if count else _("Rien à retirer : elles avaient déjà changé.")
