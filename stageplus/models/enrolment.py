"""Enrolments that operators keep, the rosters they import them from, and the codes that open an account."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from stageplus.models.columns import Moment, choice, moment


class EnrolmentState(StrEnum):
    """Whether somebody is enrolled at this moment."""

    ACTIVE = "inscrit"
    ENDED = "terminée"


class ImportState(StrEnum):
    """How far the import of a roster has come."""

    READ = "lu"
    DONE = "importé"
    UNDONE = "annulé"
    DROPPED = "abandonné"


class ChangeKind(StrEnum):
    """What an import did to one enrolment."""

    ADDED = "ajoutée"
    CHANGED = "changée"
    ENDED = "terminée"


class ReportKind(StrEnum):
    """What somebody who holds a code says of the enrolment behind it."""

    NOT_ME = "pas moi"
    MOVED = "changé d’opérateur"


class CodeChannel(StrEnum):
    """How a code reached its learner."""

    PRINTED = "imprimé"
    MAILED = "envoyé"


class Implantation(SQLModel, table=True):
    """A place where an operator teaches; learners and staff may belong to one."""

    id: int | None = Field(default=None, primary_key=True)
    operator_id: int = Field(foreign_key="operator.id", index=True)
    name: str = Field(max_length=120)

    __table_args__ = (UniqueConstraint("operator_id", "name"),)


class Enrolment(SQLModel, table=True):
    """An inscription by the operator's own reference; `learner_id` is there once its code was used.

    The birth date is for the operator alone. `company_days` is a bit set, Monday is bit 0. `plain_name` (last name
    first) is kept up by `models/kept_up.py`.
    """

    id: int | None = Field(default=None, primary_key=True)
    operator_id: int = Field(foreign_key="operator.id")
    implantation_id: int | None = Field(default=None, foreign_key="implantation.id")
    reference: str = Field(max_length=40)
    first_name: str = Field(max_length=80)
    last_name: str = Field(max_length=80)
    birth_date: date
    email: str = Field(default="", max_length=254)
    postal_code: str = Field(max_length=4)
    municipality_ins: str = Field(foreign_key="municipality.ins", max_length=5)
    trade_code: str = Field(foreign_key="trade.code")
    year: int
    company_days: int
    state: EnrolmentState = choice(EnrolmentState)
    ended_on: date | None = None
    learner_id: int | None = Field(default=None, foreign_key="learner.id", index=True, ondelete="SET NULL")
    activated_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = moment()
    updated_at: datetime = moment()
    plain_name: str = Field(default="", max_length=170)

    __table_args__ = (
        UniqueConstraint("operator_id", "reference"),
        Index("ix_enrolment_by_name", "operator_id", "plain_name", "id"),
    )


class ActivationCode(SQLModel, table=True):
    """The one code of an enrolment, as a keyed digest; a new one takes its place.

    `email` is the address that the learner gave and has not confirmed yet.
    """

    __tablename__ = "activation_code"

    enrolment_id: int = Field(primary_key=True, foreign_key="enrolment.id", ondelete="CASCADE")
    code_hash: str = Field(unique=True, max_length=64)
    channel: CodeChannel = choice(CodeChannel)
    issued_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    email: str = Field(default="", max_length=254)
    issued_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")


class RosterImport(SQLModel, table=True):
    """A file that staff of an operator handed in: read, then imported or dropped; imported, then perhaps undone.

    `rows` is what was read, as JSON, until it is imported; `problems` what did not fit.
    """

    __tablename__ = "roster_import"

    id: int | None = Field(default=None, primary_key=True)
    operator_id: int = Field(foreign_key="operator.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    file_name: str = Field(max_length=120)
    state: ImportState = choice(ImportState)
    read_at: datetime = moment()
    imported_at: datetime | None = Field(default=None, sa_type=Moment)
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
    rows: str = Field(default="[]", sa_type=Text)
    problems: str = Field(default="[]", sa_type=Text)
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    refused: int = 0
    forgotten: bool = False


class RosterChange(SQLModel, table=True):
    """What an import did to one enrolment; `before` is what it was, as JSON, until undoing is no longer possible."""

    __tablename__ = "roster_change"

    import_id: int = Field(primary_key=True, foreign_key="roster_import.id", ondelete="CASCADE")
    enrolment_id: int = Field(primary_key=True, foreign_key="enrolment.id", ondelete="CASCADE", index=True)
    kind: ChangeKind = choice(ChangeKind)
    before: str = Field(default="", sa_type=Text)


class EnrolmentReport(SQLModel, table=True):
    """Somebody with a code says that the name or the operator behind it is wrong; staff corrects it."""

    __tablename__ = "enrolment_report"

    id: int | None = Field(default=None, primary_key=True)
    enrolment_id: int = Field(foreign_key="enrolment.id", index=True, ondelete="CASCADE")
    kind: ReportKind = choice(ReportKind)
    at: datetime = moment()
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    settled_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
