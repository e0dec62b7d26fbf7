"""What an operator's staff sees of the help that a learner asked for."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select

from stageplus.models import HelpRequest, Learner


def asked_for(now: datetime) -> Any:
    """Select, inside another statement, the search with which a learner asked for help, while that is shown."""
    theirs = select(HelpRequest.search).where(HelpRequest.learner_id == Learner.id, HelpRequest.shown_until > now)
    return theirs.order_by(col(HelpRequest.asked_at).desc()).limit(1).scalar_subquery()
