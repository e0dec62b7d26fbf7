"""Searches that learners save, and the offers that were found for them since."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from stageplus.domain.alerts import AlertPace
from stageplus.models.columns import Moment, choice, moment


class Alert(SQLModel, table=True):
    """A search that a learner saved, as JSON of its fields; it goes with the learner's account.

    `checked_until` is the publication up to which offers were looked at, `mailed_at` when it was last part of a mail.
    """

    id: int | None = Field(default=None, primary_key=True)
    learner_id: int = Field(foreign_key="learner.id", ondelete="CASCADE")
    search: str = Field(max_length=1000)
    pace: AlertPace = choice(AlertPace)
    created_at: datetime = moment()
    checked_until: datetime = moment()
    mailed_at: datetime | None = Field(default=None, sa_type=Moment)

    __table_args__ = (UniqueConstraint("learner_id", "search"), Index("ix_alert_checked", "checked_until", "id"))


class AlertOffer(SQLModel, table=True):
    """An offer that an alert found: once for each learner, whichever of their alerts found it."""

    __tablename__ = "alert_offer"

    learner_id: int = Field(primary_key=True, foreign_key="learner.id", ondelete="CASCADE")
    offer_id: int = Field(primary_key=True, foreign_key="offer.id", ondelete="CASCADE", index=True)
    alert_id: int = Field(foreign_key="alert.id", index=True, ondelete="CASCADE")
    found_at: datetime = moment()
    seen_at: datetime | None = Field(default=None, sa_type=Moment)
    mailed_at: datetime | None = Field(default=None, sa_type=Moment)

    __table_args__ = (Index("ix_alert_offer_untold", "mailed_at", "seen_at", "learner_id"),)
