"""Offers that learners keep for later."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from stageplus.models.columns import moment


class Favourite(SQLModel, table=True):
    """An offer that a learner keeps; it goes with either of them."""

    learner_id: int = Field(primary_key=True, foreign_key="learner.id", ondelete="CASCADE")
    offer_id: int = Field(primary_key=True, foreign_key="offer.id", ondelete="CASCADE", index=True)
    kept_at: datetime = moment()
