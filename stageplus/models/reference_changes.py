"""What OFFA changed in the reference data, and the searches that no word of it answers."""

from datetime import datetime

from sqlmodel import Field, Index, SQLModel

from stageplus.domain.reference import SearchState
from stageplus.models.columns import Moment, choice, moment


class ReferenceChange(SQLModel, table=True):
    """One change of one row of the reference data: who, when, from what to what, and why; `by_id` is OFFA's staff.

    `kind` is the name of the shipped file, `key` the row's primary key, its parts joined by `|`. A row with a line here
    belongs to OFFA: an import of the shipped files leaves it alone. The latest `id` is the version of the reference
    data that every process looks at.
    """

    __tablename__ = "reference_change"
    __table_args__ = (Index("ix_reference_change_row", "kind", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=20)
    key: str = Field(max_length=180)
    before: str = Field(default="", max_length=600)
    after: str = Field(default="", max_length=600)
    why: str = Field(default="", max_length=300)
    by_id: int | None = Field(default=None, foreign_key="person.id", index=True, ondelete="SET NULL")
    at: datetime = moment()


class FruitlessSearch(SQLModel, table=True):
    """Words that learners looked for and that led to no trade and no offer: how often, never by whom."""

    __tablename__ = "fruitless_search"
    __table_args__ = (Index("ix_fruitless_search_waiting", "state", "times"),)

    words: str = Field(primary_key=True, max_length=60)
    times: int
    first_at: datetime = moment()
    last_at: datetime = Field(sa_type=Moment, index=True)
    state: SearchState = choice(SearchState)
