"""Mail waiting to be sent, what the site tells people, and the timed work that sends it."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from stageplus.domain.letters import Group, MailPace
from stageplus.models.columns import Moment, choice, moment


class OutboxMessage(SQLModel, table=True):
    """A mail written in the transaction that causes it; `key` keeps the same news from going out twice.

    `held` names the answer that it tells of, for as long as that one may be taken back; `about` names what it tells of,
    such as `application:12`, so that what is no longer true is not sent; `waits_for_morning` keeps it back in the
    quiet hours. `refused_at` is when the address refused it for good, `refusal` the code with which it did.
    `calendar` is the text of the iCalendar file that goes with it, if any. No number is ever used again: it names the
    mail to the world, and a sender that still holds one thrown away must not take its successor for it.
    """

    __tablename__ = "outbox_message"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=120)
    kind: str = Field(max_length=40)
    recipient: str = Field(max_length=254)
    subject: str = Field(max_length=200)
    text: str
    html: str
    calendar: str = Field(default="", sa_column_kwargs={"server_default": ""})
    created_at: datetime = moment()
    next_try_at: datetime = moment()
    tries: int = 0
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    given_up_at: datetime | None = Field(default=None, sa_type=Moment)
    last_error: str = Field(default="", max_length=300)
    refused_at: datetime | None = Field(default=None, sa_type=Moment)
    refusal: str = Field(default="", max_length=20, sa_column_kwargs={"server_default": ""})
    held: str = Field(default="", max_length=32, sa_column_kwargs={"server_default": ""})
    about: str = Field(default="", max_length=60, sa_column_kwargs={"server_default": ""})
    waits_for_morning: bool = Field(default=False, sa_column_kwargs={"server_default": false()})

    __table_args__ = (
        Index("ix_outbox_waiting", "sent_at", "given_up_at", "next_try_at"),
        Index("ix_outbox_refused", "refused_at"),
        {"sqlite_autoincrement": True},
    )


class Notice(SQLModel, table=True):
    """What a letter told somebody, for the site's own list; written with the letter, gone after some weeks.

    Those of one `bundle` (the same letter about the same thing on the same day) are shown as one line. `words` names
    the thing, `path` leads to it. It shows from `at` on; `held` names the answer that it tells of, if that one could
    be taken back. `mail_at` is when the daily mail takes it along, empty when none does.
    """

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    key: str = Field(unique=True, max_length=120)
    letter: str = Field(max_length=40)
    bundle: str = Field(max_length=300)
    about: str = Field(default="", max_length=60, index=True)
    subject: str = Field(max_length=200)
    words: str = Field(default="", max_length=200)
    path: str = Field(default="", max_length=200)
    at: datetime = moment()
    held: str = Field(default="", max_length=32)
    read_at: datetime | None = Field(default=None, sa_type=Moment)
    mail_at: datetime | None = Field(default=None, sa_type=Moment, index=True)

    __table_args__ = (Index("ix_notice_unread", "person_id", "read_at", "bundle"), Index("ix_notice_at", "at"))


class MailChoice(SQLModel, table=True):
    """How often somebody wants to be mailed what belongs to a group; without a row it is mailed at once."""

    __tablename__ = "mail_choice"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    of_group: Group = choice(Group)
    pace: MailPace = choice(MailPace)

    __table_args__ = (UniqueConstraint("person_id", "of_group"),)


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
