"""Times the pages of figures on a temporary database that holds as many facts as two busy years would leave."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import quantiles
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, insert
from sqlmodel import Session, select

from stageplus.bench.search import empty_database
from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.happenings import Measure
from stageplus.models import Basin, FactDay, FactMark, Municipality, Operator, OperatorKind, Trade
from stageplus.services.registers.actions import import_reference
from stageplus.services.statistics.actions import publish_months
from stageplus.services.statistics.queries import followed_figures, open_data, open_figures
from stageplus.services.statistics.schemas import SETS, FiguresSearch, MonthSearch

DAYS, OPERATORS = 730, 60
ROUNDS, WARM_UP = 10, 1
OFFA = Actor(1, Role.OFFA)
SEARCHES: dict[str, list[dict[str, str]]] = {
    "followed figures, all": [{}, {"period": "tout"}, {"period": "30-jours"}],
    "followed figures, filtered": [{"sector": "construction"}, {"basin": "liege"}, {"operator": "3"}],
}
STEPS = ((Measure.SEEN, 0.8, 5), (Measure.ANSWERED, 0.6, 20), (Measure.INTRODUCED, 0.2, 30), (Measure.STARTED, 0.1, 45))
"""How many applications come so far, and at most how many days after they were sent."""


def measure_dashboards(applications: int, database: str = "sqlite") -> dict[str, Any]:
    """Return the median and 95th percentile of each page's figures, in milliseconds; raises `NoDatabase`."""
    now = datetime.now(UTC)
    with empty_database(database) as engine:
        import_reference(on=engine)
        facts = _fill(engine, applications, now)
        publish_months(now=now, on=engine)
        families = {name: _timed(_followed(searches, engine, now)) for name, searches in SEARCHES.items()}
        families["open figures"] = _timed([lambda: open_figures(None, MonthSearch(), now=now, on=engine)])
        families["open files"] = _timed([_file(name, engine, now) for name in SETS])
        kind = engine.dialect.name
    return {"database": kind, "applications": applications, "facts": facts, "families": families}


def _followed(searches: list[dict[str, str]], engine: Engine, now: datetime) -> list[Callable[[], object]]:
    read = [FiguresSearch.read(typed) for typed in searches]
    return [lambda search=each: followed_figures(OFFA, search, now=now, on=engine) for each in read]  # type: ignore[misc]


def _file(name: str, engine: Engine, now: datetime) -> Callable[[], object]:
    return lambda: open_data(None, name, now=now, on=engine)


def _timed(readings: list[Callable[[], object]]) -> dict[str, float]:
    times = []
    for turn in range(WARM_UP + ROUNDS):
        for read in readings:
            start = perf_counter()
            read()
            if turn >= WARM_UP:
                times.append((perf_counter() - start) * 1000)
    percentiles = quantiles(times, n=100)
    return {"p50_ms": round(percentiles[49], 2), "p95_ms": round(percentiles[94], 2)}


def _fill(engine: Engine, applications: int, now: datetime) -> int:
    chance, written = Random(2026), 0  # noqa: S311 — a distribution, not a secret
    with transaction(engine) as session:
        town = session.exec(select(Municipality.ins)).first()
        for number in range(1, OPERATORS + 1):
            kind = OperatorKind.CEFA
            session.add(Operator(id=number, kind=kind, name=f"Centre {number:02}", municipality_ins=town or ""))
        trades = [(trade.sector_code, trade.code) for trade in session.exec(select(Trade))]
        basins = list(session.exec(select(Basin.code)))
        session.add(FactMark(counted_until=now))
    for ago in range(DAYS):
        count = applications * (ago + 1) // DAYS - applications * ago // DAYS
        with transaction(engine) as session:
            written += _write(session, _day(chance, now.date() - timedelta(days=ago), count, trades, basins))
    with transaction(engine) as session:
        session.connection().exec_driver_sql("ANALYZE")
    return written


def _day(
    chance: Random, sent_on: date, count: int, trades: list[tuple[str, str]], basins: list[str]
) -> Counter[tuple[Any, ...]]:
    """Tell what became of the applications of one day; an operator belongs to a basin."""
    counts: Counter[tuple[Any, ...]] = Counter()
    for _application in range(count):
        operator = chance.randrange(OPERATORS) + 1
        where = (sent_on, *chance.choice(trades), basins[operator % len(basins)], operator)
        luck = chance.random()
        counts[Measure.SENT, 0, *where] += 1
        for measure, share, most in STEPS:
            if luck < share:
                counts[measure, chance.randrange(most), *where] += 1
        if 0.2 < luck < 0.6:
            counts[Measure.REFUSED, chance.randrange(20), *where] += 1
    return counts


def _write(session: Session, counts: Counter[tuple[Any, ...]]) -> int:
    rows = [
        {
            "measure": measure,
            "day": sent_on + timedelta(days=waited),
            "waited": waited,
            "sent_on": sent_on,
            "sector_code": sector,
            "trade_code": trade,
            "basin_code": basin,
            "operator_id": operator,
            "scheme_code": "alternance-secondaire",
            "count": count,
        }
        for (measure, waited, sent_on, sector, trade, basin, operator), count in counts.items()
    ]
    if rows:
        session.execute(insert(FactDay), rows)
    return len(rows)
