"""What a learner prepares before sending: the draft of an application, and the CV that goes with it."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from stageplus.domain.documents import DocumentKind, DocumentState
from stageplus.models.columns import Moment, choice, moment

_UNSENT = text("application_id IS NULL")
MOST_DRAFT = 10_000


class ApplicationDraft(SQLModel, table=True):
    """What a learner has typed for an offer and not sent, as it was typed; it goes once it is sent."""

    __tablename__ = "application_draft"

    learner_id: int = Field(primary_key=True, foreign_key="learner.id", ondelete="CASCADE")
    offer_id: int = Field(primary_key=True, foreign_key="offer.id", ondelete="CASCADE", index=True)
    motivation: str = Field(default="", max_length=MOST_DRAFT)
    experience: str = Field(default="", max_length=MOST_DRAFT)
    journey: str = Field(default="", max_length=MOST_DRAFT)
    phone: str = Field(default="", max_length=MOST_DRAFT)
    saved_at: datetime = moment()


class Document(SQLModel, table=True):
    """A CV, rewritten and encrypted: of an application once sent, before that of a learner's draft; one of each."""

    id: int | None = Field(default=None, primary_key=True)
    learner_id: int = Field(foreign_key="learner.id", ondelete="CASCADE")
    offer_id: int = Field(foreign_key="offer.id", ondelete="CASCADE", index=True)
    application_id: int | None = Field(default=None, foreign_key="application.id", ondelete="CASCADE", unique=True)
    kind: DocumentKind = choice(DocumentKind)
    state: DocumentState = choice(DocumentState, index=True)
    size: int
    sealed: bytes = Field(sa_type=LargeBinary)
    added_at: datetime = moment()
    examined_at: datetime | None = Field(default=None, sa_type=Moment)

    __table_args__ = (
        Index(
            "uq_document_unsent",
            "learner_id",
            "offer_id",
            unique=True,
            sqlite_where=_UNSENT,
            postgresql_where=_UNSENT,
        ),
        Index("ix_document_added", "added_at"),
    )
