"""Offers that OFFA looks at: what it decided, what happened, and who flagged them."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from stageplus.domain.actors import Role
from stageplus.domain.moderation import FlagReason, Standing
from stageplus.models.columns import Moment, choice, maybe, moment

_LIVE = text("settled_at IS NULL")


class ModerationCase(SQLModel, table=True):
    """What moderation says of one offer; `waiting_since` while it waits for OFFA, `words` is what the company reads."""

    __tablename__ = "moderation_case"

    offer_id: int = Field(primary_key=True, foreign_key="offer.id", ondelete="CASCADE")
    standing: Standing = choice(Standing)
    waiting_since: datetime | None = Field(default=None, sa_type=Moment, index=True)
    changed_at: datetime = moment()
    words: str = Field(default="", max_length=1000)


class ModerationStep(SQLModel, table=True):
    """One thing that happened to a case: its words at the time, a flag, a change by the company, a decision of OFFA."""

    __tablename__ = "moderation_step"

    id: int | None = Field(default=None, primary_key=True)
    offer_id: int = Field(foreign_key="moderation_case.offer_id", index=True, ondelete="CASCADE")
    step: str = Field(max_length=20)
    role: Role | None = maybe(Role)
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    at: datetime = moment()
    words: str = Field(default="", max_length=1000)


class OfferFlag(SQLModel, table=True):
    """A learner's flag on an offer; one lives until OFFA has decided, and nobody but OFFA ever learns whose it is."""

    __tablename__ = "offer_flag"

    id: int | None = Field(default=None, primary_key=True)
    offer_id: int = Field(foreign_key="offer.id", index=True, ondelete="CASCADE")
    learner_id: int | None = Field(default=None, foreign_key="learner.id", ondelete="SET NULL")
    reason: FlagReason = choice(FlagReason)
    words: str = Field(default="", max_length=500)
    at: datetime = moment()
    settled_at: datetime | None = Field(default=None, sa_type=Moment)

    __table_args__ = (
        Index(
            "uq_offer_flag_live",
            "offer_id",
            "learner_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index("ix_offer_flag_learner", "learner_id"),
    )
