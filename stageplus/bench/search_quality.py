"""Asks what learners ask, in their own spelling, of a world with offers in every trade; counts the right answers."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.bench.search import a_learner, kept
from stageplus.db.engine import open_engine, transaction
from stageplus.db.revisions import migrate
from stageplus.db.words import remember_words
from stageplus.domain.actors import Actor
from stageplus.domain.offers import OfferStatus
from stageplus.models import Company, Establishment, Municipality, Offer, Trade
from stageplus.services.offers.actions import words_for
from stageplus.services.offers.queries import open_offers
from stageplus.services.offers.schemas import OfferSearch
from stageplus.services.registers.actions import import_reference

QUERIES = Path(__file__).with_name("search_queries.csv")
FIRST = 5
OFFERS_PER_TRADE = 3
TASKS = "Accueillir, préparer, ranger. Apprendre le métier avec toute l’équipe, pas à pas."


@dataclass(frozen=True)
class Query:
    """What a learner types, the trades that are right answers, and whether the words were never tuned to."""

    text: str
    trades: frozenset[str]
    held_out: bool


@dataclass(frozen=True)
class Quality:
    """How many queries have a right offer among the first five, and those that have none."""

    queries: list[Query]
    missed: list[Query]

    @property
    def figures(self) -> dict[str, float | int]:
        """Return the figures of the closing note: all queries, and apart those never tuned to."""
        unseen = [query for query in self.queries if query.held_out]
        missed = [query for query in self.missed if query.held_out]
        return {
            "queries": len(self.queries),
            "top5": _share(self.queries, self.missed),
            "held_out": len(unseen),
            "held_out_top5": _share(unseen, missed),
        }


def learners_queries() -> list[Query]:
    """Read the queries, with the trades that are a right answer to each."""
    with QUERIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Query(row["query"], frozenset(row["trades"].split()), row["held_out"] == "yes") for row in rows]


def measure_quality() -> Quality:
    """Search for every query from the same learner, without any filter, and look at the first five offers."""
    now = datetime.now(UTC)
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'quality.db'}")
        migrate(engine)
        import_reference(on=engine)
        learner, trades = _fill(engine, now)
        queries = learners_queries()
        missed = [query for query in queries if not query.trades & set(_first(engine, learner, trades, query, now))]
        engine.dispose()
    return Quality(queries, missed)


def _first(engine: Engine, learner: Actor, trades: dict[int, str], query: Query, now: datetime) -> list[str]:
    found = open_offers(learner, OfferSearch.read({"text": query.text}), now=now, on=engine)
    return [trades[card.offer_id] for card in found.cards[:FIRST]]


def _fill(engine: Engine, now: datetime) -> tuple[Actor, dict[int, str]]:
    with transaction(engine) as session:
        towns = [town for town in session.exec(select(Municipality)) if town.basin_code]
        learner = a_learner(session, next(town for town in towns if town.name == "Namur"), now)
        offers = [kept(session, offer) for offer in _offers(session, towns, now)]
        words = [word for offer in offers for word in words_for(offer)]
        session.add_all(words)
        remember_words(session, {word.word for word in words})
        return learner, {offer.id: offer.trade_code for offer in offers}


def _offers(session: Session, towns: list[Municipality], now: datetime) -> Iterator[Offer]:
    chance = Random(2026)  # noqa: S311 — a distribution, not a secret
    company = kept(session, Company(enterprise_number="0000000097", name="Maison des Trois Tilleuls"))
    houses = [
        kept(
            session,
            Establishment(
                company_id=company.id,
                number=f"{number:010}",
                name=company.name,
                postal_code="",
                municipality_ins=town.ins,
                workers=9,
            ),
        )
        for number, town in enumerate(towns)
    ]
    for trade in session.exec(select(Trade)).all():
        for house in chance.sample(houses, OFFERS_PER_TRADE):
            yield _offer(house, trade, now - timedelta(minutes=chance.randrange(40 * 24 * 60)))


def _offer(house: Establishment, trade: Trade, published: datetime) -> Offer:
    return Offer(
        form_key=f"{trade.code}-{house.number}"[-64:],
        company_id=house.company_id,
        establishment_id=house.id or 0,
        trade_code=trade.code,
        sector_code=trade.sector_code,
        scheme_code="alternance-secondaire",
        municipality_ins=house.municipality_ins,
        status=OfferStatus.PUBLISHED,
        starts_from=published.date(),
        starts_until=published.date() + timedelta(days=90),
        company_days=0b01111,
        day_starts_at=time(8),
        day_ends_at=time(16, 30),
        weekly_hours=30,
        tasks=TASKS,
        ends_on=published.date() + timedelta(days=61),
        created_at=published,
        updated_at=published,
        published_at=published,
    )


def _share(queries: list[Query], missed: list[Query]) -> float:
    return round(1 - len(missed) / len(queries), 4) if queries else 0.0
