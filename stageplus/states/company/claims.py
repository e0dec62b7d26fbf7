"""What somebody follows of their claims to act for a company."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.claims.actions import claim_another, contest_claim
from stageplus.services.claims.queries import my_claims
from stageplus.services.claims.schemas import ContestInput, MyClaims, PlaceInput
from stageplus.services.inputs import identifier
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _


class CompanyClaimState(SessionState):
    """One's own claims."""

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    mine: MyClaims = MyClaims()
    form_round: int = 0

    @rx.event
    async def load(self) -> None:
        """Read them."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show a decision as it comes."""
        await self._follow(lambda actor: {f"person:{actor.person_id}"})

    @rx.event
    async def contest(self, typed: dict[str, Any]) -> None:
        """Contest a refusal."""
        self._keep(await self._send(contest_claim, ContestInput, typed, identifier(typed.get("claim"))))

    @rx.event
    async def ask(self, typed: dict[str, Any]) -> None:
        """Ask to act for another establishment."""
        self._keep(await self._send(claim_another, PlaceInput, typed))

    def _keep(self, found: MyClaims | None) -> None:
        if found:
            self.mine, self.form_round = found, self.form_round + 1
            self.notice = _("Votre demande est partie. Un e-mail vous prévient dès qu’il y a du nouveau.")

    async def _refresh(self) -> None:
        errors = self.errors
        self.mine = await self._load(my_claims) or MyClaims()
        self.errors = errors
