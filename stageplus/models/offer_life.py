"""What the life of an offer leaves behind: reminders of its end."""

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
