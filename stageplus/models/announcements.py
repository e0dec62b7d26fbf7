"""What OFFA tells a whole audience."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlmodel import Field, Index, SQLModel

from stageplus.domain.announcements import Public, Spot
from stageplus.models.columns import Moment, choice, moment


class Announcement(SQLModel, table=True):
    """Plain words for one audience, from a first to a last day, both included; without a last one until withdrawn."""

    __table_args__ = (Index("ix_announcement_shown", "spot", "audience", "starts_on"),)

    id: int | None = Field(default=None, primary_key=True)
    spot: Spot = choice(Spot)
    audience: Public = choice(Public)
    title: str = Field(default="", max_length=120)
    words: str = Field(sa_type=Text)
    link: str = Field(default="", max_length=200)
    starts_on: date
    ends_on: date | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)
    by_id: int | None = Field(default=None, foreign_key="person.id", index=True, ondelete="SET NULL")
    changed_at: datetime = moment()
