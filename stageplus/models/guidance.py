"""How learners without a place are followed, and who looked at what is kept of them."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from stageplus.domain.actors import Role
from stageplus.domain.guidance import Situation
from stageplus.models.columns import Moment, choice, moment

_STILL = text("ended_at IS NULL")
_OF_ONE, _OF_ALL = text("application_id IS NOT NULL"), text("application_id IS NULL")


class OutsidePlace(SQLModel, table=True):
    """A place that a learner found without Stage+: said by the learner, or noted by staff when `person_id` names them.

    A learner has one at most that still holds. Nothing but the last three fields leads to the company.
    """

    __tablename__ = "outside_place"

    id: int | None = Field(default=None, primary_key=True)
    learner_id: int = Field(foreign_key="learner.id", ondelete="CASCADE")
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    by_staff: bool
    noted_at: datetime = moment()
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    starts_on: date | None = None
    trade_code: str | None = Field(default=None, foreign_key="trade.code", max_length=80)
    company_name: str = Field(default="", max_length=120)
    enterprise_number: str = Field(default="", max_length=10)

    __table_args__ = (
        Index("ix_outside_place_learner", "learner_id", "ended_at"),
        Index("uq_outside_place", "learner_id", unique=True, sqlite_where=_STILL, postgresql_where=_STILL),
    )


class LearnerNote(SQLModel, table=True):
    """What an operator's staff wrote about a learner, for the staff of that operator and, on request, the learner."""

    __tablename__ = "learner_note"

    id: int | None = Field(default=None, primary_key=True)
    learner_id: int = Field(foreign_key="learner.id", ondelete="CASCADE")
    operator_id: int = Field(foreign_key="operator.id")
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    words: str = Field(max_length=1000)
    at: datetime = moment()

    __table_args__ = (Index("ix_learner_note_latest", "learner_id", "at"),)


class FollowUp(SQLModel, table=True):
    """Where a learner's search stands for the staff who follows it, and when to speak next."""

    __tablename__ = "follow_up"

    learner_id: int = Field(primary_key=True, foreign_key="learner.id", ondelete="CASCADE")
    situation: Situation = choice(Situation)
    next_contact_on: date | None = Field(default=None, index=True)
    changed_at: datetime = moment()
    changed_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")


class LearnerAssignment(SQLModel, table=True):
    """Which member of an operator's staff looks after a learner, as long as the learner stays with that operator."""

    __tablename__ = "learner_assignment"

    learner_id: int = Field(primary_key=True, foreign_key="learner.id", ondelete="CASCADE")
    operator_id: int = Field(foreign_key="operator.id")
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    assigned_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    at: datetime = moment()

    __table_args__ = (Index("ix_learner_assignment_person", "person_id", "operator_id"),)


class StaffNudge(SQLModel, table=True):
    """An operator's staff asked a company to answer one of its learners."""

    __tablename__ = "staff_nudge"

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", ondelete="CASCADE")
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    at: datetime = moment()

    __table_args__ = (Index("ix_staff_nudge_latest", "application_id", "at"),)


class Consultation(SQLModel, table=True):
    """Somebody opened a learner's application, or, without one, a learner's sheet: one row a day.

    The organization stays when the person goes; the learner reads that one, never who it was.
    """

    id: int | None = Field(default=None, primary_key=True)
    learner_id: int = Field(foreign_key="learner.id", ondelete="CASCADE")
    application_id: int | None = Field(default=None, foreign_key="application.id", ondelete="CASCADE")
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    role: Role = choice(Role)
    company_id: int | None = Field(default=None, foreign_key="company.id")
    operator_id: int | None = Field(default=None, foreign_key="operator.id")
    day: date = Field(index=True)
    at: datetime = moment()

    __table_args__ = (
        Index("ix_consultation_learner", "learner_id", "at"),
        Index(
            "uq_consultation_application",
            "application_id",
            "person_id",
            "day",
            unique=True,
            sqlite_where=_OF_ONE,
            postgresql_where=_OF_ONE,
        ),
        Index(
            "uq_consultation_learner",
            "learner_id",
            "person_id",
            "day",
            unique=True,
            sqlite_where=_OF_ALL,
            postgresql_where=_OF_ALL,
        ),
    )
