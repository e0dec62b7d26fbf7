"""Times the lists of operators, coaches and OFFA on a temporary database that is filled as a real one would be."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, insert
from sqlmodel import Session, SQLModel, col, select

from stageplus.bench.timing import timed
from stageplus.db.engine import open_engine, transaction
from stageplus.db.revisions import migrate
from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.introductions import IntroductionStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Application,
    ApplicationChange,
    Approval,
    ApprovalState,
    Company,
    Establishment,
    Introduction,
    Learner,
    Municipality,
    Offer,
    OfferChange,
    Operator,
    OperatorKind,
    Person,
    Trade,
    plain_name,
)
from stageplus.services.caseload.queries import my_desk as operators_desk
from stageplus.services.coaching.queries import companies_of_my_sectors, my_desk, offers_of_my_sectors
from stageplus.services.coaching.schemas import CompanySearch, FollowedSearch
from stageplus.services.followup.queries import introductions, my_learners
from stageplus.services.followup.schemas import IntroductionSearch, LearnerSearch
from stageplus.services.registers.actions import import_reference
from stageplus.services.reporting.queries import site_totals

BATCH = 5_000
ROUNDS = 20
SYLLABLES = ("ba", "lo", "mi", "ne", "du", "ra", "ti", "vé", "so", "kou", "pla", "gre", "jan", "fé", "lu", "za")
FAMILIES: dict[str, list[dict[str, Any]]] = {
    "learners, first page": [{}, {"sort": "nom"}, {"place": "sans"}, {"place": "avec"}],
    "learners, far page": [{"page": 400}, {"sort": "nom", "page": 700}, {"place": "avec", "page": 300}],
    "learners, filtered": [{"trade": "boulanger"}, {"year": "2"}, {"trade": "macon", "place": "sans", "year": "1"}],
    "learners, by care": [{"sort": "attente", "place": "sans"}, {"waiting": "long"}, {"answer": "retard"}],
    "learners, by words": [{"text": text} for text in ("balo", "Vénedu", "boulanger namur", "kou lu", "zzz")],
}
"""What an operator asks for, each family timed apart; coaches ask for `OFFERS`."""
OFFERS: list[dict[str, Any]] = [
    {},
    {"sort": "candidatures"},
    {"sort": "recentes", "page": 20},
    {"state": "toutes"},
    {"without": "oui", "soon": "oui"},
    {"text": "atelier ba"},
    {"text": "boulanger namur"},
]
COMPANIES: list[dict[str, Any]] = [
    {},
    {"sort": "activite"},
    {"sort": "offres", "page": 5},
    {"state": "muettes"},
    {"state": "jamais"},
    {"state": "nouveaux", "sort": "rappel"},
    {"state": "ecrites"},
    {"text": "boulanger namur"},
]


def measure_desks(learners: int) -> dict[str, dict[str, dict[str, float]]]:
    """Return the median and 95th percentile of each list in milliseconds, with so many learners in all."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate(engine)
        import_reference(on=engine)
        now = datetime.now(UTC)
        staff, coach, offa = _fill(engine, learners, now)
        families = {
            name: timed(
                [_reading(my_learners, staff, LearnerSearch.read(typed), engine, now) for typed in searches], ROUNDS
            )
            for name, searches in FAMILIES.items()
        }
        families["desk of an operator"] = timed([lambda: operators_desk(staff, now=now, on=engine)], ROUNDS)
        pages = [IntroductionSearch(waiting=page, taken=page * 10) for page in (1, 5)]
        families["introductions"] = timed([_reading(introductions, staff, page, engine, now) for page in pages], ROUNDS)
        asked = [FollowedSearch.read(typed) for typed in OFFERS]
        families["offers of a coach"] = timed(
            [_reading(offers_of_my_sectors, coach, each, engine, now) for each in asked], ROUNDS
        )
        companies = [CompanySearch.read(typed) for typed in COMPANIES]
        families["companies of a coach"] = timed(
            [_reading(companies_of_my_sectors, coach, each, engine, now) for each in companies], ROUNDS
        )
        families["desk of a coach"] = timed([lambda: my_desk(coach, now=now, on=engine)], ROUNDS)
        families["totals of OFFA"] = timed([lambda: site_totals(offa, now=now, on=engine)], ROUNDS)
        engine.dispose()
    return {"families": families}


def _reading(
    use_case: Callable[..., object], actor: Actor, search: object, engine: Engine, now: datetime
) -> Callable[[], object]:
    return lambda: use_case(actor, search, now=now, on=engine)


def _fill(engine: Engine, learners: int, now: datetime) -> tuple[Actor, Actor, Actor]:
    chance = Random(2026)  # noqa: S311 — a distribution, not a secret
    with transaction(engine) as session:
        towns = list(session.exec(select(Municipality.ins).where(col(Municipality.basin_code).is_not(None))))
        trades = [(trade.code, trade.sector_code) for trade in session.exec(select(Trade))]
        for number, kind in enumerate((OperatorKind.IFAPME, OperatorKind.CEFA), start=1):
            session.add(Operator(id=number, kind=kind, name=f"Centre {number}", municipality_ins=towns[0]))
        session.flush()
        offers = learners // 2
        for rows in (
            _companies(chance, learners // 4, [code for code, _sector in trades], towns),
            _offers(chance, offers, learners // 4, trades, towns, now),
            _learners(chance, learners, [code for code, _sector in trades], towns, now),
            _applications(chance, learners, offers, now),
        ):
            _save(session, rows)
        session.connection().exec_driver_sql("ANALYZE")
    sectors = frozenset({"alimentation", "construction"})
    return Actor(1, Role.OPERATOR, operator_id=1), Actor(1, Role.COACH, sectors=sectors), Actor(1, Role.OFFA)


def _save(session: Session, rows: Iterator[SQLModel]) -> None:
    """Insert rows of several tables, each table in the order in which it comes first."""
    waiting: dict[type[SQLModel], list[dict[str, Any]]] = {}
    for number, row in enumerate(rows, start=1):
        waiting.setdefault(type(row), []).append(row.model_dump(exclude_none=False))
        if number % BATCH == 0:
            _flush(session, waiting)
    _flush(session, waiting)


def _flush(session: Session, waiting: dict[type[SQLModel], list[dict[str, Any]]]) -> None:
    for table, values in waiting.items():
        if values:
            session.execute(insert(table), [{k: v for k, v in each.items() if k != "id" or v} for each in values])
            values.clear()


def _operator_of(learner: int) -> int:
    """Nine learners in ten are of the first operator."""
    return 1 if learner % 10 else 2


def _name(chance: Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 4)))).capitalize()


