"""Reference data: places, trades, schemes and dated parameters."""

from datetime import date

from sqlmodel import Field, Index, SQLModel


class Basin(SQLModel, table=True):
    """A bassin IBEFE, the territory of the open figures."""

    code: str = Field(primary_key=True, max_length=40)
    name: str = Field(max_length=80)


class Municipality(SQLModel, table=True):
    """A commune of Belgium, by its INS code; only Walloon and Brussels ones have a basin."""

    ins: str = Field(primary_key=True, max_length=5)
    name: str = Field(max_length=80)
    province: str = Field(max_length=40)
    region: str = Field(max_length=40)
    basin_code: str | None = Field(default=None, foreign_key="basin.code", index=True)
    latitude: float
    longitude: float


class Place(SQLModel, table=True):
    """A locality with its postal code; a postal code may lie in two communes."""

    postal_code: str = Field(primary_key=True, max_length=4)
    municipality_ins: str = Field(primary_key=True, foreign_key="municipality.ins", max_length=5)
    locality: str = Field(primary_key=True, max_length=80)
    latitude: float
    longitude: float
    precision: str = Field(max_length=20)


class PlaceName(SQLModel, table=True):
    """Another name that people type for a commune: Dutch, German, former commune, abbreviation."""

    __tablename__ = "place_name"

    name: str = Field(primary_key=True, max_length=80)
    municipality_ins: str = Field(primary_key=True, foreign_key="municipality.ins", max_length=5)


class JointCommittee(SQLModel, table=True):
    """A commission paritaire or sub-commission."""

    __tablename__ = "joint_committee"

    code: str = Field(primary_key=True, max_length=10)
    name: str = Field(max_length=300)


class Sector(SQLModel, table=True):
    """A sector of trades; some have coaches."""

    code: str = Field(primary_key=True, max_length=60)
    name: str = Field(max_length=100)
    fund: str | None = Field(default=None, max_length=100)
    has_coach: bool


class Trade(SQLModel, table=True):
    """A trade that one learns in alternance, in both grammatical genders."""

    code: str = Field(primary_key=True, max_length=80)
    sector_code: str = Field(foreign_key="sector.code", index=True)
    name_m: str = Field(max_length=120)
    name_f: str = Field(max_length=120)
    joint_committee: str | None = Field(default=None, foreign_key="joint_committee.code")
    no_age_limit: bool
    status: str = Field(max_length=20)


class TradeWord(SQLModel, table=True):
    """A word that learners type for a trade; for matching only, never shown."""

    __tablename__ = "trade_word"
    __table_args__ = (Index("ix_trade_word_word", "word"),)

    trade_code: str = Field(primary_key=True, foreign_key="trade.code", max_length=80)
    word: str = Field(primary_key=True, max_length=80)
    kind: str = Field(max_length=20)


class Scheme(SQLModel, table=True):
    """A dispositif; after `last_day` no offer begins in it any more, those that are there live on."""

    code: str = Field(primary_key=True, max_length=60)
    name: str = Field(max_length=120)
    last_day: date | None = None


class SchemeRule(SQLModel, table=True):
    """What a dispositif asks from a day on; what is in force is the latest not after the day asked.

    Ages are in years, `operator_kinds` and `pay_rates` hold their parts joined by `|`. Each rate is a share in percent
    of the minimum monthly income, the lowest level first; without any, those of the contrat d'alternance count.
    """

    __tablename__ = "scheme_rule"

    scheme_code: str = Field(primary_key=True, foreign_key="scheme.code", max_length=60)
    effective_from: date = Field(primary_key=True)
    min_age: int
    min_age_with_two_years: int
    max_age_contract: int
    operator_kinds: str = Field(max_length=200)
    pay_rates: str = Field(default="", max_length=60)


class Parameter(SQLModel, table=True):
    """An amount, age or duration of the field; the one in force is the latest not after the day asked."""

    name: str = Field(primary_key=True, max_length=80)
    effective_from: date = Field(primary_key=True)
    value: str = Field(max_length=20, description="a decimal number as text: SQLite has no exact decimals")
    unit: str = Field(max_length=40)
    source: str = Field(max_length=300)
