"""People, their roles and their sessions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from stageplus.domain.actors import Role
from stageplus.models.columns import Moment, choice, moment

_FILTERED_BY = ("enrolment_ended_on", "implantation_id", "trade_code", "municipality_ins", "year")


class Person(SQLModel, table=True):
    """Somebody with an account; the address is kept in lower case and is unique.

    `unreachable_since` is when a mail server first said for good that the address takes no mail; whoever is suspended
    has no session until OFFA takes that back. `plain_name` (last name first) is kept up by `models/kept_up.py`.
    """

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True, max_length=254)
    first_name: str = Field(max_length=80)
    last_name: str = Field(max_length=80)
    role: Role = choice(Role, index=True)
    password_hash: str = Field(max_length=100)
    created_at: datetime = moment()
    unreachable_since: datetime | None = Field(default=None, sa_type=Moment)
    suspended_at: datetime | None = Field(default=None, sa_type=Moment)
    plain_name: str = Field(default="", max_length=170, index=True)


class SignInSession(SQLModel, table=True):
    """One signed-in browser; the cookie's token is stored as its SHA-256 only.

    `factor_at` is when it last gave a second factor, `password_at` when it last gave the password again; `company_id`
    is the company that somebody of several acts for.
    """

    __tablename__ = "sign_in_session"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(unique=True, max_length=64)
    created_at: datetime = moment()
    last_seen_at: datetime = moment()
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    device: str = Field(default="", max_length=120)
    factor_at: datetime | None = Field(default=None, sa_type=Moment)
    password_at: datetime | None = Field(default=None, sa_type=Moment)
    company_id: int | None = Field(default=None, foreign_key="company.id")


class Learner(SQLModel, table=True):
    """An apprenant enrolled with an operator, in a trade and a year, with company days (Monday = bit 0).

    It follows the operator's roster; once `enrolment_ended_on` is set, the account stays but applies no more.
    `warned_at` is when they were told that the sleeping account would be erased, `erased_at` when it was: the row that
    is left says nothing of anybody and keeps the figures.
    `plain_name` (last name first) and `has_place` are kept up by `models/kept_up.py`.
    """

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", unique=True, ondelete="CASCADE")
    operator_id: int = Field(foreign_key="operator.id")
    operator_reference: str = Field(max_length=40)
    trade_code: str = Field(foreign_key="trade.code")
    year: int
    company_days: int
    birth_year: int
    postal_code: str = Field(max_length=4)
    municipality_ins: str = Field(foreign_key="municipality.ins", max_length=5)
    phone: str | None = Field(default=None, max_length=20)
    implantation_id: int | None = Field(default=None, foreign_key="implantation.id")
    enrolment_ended_on: date | None = None
    plain_name: str = Field(default="", max_length=170)
    has_place: bool = False
    warned_at: datetime | None = Field(default=None, sa_type=Moment)
    erased_at: datetime | None = Field(default=None, sa_type=Moment)

    __table_args__ = (
        UniqueConstraint("operator_id", "operator_reference"),
        Index("ix_learner_trade", "operator_id", "trade_code"),
        # Everything that filters and sorts the operator's list, so that the rest of a row is read for one page only.
        Index("ix_learner_place_first", "operator_id", "has_place", "plain_name", "id", *_FILTERED_BY),
        Index("ix_learner_by_name", "operator_id", "plain_name", "id", "has_place", *_FILTERED_BY),
    )


class CompanyMember(SQLModel, table=True):
    """Somebody who acts for a company: everywhere, or at the establishments that `MemberEstablishment` names.

    An administrator decides who else acts for it, and acts everywhere.
    """

    __tablename__ = "company_member"

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    company_id: int = Field(primary_key=True, foreign_key="company.id", index=True)
    is_admin: bool = False
    everywhere: bool = True

    __table_args__ = (CheckConstraint("everywhere OR NOT is_admin", name="ck_company_member_admin"),)


class MemberEstablishment(SQLModel, table=True):
    """An establishment that a member acts for who does not act everywhere."""

    __tablename__ = "member_establishment"

    person_id: int = Field(primary_key=True)
    establishment_id: int = Field(primary_key=True, foreign_key="establishment.id")
    company_id: int

    __table_args__ = (
        ForeignKeyConstraint(
            ["person_id", "company_id"], ["company_member.person_id", "company_member.company_id"], ondelete="CASCADE"
        ),
    )


class OperatorMember(SQLModel, table=True):
    """A référent, accompagnateur or délégué à la tutelle of an operator, for one implantation only when it is named."""

    __tablename__ = "operator_member"

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    operator_id: int = Field(primary_key=True, foreign_key="operator.id")
    implantation_id: int | None = Field(default=None, foreign_key="implantation.id")


class CoachMandate(SQLModel, table=True):
    """A sector that a coach follows."""

    __tablename__ = "coach_mandate"

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    sector_code: str = Field(primary_key=True, foreign_key="sector.code")
