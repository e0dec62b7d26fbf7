"""Interviews between a company and an applicant, the moments offered for them, and the calendars that follow them."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from stageplus.domain.actors import Role
from stageplus.domain.interviews import InterviewKind, InterviewState
from stageplus.models.columns import Moment, choice, maybe, moment


class Interview(SQLModel, table=True):
    """The interview of an application; proposed again, it keeps its row, its `uid` and its rising `sequence`.

    `starts_at` is the last moment that both agreed on: calendars hold it until they are told otherwise. `why` is the
    reason of the last move or cancellation and `why_by` the side that gave it.
    """

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", unique=True, ondelete="CASCADE")
    uid: str = Field(unique=True, max_length=64)
    sequence: int = 0
    state: InterviewState = choice(InterviewState)
    kind: InterviewKind = choice(InterviewKind)
    place: str = Field(default="", max_length=300)
    words: str = Field(default="", max_length=2000)
    minutes: int
    starts_at: datetime | None = Field(default=None, sa_type=Moment)
    why: str = Field(default="", max_length=300)
    why_by: Role | None = maybe(Role)
    created_at: datetime = moment()
    changed_at: datetime = moment()
    reminded_at: datetime | None = Field(default=None, sa_type=Moment)

    __table_args__ = (Index("ix_interview_coming", "state", "starts_at"),)


class InterviewSlot(SQLModel, table=True):
    """A moment that one side offers; they are replaced whenever other ones are offered.

    No number is ever used again: whoever still sees a moment that was replaced must not take another one.
    """

    __tablename__ = "interview_slot"

    id: int | None = Field(default=None, primary_key=True)
    interview_id: int = Field(foreign_key="interview.id", ondelete="CASCADE")
    by: Role = choice(Role)
    at: datetime = moment()

    __table_args__ = (UniqueConstraint("interview_id", "at"), {"sqlite_autoincrement": True})


class CalendarFeed(SQLModel, table=True):
    """The secret address of somebody's coming interviews for one company; it goes with their membership."""

    __tablename__ = "calendar_feed"

    person_id: int = Field(primary_key=True)
    company_id: int = Field(primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    created_at: datetime = moment()

    __table_args__ = (
        ForeignKeyConstraint(
            ["person_id", "company_id"], ["company_member.person_id", "company_member.company_id"], ondelete="CASCADE"
        ),
    )
