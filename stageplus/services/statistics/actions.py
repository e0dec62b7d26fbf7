"""Publishes the open figures of months that are over."""

from datetime import datetime

from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.services.facts.queries import hold_figures
from stageplus.services.statistics.publishing import months_due, publish


def publish_months(*, now: datetime, on: Engine | None = None) -> int:
    """Publish, once, each month that is over and counted for good, and say how many figures that makes.

    What is published never changes: between two versions of a month, one more or one less would be somebody.
    """
    with transaction(on) as session:
        hold_figures(session)
        return sum(publish(session, month) for month in months_due(session))
