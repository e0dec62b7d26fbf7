"""Figures of each day, counted from the logs: numbers only, nobody can be found in them. See docs/adr/0018."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from stageplus.domain.happenings import Measure, Stock
from stageplus.models.columns import Moment, choice


class FactDay(SQLModel, table=True):
    """How often something happened on a day, by sector, trade, basin, operator and scheme.

    `sent_on` is the day on which the applications concerned were sent, `waited` how many days later the thing happened;
    for offers, `sent_on` is the day itself. `operator_id` is 0 for what concerns no operator, `basin_code` empty for
    what lies outside the basins. They are no foreign keys: a figure outlives what it was counted from.
    """

    __tablename__ = "fact_day"

    day: date = Field(primary_key=True)
    measure: Measure = choice(Measure, primary_key=True)
    sent_on: date = Field(primary_key=True)
    sector_code: str = Field(primary_key=True, max_length=60)
    trade_code: str = Field(primary_key=True, max_length=80)
    basin_code: str = Field(primary_key=True, max_length=40)
    operator_id: int = Field(primary_key=True)
    scheme_code: str = Field(primary_key=True, max_length=60)
    waited: int
    count: int

    # In SQLite the rows lie in the order of their key, once: there are many, and nearly all of a row is key.
    # With the last two columns, its index alone answers what became of the applications of some days.
    __table_args__ = (Index("ix_fact_day_sent", "sent_on", "measure", "waited", "count"), {"sqlite_with_rowid": False})


class FactMonth(SQLModel, table=True):
    """The facts of a month added up, as long periods are read: `month` and `sent_month` are like `2026-11`.

    Sector, basin and operator are each one, or all of them together (`*`, and -1 for the operator): a fact stands in
    eight sums, so that a page adds up a few rows however its figures are narrowed. `waited` is 0 but for answers.
    """

    __tablename__ = "fact_month"

    month: str = Field(primary_key=True, max_length=7)
    sector_code: str = Field(primary_key=True, max_length=60)
    basin_code: str = Field(primary_key=True, max_length=40)
    operator_id: int = Field(primary_key=True)
    scheme_code: str = Field(primary_key=True, max_length=60)
    measure: Measure = choice(Measure, primary_key=True)
    sent_month: str = Field(primary_key=True, max_length=7)
    waited: int = Field(primary_key=True)
    count: int

    __table_args__ = ({"sqlite_with_rowid": False},)


class FactMark(SQLModel, table=True):
    """One row: until when the figures are counted; whoever counts holds it meanwhile."""

    __tablename__ = "fact_mark"

    id: int = Field(default=1, primary_key=True)
    counted_until: datetime | None = Field(default=None, sa_type=Moment)


class OpenFigure(SQLModel, table=True):
    """A figure of a month as it was published; it never changes afterwards, and nothing is what was hidden then.

    `part` is the code of a basin, sector or trade, or empty for the whole; what has no row is nought.
    """

    __tablename__ = "open_figure"

    data_set: str = Field(primary_key=True, max_length=20)
    month: date = Field(primary_key=True)
    part: str = Field(primary_key=True, max_length=80)
    measure: Measure = choice(Measure, primary_key=True)
    count: int | None = None


class StockDay(SQLModel, table=True):
    """How much of something there was at the end of a day, or is there today, by sector, trade and basin.

    A look at that moment: no log tells it afterwards, so that counting again leaves the days that are over.
    """

    __tablename__ = "stock_day"

    day: date = Field(primary_key=True)
    stock: Stock = choice(Stock, primary_key=True)
    sector_code: str = Field(primary_key=True, max_length=60)
    trade_code: str = Field(primary_key=True, max_length=80)
    basin_code: str = Field(primary_key=True, max_length=40)
    count: int
