"""Mail waiting to be sent, and the timed work that sends it."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from stageplus.models.columns import Moment, moment


class OutboxMessage(SQLModel, table=True):
    """A mail written in the transaction that causes it; `key` keeps the same news from going out twice.

    `held` names the answer that it tells of, for as long as that one may be taken back.
    """

    __tablename__ = "outbox_message"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=120)
    kind: str = Field(max_length=40)
    recipient: str = Field(max_length=254)
    subject: str = Field(max_length=200)
    text: str
    html: str
    created_at: datetime = moment()
    next_try_at: datetime = moment()
    tries: int = 0
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    given_up_at: datetime | None = Field(default=None, sa_type=Moment)
    last_error: str = Field(default="", max_length=300)
    held: str = Field(default="", max_length=32, sa_column_kwargs={"server_default": ""})

    __table_args__ = (Index("ix_outbox_waiting", "sent_at", "given_up_at", "next_try_at"),)


class JobLease(SQLModel, table=True):
    """Who runs a timed job at this moment, and how its last run went.

    `failures` counts the runs that failed since the last one that did not, `failed_at` is when the latest did.
    """

    __tablename__ = "job_lease"

    name: str = Field(primary_key=True, max_length=40)
    holder: str = Field(default="", max_length=64)
    until: datetime = moment()
    last_run_at: datetime | None = Field(default=None, sa_type=Moment)
    last_result: str = Field(default="", max_length=300)
    last_milliseconds: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    last_rows: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    failures: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    failed_at: datetime | None = Field(default=None, sa_type=Moment)
