"""How coaches invite and write to the companies of their sectors; never who opened a link or a mail."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from stageplus.domain.circulars import Way
from stageplus.models.columns import Moment, choice, moment


class CoachLink(SQLModel, table=True):
    """A coach's own invitation link, for one occasion; `opened` counts, no more often than hourly for one network."""

    __tablename__ = "coach_link"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    code: str = Field(unique=True, max_length=16)
    name: str = Field(max_length=80)
    opened: int = 0
    created_at: datetime = moment()
    ended_at: datetime | None = Field(default=None, sa_type=Moment)


class CoachLinkClaim(SQLModel, table=True):
    """A claim that somebody made who came by a coach's link."""

    __tablename__ = "coach_link_claim"

    claim_id: int = Field(primary_key=True, foreign_key="company_claim.id", ondelete="CASCADE")
    link_id: int = Field(foreign_key="coach_link.id", index=True, ondelete="CASCADE")


class Circular(SQLModel, table=True):
    """What a coach wrote to several companies of one sector at once; `form_key` keeps it from going out twice.

    Each company that got it has a `CompanyContact` of the kind « message » that names it; `companies` counts them.
    """

    id: int | None = Field(default=None, primary_key=True)
    form_key: str = Field(unique=True, max_length=64)
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    sector_code: str = Field(foreign_key="sector.code", max_length=60)
    subject: str = Field(max_length=120)
    words: str = Field(max_length=2000)
    way: Way = choice(Way)
    companies: int
    sent_at: datetime = moment()

    __table_args__ = (Index("ix_circular_of_day", "person_id", "sent_at"),)


class CircularStop(SQLModel, table=True):
    """A company that wants no more messages of coaches; without a row it gets them."""

    __tablename__ = "circular_stop"

    company_id: int = Field(primary_key=True, foreign_key="company.id", ondelete="CASCADE")
    since: datetime = moment()
