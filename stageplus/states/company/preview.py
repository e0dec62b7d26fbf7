"""An offer of the company as learners read it."""

from typing import ClassVar

import reflex as rx

from stageplus.services.inputs import identifier
from stageplus.services.offers.schemas import OfferDetail
from stageplus.services.postings.queries import preview_offer
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState


class CompanyPreviewState(SessionState):
    """The preview of the offer that the address names."""

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    offer: OfferDetail = OfferDetail()

    @rx.event
    async def load(self) -> None:
        """Read the offer."""
        named = self.router.url.path.rstrip("/").rsplit("/", 2)[-2]
        self._change(offer=await self._load(preview_offer, identifier(named)) or OfferDetail())
