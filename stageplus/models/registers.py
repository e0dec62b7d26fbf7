"""Operators, companies, establishments and their recorded approvals."""

from datetime import date
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from stageplus.models.columns import choice


class OperatorKind(StrEnum):
    """The three networks of operators."""

    CEFA = "cefa"
    IFAPME = "ifapme"
    EFP = "efp"


class ApprovalState(StrEnum):
    """Where an agrément stands."""

    REQUESTED = "demandé"
    GRANTED = "accordé"
    REFUSED = "refusé"
    SUSPENDED = "suspendu"
    WITHDRAWN = "retiré"


class Operator(SQLModel, table=True):
    """A CEFA, an IFAPME centre or the EFP."""

    id: int | None = Field(default=None, primary_key=True)
    kind: OperatorKind = choice(OperatorKind)
    name: str = Field(max_length=120, unique=True)
    municipality_ins: str = Field(foreign_key="municipality.ins", max_length=5)


class Company(SQLModel, table=True):
    """An entreprise formatrice, private or public alike, by its enterprise number of ten digits."""

    id: int | None = Field(default=None, primary_key=True)
    enterprise_number: str = Field(unique=True, max_length=10)
    name: str = Field(max_length=160)


class Establishment(SQLModel, table=True):
    """A unité d'établissement, by its number of ten digits; `workers` are those under contract."""

    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    number: str = Field(unique=True, max_length=10)
    name: str = Field(max_length=160)
    postal_code: str = Field(max_length=4)
    municipality_ins: str = Field(foreign_key="municipality.ins", max_length=5)
    workers: int = 0


class Approval(SQLModel, table=True):
    """An agrément, per establishment and trade; recorded, never decided, here."""

    id: int | None = Field(default=None, primary_key=True)
    establishment_id: int = Field(foreign_key="establishment.id", index=True)
    trade_code: str = Field(foreign_key="trade.code")
    state: ApprovalState = choice(ApprovalState)
    operator_id: int = Field(foreign_key="operator.id")
    since: date

    __table_args__ = (UniqueConstraint("establishment_id", "trade_code"),)
