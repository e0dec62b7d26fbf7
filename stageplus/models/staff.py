"""Operators' staff, coaches and OFFA come in by invitation only."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from stageplus.domain.actors import Role
from stageplus.models.columns import Moment, choice, moment


class StaffInvitation(SQLModel, table=True):
    """An address that OFFA invited, and as what; its link is in `single_use_link`, a coach's sectors beside it."""

    __tablename__ = "staff_invitation"

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=254, index=True)
    role: Role = choice(Role)
    operator_id: int | None = Field(default=None, foreign_key="operator.id")
    implantation_id: int | None = Field(default=None, foreign_key="implantation.id")
    invited_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    sent_at: datetime = moment()
    expires_at: datetime = moment()
    accepted_at: datetime | None = Field(default=None, sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)


class InvitedSector(SQLModel, table=True):
    """A sector that an invited coach will follow."""

    __tablename__ = "invited_sector"

    invitation_id: int = Field(primary_key=True, foreign_key="staff_invitation.id", ondelete="CASCADE")
    sector_code: str = Field(primary_key=True, foreign_key="sector.code")
