"""Who asks to act for a company: claims on an establishment, and invitations by its administrators."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from stageplus.domain.claims import ClaimRefusal, ClaimState
from stageplus.models.columns import Moment, choice, maybe, moment


class CompanyClaim(SQLModel, table=True):
    """Somebody says that they act for an establishment, by its numbers.

    Until the address is confirmed there is no account: `person_id` is empty.
    """

    __tablename__ = "company_claim"

    id: int | None = Field(default=None, primary_key=True)
    enterprise_number: str = Field(max_length=10)
    establishment_number: str = Field(max_length=10, index=True)
    company_name: str = Field(max_length=160)
    postal_code: str = Field(max_length=4)
    function: str = Field(max_length=120)
    email: str = Field(max_length=254, index=True)
    first_name: str = Field(max_length=80)
    last_name: str = Field(max_length=80)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True, ondelete="CASCADE")
    state: ClaimState = choice(ClaimState)
    created_at: datetime = moment()
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    reason: ClaimRefusal | None = maybe(ClaimRefusal)
    words: str = Field(default="", max_length=500)
    decided_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    contest_words: str = Field(default="", max_length=1000)
    contested_at: datetime | None = Field(default=None, sa_type=Moment)

    __table_args__ = (Index("ix_company_claim_open", "state", "confirmed_at"),)


class CompanyInvitation(SQLModel, table=True):
    """An address that an administrator invited to act for a company; its link is in `single_use_link`."""

    __tablename__ = "company_invitation"

    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    email: str = Field(max_length=254)
    is_admin: bool = False
    everywhere: bool = True
    invited_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    created_at: datetime = moment()
    expires_at: datetime = moment()
    accepted_at: datetime | None = Field(default=None, sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)


class InvitationEstablishment(SQLModel, table=True):
    """An establishment that an invited person will act for, when it is not everywhere."""

    __tablename__ = "invitation_establishment"

    invitation_id: int = Field(primary_key=True, foreign_key="company_invitation.id", ondelete="CASCADE")
    establishment_id: int = Field(primary_key=True, foreign_key="establishment.id")
