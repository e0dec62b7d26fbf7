"""Offers that an operator's staff suggested to learners."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from stageplus.models.columns import Moment, moment


class Suggestion(SQLModel, table=True):
    """An offer that somebody who follows a learner suggested to them, and why; one for each learner and offer.

    `operator_id` is whose staff suggested it: once the learner is another operator's, neither reads it any more.
    `seen_at` is when its learner first had it on screen, `hidden_at` when they put it away, which stays their own.
    """

    learner_id: int = Field(primary_key=True, foreign_key="learner.id", ondelete="CASCADE")
    offer_id: int = Field(primary_key=True, foreign_key="offer.id", ondelete="CASCADE", index=True)
    operator_id: int = Field(foreign_key="operator.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    reason: str = Field(max_length=300)
    suggested_at: datetime = moment()
    seen_at: datetime | None = Field(default=None, sa_type=Moment)
    hidden_at: datetime | None = Field(default=None, sa_type=Moment)
    mailed_at: datetime | None = Field(default=None, sa_type=Moment)

    __table_args__ = (Index("ix_suggestion_untold", "mailed_at", "seen_at", "learner_id"),)
