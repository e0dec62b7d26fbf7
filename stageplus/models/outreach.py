"""How coaches invite the companies of their sectors, and what came of it; never who opened a link."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from stageplus.models.columns import Moment, moment


class CoachLink(SQLModel, table=True):
    """A coach's own invitation link, for one occasion; `opened` counts, no more often than hourly for one network."""

    __tablename__ = "coach_link"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    code: str = Field(unique=True, max_length=16)
    name: str = Field(max_length=80)
    opened: int = 0
    created_at: datetime = moment()
    ended_at: datetime | None = Field(default=None, sa_type=Moment)


class CoachLinkClaim(SQLModel, table=True):
    """A claim that somebody made who came by a coach's link."""

    __tablename__ = "coach_link_claim"

    claim_id: int = Field(primary_key=True, foreign_key="company_claim.id", ondelete="CASCADE")
    link_id: int = Field(foreign_key="coach_link.id", index=True, ondelete="CASCADE")
