"""Operators, companies, establishments and their recorded approvals."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from stageplus.domain.actors import Role
from stageplus.domain.approvals import ApprovalState
from stageplus.models.columns import Moment, choice, maybe, moment
from stageplus.models.enrolment import ImportState


class OperatorKind(StrEnum):
    """The networks of operators that are shipped; OFFA adds others, as rows of `operator_network`."""

    CEFA = "cefa"
    IFAPME = "ifapme"
    EFP = "efp"


class OperatorNetwork(SQLModel, table=True):
    """A network of operators: its short name, and the words under an operator's name."""

    __tablename__ = "operator_network"

    code: str = Field(primary_key=True, max_length=20)
    name: str = Field(max_length=60)
    words: str = Field(max_length=160)


class Operator(SQLModel, table=True):
    """A CEFA, an IFAPME centre, the EFP or one of another network, which `kind` names; its contact is public."""

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=20)
    name: str = Field(max_length=120, unique=True)
    municipality_ins: str = Field(foreign_key="municipality.ins", max_length=5)
    contact_email: str = Field(default="", max_length=254)
    contact_phone: str = Field(default="", max_length=30)


class Company(SQLModel, table=True):
    """An entreprise formatrice, private or public alike, by its enterprise number of ten digits.

    `plain_name` is kept up by `models/kept_up.py`.
    """

    id: int | None = Field(default=None, primary_key=True)
    enterprise_number: str = Field(unique=True, max_length=10)
    name: str = Field(max_length=160)
    plain_name: str = Field(default="", max_length=170, index=True)


class Establishment(SQLModel, table=True):
    """A unité d'établissement, by its number of ten digits; `workers` are those under contract.

    `plain_name` is kept up by `models/kept_up.py`.
    """

    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    number: str = Field(unique=True, max_length=10)
    name: str = Field(max_length=160)
    plain_name: str = Field(default="", max_length=170)
    postal_code: str = Field(max_length=4)
    municipality_ins: str = Field(foreign_key="municipality.ins", max_length=5)
    workers: int = 0


class Approval(SQLModel, table=True):
    """An agrément, per establishment and trade; recorded, never decided, here.

    `state`, `since` and `operator_id` are its effect, computed from the records of all operators each time that one
    changes (`domain/approvals.py`); `disputed` says that they disagree.
    """

    id: int | None = Field(default=None, primary_key=True)
    establishment_id: int = Field(foreign_key="establishment.id", index=True)
    trade_code: str = Field(foreign_key="trade.code")
    state: ApprovalState = choice(ApprovalState)
    operator_id: int = Field(foreign_key="operator.id", index=True)
    since: date
    disputed: bool = False

    __table_args__ = (
        UniqueConstraint("establishment_id", "trade_code"),
        Index("ix_approval_state", "state", "disputed"),
        Index("ix_approval_trade", "trade_code", "state", "since", "establishment_id"),
    )


class ApprovalRecord(SQLModel, table=True):
    """The last that an operator, or for nobody the Commission, recorded on an agrément; `since` is the decision day."""

    __tablename__ = "approval_record"

    id: int | None = Field(default=None, primary_key=True)
    approval_id: int = Field(foreign_key="approval.id", ondelete="CASCADE")
    operator_id: int | None = Field(default=None, foreign_key="operator.id", index=True)
    state: ApprovalState = choice(ApprovalState)
    since: date
    noted_at: datetime = moment()

    __table_args__ = (UniqueConstraint("approval_id", "operator_id"),)


class ApprovalChange(SQLModel, table=True):
    """One entry in the history of an agrément: who recorded what for which operator, why, and the effect it had."""

    __tablename__ = "approval_change"

    id: int | None = Field(default=None, primary_key=True)
    approval_id: int = Field(foreign_key="approval.id", index=True, ondelete="CASCADE")
    operator_id: int | None = Field(default=None, foreign_key="operator.id")
    state: ApprovalState = choice(ApprovalState)
    since: date
    effect: ApprovalState = choice(ApprovalState)
    disputed: bool = False
    reason: str = Field(default="", max_length=500)
    role: Role | None = maybe(Role)
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    at: datetime = moment()


class TutorLimit(SQLModel, table=True):
    """How many learners one tutor may follow at a time in a sector; in force is the latest not after the day asked."""

    __tablename__ = "tutor_limit"

    sector_code: str = Field(primary_key=True, foreign_key="sector.code", max_length=60)
    effective_from: date = Field(primary_key=True)
    learners: int
    source: str = Field(max_length=300)


class ApprovalImport(SQLModel, table=True):
    """A file of agréments handed in for an operator: read, then imported or dropped; imported, then perhaps undone.

    `rows` is what was read and `problems` what did not fit, as JSON, until it is imported; `before` is what each record
    was, for undoing.
    """

    __tablename__ = "approval_import"

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
    before: str = Field(default="[]", sa_type=Text)
    recorded: int = 0
    unchanged: int = 0
    kept: int = 0


class FormerNumber(SQLModel, table=True):
    """The number of a company that was joined to another one: whoever still uses it is led to that one."""

    __tablename__ = "former_number"

    enterprise_number: str = Field(primary_key=True, max_length=10)
    company_id: int = Field(foreign_key="company.id", index=True)
    name: str = Field(max_length=160)
    since: datetime = moment()
