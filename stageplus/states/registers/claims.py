"""Claims to act for a company, as operators and OFFA decide on them."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.domain.actors import Actor
from stageplus.services.claims.actions import accept_claim, refuse_claim
from stageplus.services.claims.queries import claim_detail, claims_to_decide
from stageplus.services.claims.schemas import ClaimDetail, ClaimList, RefusalInput
from stageplus.services.inputs import identifier
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _


def topics_of(actor: Actor) -> set[str]:
    """Say what an operator's staff, or OFFA, listens to."""
    return {f"operator:{actor.operator_id}"} if actor.operator_id else {"claims"}


class ClaimsState(SessionState):
    """The claims to decide on."""

    AUDIENCE: ClassVar[Audience] = Audience.REGISTRARS

    found: ClaimList = ClaimList()

    @rx.event
    async def load(self) -> None:
        """Read them."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show new claims as they come."""
        await self._follow(topics_of)

    async def _refresh(self) -> None:
        self.found = await self._load(claims_to_decide) or ClaimList()


class ClaimState(SessionState):
    """One claim beside what the register says."""

    AUDIENCE: ClassVar[Audience] = Audience.REGISTRARS

    detail: ClaimDetail = ClaimDetail()
    decisions: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the claim that the address names."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what a colleague decides as it comes."""
        await self._follow(topics_of)

    @rx.event
    async def accept(self, claim_id: int) -> None:
        """Let the person in."""
        self._keep(
            await self._call(accept_claim, identifier(claim_id)), _("L’accès est validé. La personne est prévenue.")
        )

    @rx.event
    async def refuse(self, typed: dict[str, Any]) -> None:
        """Refuse with a reason."""
        decided = await self._send(refuse_claim, RefusalInput, typed, identifier(typed.get("claim")))
        self._keep(decided, _("La demande est refusée. La personne est prévenue et peut contester."))

    def _keep(self, found: ClaimDetail | None, sentence: str) -> None:
        if found:
            self.detail, self.notice, self.decisions = found, sentence, self.decisions + 1

    async def _refresh(self) -> None:
        errors, named = self.errors, identifier(last_part(self.router.url))
        self.detail = await self._load(claim_detail, named) or self.detail
        self.errors = errors
