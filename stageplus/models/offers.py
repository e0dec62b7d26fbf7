"""Offers of alternance places and what happened to them."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, Index, false
from sqlmodel import Field, SQLModel

from stageplus.domain.actors import Role
from stageplus.domain.offers import ClosingReason, OfferStatus
from stageplus.models.columns import Moment, choice, maybe, moment

_PLACES = ("places", "places_taken")
_FOLLOWED_BY = ("company_id", "trade_code", "municipality_ins", *_PLACES, "updated_at")


class Offer(SQLModel, table=True):
    """A place de stage in one establishment and trade.

    `company_days` and `years` are bit sets: Monday is bit 0, the first year is bit 0. `company_id`, `sector_code` and
    `municipality_ins` repeat what establishment and trade say, so that search and scopes need no join.

    `claim_id` marks the draft of somebody whose claim on the establishment waits: nobody else sees it. It is no foreign
    key, so that a claim may go before its drafts, which then stay hidden until they are cleared away.

    `intake_paused` when the company has enough applications for now, by hand; `most_waiting` is its cap on those that
    wait, `at_cap` whether it is reached: kept up with each step of an application, so that a list needs no count.
    """

    id: int | None = Field(default=None, primary_key=True)
    form_key: str = Field(unique=True, max_length=64)
    company_id: int = Field(foreign_key="company.id")
    establishment_id: int = Field(foreign_key="establishment.id")
    trade_code: str = Field(foreign_key="trade.code", max_length=80)
    sector_code: str = Field(foreign_key="sector.code", max_length=60)
    scheme_code: str = Field(foreign_key="scheme.code", max_length=60)
    municipality_ins: str = Field(foreign_key="municipality.ins", max_length=5)
    status: OfferStatus = choice(OfferStatus)
    places: int = 1
    places_taken: int = 0
    starts_from: date
    starts_until: date
    company_days: int
    day_starts_at: time
    day_ends_at: time
    weekly_hours: int
    tasks: str = Field(default="", max_length=2000)
    first_day: str = Field(default="", max_length=1000)
    years: int = 7
    language: str = Field(default="français", max_length=40)
    tutor_first_name: str = Field(default="", max_length=80)
    tutor_function: str = Field(default="", max_length=120)
    transport: str = Field(default="", max_length=300)
    own_transport: bool = False
    licence_needed: bool = False
    equipment: str = Field(default="", max_length=500)
    risks: str = Field(default="", max_length=500)
    accessibility: str = Field(default="", max_length=500)
    ends_on: date
    closing_reason: ClosingReason | None = maybe(ClosingReason)
    created_at: datetime = moment()
    updated_at: datetime = moment()
    published_at: datetime | None = Field(default=None, sa_type=Moment)
    claim_id: int | None = Field(default=None, index=True)
    intake_paused: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    most_waiting: int | None = None
    at_cap: bool = Field(default=False, sa_column_kwargs={"server_default": false()})

    __table_args__ = (
        CheckConstraint("places >= 1 AND places_taken >= 0 AND places_taken <= places", name="ck_offer_places"),
        CheckConstraint("starts_until >= starts_from", name="ck_offer_start"),
        Index("ix_offer_fresh", "status", "published_at"),
        Index("ix_offer_trade", "status", "trade_code", "published_at"),
        Index("ix_offer_trade_place", "status", "trade_code", "municipality_ins", "published_at"),
        # Everything that a coach's list filters, sorts and counts by, so that no other part of a row is read for it.
        Index("ix_offer_followed", "status", "sector_code", "ends_on", "id", "published_at", *_FOLLOWED_BY),
        # What is said of a company, and of an agrément of one of its houses, without reading its offers.
        Index("ix_offer_company", "company_id", "sector_code", "status", "published_at", "updated_at", *_PLACES),
        Index("ix_offer_house", "establishment_id", "trade_code", "status", "published_at", "places"),
        Index("ix_offer_place", "status", "municipality_ins", "published_at"),
        Index("ix_offer_end", "status", "ends_on"),
    )


class OfferChange(SQLModel, table=True):
    """One step in the life of an offer; `role` is empty when the clock took it."""

    __tablename__ = "offer_change"

    id: int | None = Field(default=None, primary_key=True)
    offer_id: int = Field(foreign_key="offer.id", index=True, ondelete="CASCADE")
    step: str = Field(max_length=20)
    status: OfferStatus = choice(OfferStatus)
    role: Role | None = maybe(Role)
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    at: datetime = moment()
    note: str = Field(default="", max_length=500)


class LinkedOffer(SQLModel, table=True):
    """One of the offers that a company made as one for several of its establishments; the key is that of the first."""

    __tablename__ = "linked_offer"

    offer_id: int = Field(primary_key=True, foreign_key="offer.id", ondelete="CASCADE")
    group_key: str = Field(max_length=64, index=True)


class OfferWord(SQLModel, table=True):
    """A word of an open offer, normalized: what search finds it by when the word names no trade."""

    __tablename__ = "offer_word"

    word: str = Field(primary_key=True, max_length=40)
    municipality_ins: str = Field(primary_key=True, max_length=5)
    offer_id: int = Field(primary_key=True, foreign_key="offer.id", ondelete="CASCADE", index=True)


class WordPiece(SQLModel, table=True):
    """Three letters that follow each other in a word of offers: what a mistyped word is found by."""

    __tablename__ = "word_piece"

    piece: str = Field(primary_key=True, max_length=3)
    word: str = Field(primary_key=True, max_length=40)


class AnswerRate(SQLModel, table=True):
    """How many applications a company received in twelve months, and how many of them it answered.

    A copy that the clock renews, so that ranking reads one row for each company.
    """

    __tablename__ = "answer_rate"

    company_id: int = Field(primary_key=True, foreign_key="company.id", ondelete="CASCADE")
    received: int
    answered: int
