"""The views that an operator's staff keeps of its list of learners."""

from typing import ClassVar

from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.states.views import ViewsState


class OperatorViewsState(ViewsState, SessionState):
    """The views that the member of staff who is signed in keeps."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR
