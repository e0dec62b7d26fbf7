"""Conversations inside applications: the messages, how far each side has read, and what was reported to OFFA."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from stageplus.domain.actors import Role
from stageplus.domain.conversations import MessageConcern, MessageStanding
from stageplus.models.columns import Moment, choice, moment


class Conversation(SQLModel, table=True):
    """The conversation of an application, made with its first message; it goes with the application.

    `closed_at` is when OFFA ended it. `shown_to` is the operator whose staff its learner lets read, since `shown_at`.
    """

    application_id: int = Field(primary_key=True, foreign_key="application.id", ondelete="CASCADE")
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    shown_to: int | None = Field(default=None, foreign_key="operator.id", index=True)
    shown_at: datetime | None = Field(default=None, sa_type=Moment)


class ConversationSide(SQLModel, table=True):
    """How far one side, the learner or whoever acts for the company, has read what the other side wrote.

    `unread` messages wait since `waiting_since`, of which a mail was written when `mailed`.
    """

    __tablename__ = "conversation_side"

    application_id: int = Field(primary_key=True, foreign_key="conversation.application_id", ondelete="CASCADE")
    role: Role = choice(Role, primary_key=True)
    read_until: int = 0
    unread: int = 0
    waiting_since: datetime | None = Field(default=None, sa_type=Moment)
    mailed: bool = False

    __table_args__ = (Index("ix_conversation_side_waiting", "mailed", "waiting_since"),)


class Message(SQLModel, table=True):
    """One message; `form_key` is a digest of the form's key and the words, so that a form that is sent again is one.

    `is_number` when its author shared a telephone number on purpose; `hidden_at` is when OFFA hid it.
    """

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="conversation.application_id", ondelete="CASCADE")
    form_key: str = Field(unique=True, max_length=64)
    role: Role = choice(Role)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True, ondelete="SET NULL")
    words: str = Field(max_length=1000)
    is_number: bool = False
    sent_at: datetime = moment()
    hidden_at: datetime | None = Field(default=None, sa_type=Moment)

    __table_args__ = (Index("ix_message_thread", "application_id", "id"),)


class MessageReport(SQLModel, table=True):
    """Somebody brings a message to OFFA, once; nobody but OFFA ever learns who it was."""

    __tablename__ = "message_report"

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", ondelete="CASCADE")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True, ondelete="SET NULL")
    reason: MessageConcern = choice(MessageConcern)
    words: str = Field(default="", max_length=500)
    at: datetime = moment()

    __table_args__ = (UniqueConstraint("message_id", "person_id"),)


class MessageCase(SQLModel, table=True):
    """What OFFA says of a reported message; `waiting_since` while it waits for OFFA."""

    __tablename__ = "message_case"

    message_id: int = Field(primary_key=True, foreign_key="message.id", ondelete="CASCADE")
    standing: MessageStanding = choice(MessageStanding)
    waiting_since: datetime | None = Field(default=None, sa_type=Moment, index=True)
    changed_at: datetime = moment()


class MessageDecision(SQLModel, table=True):
    """One decision of OFFA about a message; `words` is what its author reads."""

    __tablename__ = "message_decision"

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message_case.message_id", index=True, ondelete="CASCADE")
    decision: str = Field(max_length=20)
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    at: datetime = moment()
    words: str = Field(default="", max_length=1000)