def _companies(chance: Random, count: int, trades: list[str], towns: list[str]) -> Iterator[SQLModel]:
    since = date(2024, 1, 1)
    for number in range(1, count + 1):
        name = f"Atelier {_name(chance)} {_name(chance)}"
        yield Company(id=number, enterprise_number=f"{number:010}", name=name, plain_name=plain_name(name))
        yield Establishment(
            id=number,
            company_id=number,
            number=f"{number:010}",
            name=name,
            plain_name=plain_name(name),
            postal_code="5000",
            municipality_ins=chance.choice(towns),
            workers=4,
        )
        for place, trade in enumerate(chance.sample(trades, 2)):
            approval: dict[str, Any] = {"id": 2 * number + place, "trade_code": trade, "state": ApprovalState.GRANTED}
            yield Approval(establishment_id=number, operator_id=1, since=since, **approval)


def _offers(
    chance: Random, count: int, companies: int, trades: list[tuple[str, str]], towns: list[str], now: datetime
) -> Iterator[SQLModel]:
    statuses = [*[OfferStatus.PUBLISHED] * 6, OfferStatus.SUSPENDED, OfferStatus.EXPIRED, *[OfferStatus.FILLED] * 4]
    for number in range(1, count + 1):
        trade, sector = chance.choice(trades)
        published = now - timedelta(minutes=chance.randrange(59 * 24 * 60))
        yield Offer(
            id=number,
            form_key=f"{number:032x}",
            company_id=(company := chance.randrange(companies) + 1),
            establishment_id=company,
            trade_code=trade,
            sector_code=sector,
            scheme_code="alternance-secondaire",
            municipality_ins=chance.choice(towns),
            status=chance.choice(statuses),
            places=2,
            places_taken=chance.choice((0, 1)),
            starts_from=now.date(),
            starts_until=now.date() + timedelta(days=60),
            company_days=0b01111,
            day_starts_at=time(8),
            day_ends_at=time(16, 30),
            weekly_hours=30,
            tasks="Apprendre le métier avec l’équipe.",
            ends_on=published.date() + timedelta(days=60),
            created_at=published,
            updated_at=published,
            published_at=published,
        )
        yield OfferChange(
            offer_id=number, step="publish", status=OfferStatus.PUBLISHED, role=Role.COMPANY, at=published
        )


def _learners(chance: Random, count: int, trades: list[str], towns: list[str], now: datetime) -> Iterator[SQLModel]:
    for number in range(1, count + 1):
        first, last = _name(chance), _name(chance)
        yield Person(
            id=number,
            email=f"{number}@demo.test",
            first_name=first,
            last_name=last,
            role=Role.LEARNER,
            password_hash="",
            created_at=now,
            plain_name=plain_name(last, first),
        )
        yield Learner(
            id=number,
            person_id=number,
            operator_id=_operator_of(number),
            operator_reference=f"R{number}",
            trade_code=chance.choice(trades),
            year=chance.choice((1, 2, 3)),
            company_days=0b01111,
            birth_year=2008,
            postal_code="5000",
            municipality_ins=chance.choice(towns),
            plain_name=plain_name(last, first),
            has_place=number % 5 != 0,
        )


def _applications(chance: Random, learners: int, offers: int, now: datetime) -> Iterator[SQLModel]:
    """Give each learner two applications; four in five learners have a place, a few of them not taken over yet."""
    others = [each for each in ApplicationStatus if each not in {ApplicationStatus.ACCEPTED, ApplicationStatus.DRAFT}]
    for number in range(1, learners * 2 + 1):
        learner, is_second = (number + 1) // 2, number % 2 == 0
        accepted = not is_second and learner % 5 != 0
        status = ApplicationStatus.ACCEPTED if accepted else chance.choice(others)
        at = now - timedelta(minutes=chance.randrange(90 * 24 * 60))
        yield Application(
            id=number,
            form_key=f"{number:032x}",
            offer_id=(learner * 7 + is_second) % offers + 1,
            learner_id=learner,
            status=status,
            motivation="J’aime ce métier.",
            sent_at=at,
            changed_at=at,
            answer_due_on=at.date(),
        )
        yield ApplicationChange(application_id=number, step="send", status=status, role=Role.LEARNER, at=at)
        if accepted:
            taken = None if chance.random() < 0.05 else at
            yield Introduction(
                application_id=number,
                operator_id=_operator_of(learner),
                created_at=at,
                taken_over_at=taken,
                status=IntroductionStatus.TAKEN_OVER if taken else IntroductionStatus.WAITING,
            )
