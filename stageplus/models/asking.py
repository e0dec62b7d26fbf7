"""Learners who asked their operator's staff for help."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from stageplus.models.columns import moment


class HelpRequest(SQLModel, table=True):
    """A search that found nothing, sent by its learner to the staff who follows them; shown there until a moment."""

    __tablename__ = "help_request"

    id: int | None = Field(default=None, primary_key=True)
    learner_id: int = Field(foreign_key="learner.id", ondelete="CASCADE")
    search: str = Field(max_length=400)
    asked_at: datetime = moment()
    shown_until: datetime = moment()

    __table_args__ = (Index("ix_help_request_latest", "learner_id", "asked_at"),)
