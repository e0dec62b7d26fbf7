"""Applications of learners, what happened to them, and the introductions that come of them."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus, RefusalReason
from stageplus.domain.introductions import FailureReason, IntroductionStatus
from stageplus.models.columns import Moment, choice, maybe, moment

_LASTING = text("status NOT IN ('retirée', 'caduque', 'non aboutie')")


class Application(SQLModel, table=True):
    """A candidature: sent once per form key, and one that lasts per learner and offer.

    `erased_at` is when what both sides wrote in it was erased: the row stays for the figures.
    """

    id: int | None = Field(default=None, primary_key=True)
    form_key: str = Field(unique=True, max_length=64)
    offer_id: int = Field(foreign_key="offer.id")
    learner_id: int = Field(foreign_key="learner.id")
    status: ApplicationStatus = choice(ApplicationStatus)
    motivation: str = Field(max_length=2000)
    experience: str = Field(default="", max_length=1000)
    journey: str = Field(default="", max_length=500)
    phone: str = Field(default="", max_length=20)
    sent_at: datetime = moment()
    changed_at: datetime = moment()
    answer_due_on: date
    company_words: str = Field(default="", max_length=2000)
    refusal_reason: RefusalReason | None = maybe(RefusalReason)
    promised_on: date | None = None
    nudged_at: datetime | None = Field(default=None, sa_type=Moment)
    erased_at: datetime | None = Field(default=None, sa_type=Moment)

    __table_args__ = (
        Index("ix_application_offer_status", "offer_id", "status"),
        Index("ix_application_learner_status", "learner_id", "status", "sent_at"),
        Index("ix_application_waiting", "status", "sent_at"),
        Index(
            "uq_application_lasting",
            "learner_id",
            "offer_id",
            unique=True,
            sqlite_where=_LASTING,
            postgresql_where=_LASTING,
        ),
    )


class ApplicationChange(SQLModel, table=True):
    """One step in the life of an application; `role` is empty when the clock took it."""

    __tablename__ = "application_change"

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", index=True, ondelete="CASCADE")
    step: str = Field(max_length=20)
    status: ApplicationStatus = choice(ApplicationStatus)
    role: Role | None = maybe(Role)
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    at: datetime = moment()

    __table_args__ = (Index("ix_application_change_at", "at"),)


class HeldAnswer(SQLModel, table=True):
    """An answer that its author may still take back, with what it changed; until then its learner sees it as before.

    `key` names one press, which may answer several; `change_id` is what it wrote in the story; `filled` tells that it
    took the last place of the offer.
    """

    __tablename__ = "held_answer"

    application_id: int = Field(primary_key=True, foreign_key="application.id", ondelete="CASCADE")
    key: str = Field(max_length=32, index=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    change_id: int
    given_at: datetime = moment()
    until: datetime = Field(sa_type=Moment, index=True)
    filled: bool = False
    status: ApplicationStatus = choice(ApplicationStatus)
    changed_at: datetime = moment()
    promised_on: date | None = None
    company_words: str = Field(default="", max_length=2000)
    refusal_reason: RefusalReason | None = maybe(RefusalReason)


class HandOver(SQLModel, table=True):
    """Who of a company an application is handed over to; everybody else who may see it still may."""

    __tablename__ = "hand_over"

    application_id: int = Field(primary_key=True, foreign_key="application.id", ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    at: datetime = moment()


class Introduction(SQLModel, table=True):
    """A mise en relation: an accepted application that the learner's operator takes over, until it is settled."""

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", unique=True, ondelete="CASCADE")
    operator_id: int = Field(foreign_key="operator.id")
    status: IntroductionStatus = choice(IntroductionStatus, default=IntroductionStatus.WAITING)
    created_at: datetime = moment()
    taken_over_at: datetime | None = Field(default=None, sa_type=Moment)
    taken_over_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    started_on: date | None = None
    failure_reason: FailureReason | None = maybe(FailureReason)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    settled_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")

    __table_args__ = (
        # One for each list of the operator's page, in its order.
        Index("ix_introduction_waiting", "operator_id", "status", "created_at"),
        Index("ix_introduction_taken", "operator_id", "status", "taken_over_at"),
        Index("ix_introduction_settled", "operator_id", "settled_at"),
    )
