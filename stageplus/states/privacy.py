"""How long personal data are kept, for whoever reads the privacy page."""

from typing import ClassVar

import reflex as rx

from stageplus.services.reporting.queries import retention_periods
from stageplus.services.reporting.schemas import RetentionPeriods
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState


class PrivacyState(SessionState):
    """The periods in force."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    periods: RetentionPeriods = RetentionPeriods()

    @rx.event
    async def load(self) -> None:
        """Read the parameters that the site itself obeys."""
        self.periods = await self._load(retention_periods) or RetentionPeriods()
