"""What the coaches of a sector share about its companies, and the lists that each of them keeps at hand."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from stageplus.domain.coaching import ContactKind, ViewList
from stageplus.models.columns import choice, moment


class CompanyContact(SQLModel, table=True):
    """A call, a visit, a mail or a note about a company, for all coaches of one sector; never about a learner.

    A message to several companies names its `circular`, and repeats its subject in `words`.
    """

    __tablename__ = "company_contact"

    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", ondelete="CASCADE")
    sector_code: str = Field(foreign_key="sector.code", max_length=60)
    kind: ContactKind = choice(ContactKind)
    on_day: date
    words: str = Field(max_length=1000)
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    at: datetime = moment()
    circular_id: int | None = Field(default=None, foreign_key="circular.id", ondelete="CASCADE")

    __table_args__ = (
        Index("ix_company_contact_latest", "company_id", "sector_code", "on_day"),
        Index("ix_company_contact_circular", "circular_id", "company_id", unique=True),
    )


class CompanyFollowUp(SQLModel, table=True):
    """The day on which the coaches of a sector mean to speak with a company again."""

    __tablename__ = "company_follow_up"

    company_id: int = Field(primary_key=True, foreign_key="company.id", ondelete="CASCADE")
    sector_code: str = Field(primary_key=True, foreign_key="sector.code", max_length=60)
    due_on: date
    changed_at: datetime = moment()
    changed_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")

    __table_args__ = (Index("ix_company_follow_up_due", "sector_code", "due_on"),)


class SavedView(SQLModel, table=True):
    """The filters and the order of a list that somebody keeps under a name, as the list's address holds them."""

    __tablename__ = "saved_view"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    of_list: ViewList = choice(ViewList)
    name: str = Field(max_length=60)
    query: str = Field(max_length=500)
    kept_at: datetime = moment()

    __table_args__ = (UniqueConstraint("person_id", "of_list", "name"),)
