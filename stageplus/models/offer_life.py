"""What the life of an offer leaves behind: reminders of its end, and how many learners opened it each day."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from stageplus.models.columns import moment


class OfferReminder(SQLModel, table=True):
    """A reminder that an offer ends on a day; renewed, it ends on another one and is reminded of again."""

    __tablename__ = "offer_reminder"

    offer_id: int = Field(primary_key=True, foreign_key="offer.id", ondelete="CASCADE")
    ends_on: date = Field(primary_key=True)
    turn: int = Field(primary_key=True)
    sent_at: datetime = moment()


class OfferSight(SQLModel, table=True):
    """A learner who opened an offer on a day, so that the day counts them once; forgotten once the day is over."""

    __tablename__ = "offer_sight"

    offer_id: int = Field(primary_key=True, foreign_key="offer.id", ondelete="CASCADE")
    learner_id: int = Field(primary_key=True, foreign_key="learner.id", ondelete="CASCADE", index=True)
    day: date = Field(primary_key=True, index=True)


class OfferDay(SQLModel, table=True):
    """How many learners opened an offer on a day: a number, and nobody."""

    __tablename__ = "offer_day"

    offer_id: int = Field(primary_key=True, foreign_key="offer.id", ondelete="CASCADE")
    day: date = Field(primary_key=True)
    seen: int = 0
