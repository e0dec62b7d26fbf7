"""The views that a coach keeps of one of his lists."""

from typing import ClassVar

from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.states.views import ViewsState


class CoachViewsState(ViewsState, SessionState):
    """The kept views of his list of offers or of companies."""

    AUDIENCE: ClassVar[Audience] = Audience.COACH
