"""Adds up facts for OFFA: a funnel by the day of sending, a trend by the day on which things happened."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import literal, union_all
from sqlmodel import Session, String, cast, col, func, select

from stageplus.domain.charts import Chart, bar_chart
from stageplus.domain.happenings import FUNNEL, Measure
from stageplus.domain.months import month_after
from stageplus.models import Basin, FactDay, FactMonth, Operator, Scheme, Sector
from stageplus.services.facts.queries import ALL, ALL_OPERATORS, month_of
from stageplus.services.inputs import identifier
from stageplus.services.statistics.schemas import PERIODS, Choices, EndingRow, FiguresSearch, FunnelRow, MonthRow
from stageplus.services.statistics.wording import ENDING_WORDS, FUNNEL_WORDS
from stageplus.texts.formats import NARROW, number, short_month

Totals = Mapping[Measure, int]
MOST_MONTHS = 13


def first_of(search: FiguresSearch, today: date) -> date:
    """Return the first day of the period, which ends today."""
    days = PERIODS.get(search.period)
    return today - timedelta(days=days - 1) if days else date.min


def sent_since(session: Session, search: FiguresSearch, first: date, today: date) -> Counter[tuple[Measure, int]]:
    """Add up what became of the applications sent since a day, by measure and, for answers, by days waited.

    Whole months are read as they were added up, the rest of the first one day by day.
    """
    months = _months_of(session, first, today)
    by_month: Any = select(FactMonth.measure, FactMonth.waited, func.sum(FactMonth.count))
    by_month = by_month.where(*_asked_of_months(search), col(FactMonth.month).in_(months))
    by_month = by_month.where(FactMonth.sent_month >= _edge(first)).group_by(FactMonth.measure, FactMonth.waited)
    found: Counter[tuple[Measure, int]] = Counter()
    for part in [by_month, *_part_of(first, FactDay.sent_on, FactDay.waited, search)]:
        for measure, waited, count in session.execute(part):
            found[Measure(measure), waited] += int(count)
    return found


def totals(found: Counter[tuple[Measure, int]]) -> Counter[Measure]:
    """Add up each measure."""
    summed: Counter[Measure] = Counter()
    for (measure, _waited), count in found.items():
        summed[measure] += count
    return summed


def median_days(found: Counter[tuple[Measure, int]]) -> int | None:
    """Return within how many days half of the answered applications had their first answer; nothing without any."""
    days = sorted((waited, count) for (measure, waited), count in found.items() if measure is Measure.ANSWERED)
    middle, passed = (sum(count for _waited, count in days) + 1) // 2, 0
    for waited, count in days:
        passed += count
        if passed >= middle:
            return waited
    return None


def by_month(session: Session, search: FiguresSearch, first: date, today: date) -> dict[date, Counter[Measure]]:
    """Add up what happened in each month since a day, the latest months only."""
    known = _months_of(session, first, today)[-MOST_MONTHS:]
    counted: Any = select(FactMonth.month, FactMonth.measure, func.sum(FactMonth.count))
    counted = counted.where(*_asked_of_months(search), col(FactMonth.month).in_(known))
    counted = counted.group_by(FactMonth.month, FactMonth.measure)
    months: dict[date, Counter[Measure]] = defaultdict(Counter)
    for month, measure, count in session.execute(counted):
        months[date.fromisoformat(f"{month}-01")][Measure(measure)] += int(count)
    for part in _part_of(first, FactDay.day, literal(0), search):
        for measure, _waited, count in session.execute(part):
            months[first.replace(day=1)][Measure(measure)] += int(count)
    return {month: months[month] for month in sorted(months)[-MOST_MONTHS:]}


def _edge(first: date) -> str:
    """Return the first month of which every day counts."""
    return month_of(first if first.day == 1 else month_after(first))


def _months_of(session: Session, first: date, today: date) -> list[str]:
    """List the whole months from a day on: named one by one, each is a short look into the index."""
    edge = _edge(first) if first > date.min else session.exec(select(func.min(FactMonth.month))).one() or ""
    month, known = (date.fromisoformat(f"{edge}-01"), []) if edge else (today + timedelta(days=1), [])
    while month <= today:
        known.append(month_of(month))
        month = month_after(month)
    return known


def _asked_of_months(search: FiguresSearch) -> list[Any]:
    """Return the conditions of a search but for its period; a part that is not asked for is read summed up."""
    operator = identifier(search.operator) if search.operator else ALL_OPERATORS
    narrowed = [FactMonth.sector_code == (search.sector or ALL), FactMonth.basin_code == (search.basin or ALL)]
    scheme = [FactMonth.scheme_code == search.scheme] if search.scheme else []
    return [*narrowed, FactMonth.operator_id == operator, *scheme]


def _part_of(first: date, when: Any, waited: Any, search: FiguresSearch) -> list[Any]:
    """Select the facts of the month that a period begins amid, when it does."""
    if first.day == 1:
        return []
    after = date.fromisoformat(f"{_edge(first)}-01")
    asked = (
        (FactDay.sector_code, search.sector),
        (FactDay.basin_code, search.basin),
        (FactDay.operator_id, identifier(search.operator) if search.operator else ""),
        (FactDay.scheme_code, search.scheme),
    )
    which = [column == value for column, value in asked if value != ""]
    read: Any = select(FactDay.measure, waited, func.sum(FactDay.count)).where(when >= first, when < after, *which)
    return [read.group_by(FactDay.measure, waited)]


def funnel_rows(found: Totals, *, with_openings: bool) -> list[FunnelRow]:
    """List how far applications come, from what leads to them; openings are of no operator."""
    rows: list[FunnelRow] = []
    before = 0
    for measure in ([Measure.OPENED] if with_openings else []) + list(FUNNEL):
        count = found.get(measure, 0)
        label, meaning = FUNNEL_WORDS[measure]
        of_sent = "—" if measure is Measure.OPENED else per_cent(count, found.get(Measure.SENT, 0))
        is_first = not rows
        kept, lost = ("—", "—") if is_first else (per_cent(count, before), number(max(0, before - count)))
        rows.append(FunnelRow(label, number(count), of_sent, kept, lost, meaning))
        before = count
    return rows


def funnel_chart(found: Totals) -> Chart:
    """Draw how far applications come."""
    counts = [(FUNNEL_WORDS[measure][0], found.get(measure, 0)) for measure in FUNNEL]
    return bar_chart([(label, count, number(count)) for label, count in counts])


def month_rows(months: Mapping[date, Totals]) -> list[MonthRow]:
    """List what happened in each month."""
    shown = (Measure.PUBLISHED, Measure.SENT, Measure.ANSWERED, Measure.INTRODUCED, Measure.STARTED)
    return [
        MonthRow(short_month(month), *[number(found.get(measure, 0)) for measure in shown])
        for month, found in months.items()
    ]


def month_chart(months: Mapping[date, Totals], measure: Measure) -> Chart:
    """Draw one figure month by month."""
    counts = [(short_month(month), found.get(measure, 0)) for month, found in months.items()]
    return bar_chart([(label, count, number(count)) for label, count in counts])


def ending_rows(found: Totals) -> list[EndingRow]:
    """List the ends at which applications stand."""
    sent = found.get(Measure.SENT, 0)
    return [
        EndingRow(label, number(found.get(measure, 0)), per_cent(found.get(measure, 0), sent), meaning)
        for measure, (label, meaning) in ENDING_WORDS.items()
    ]


def per_cent(part: int, whole: int) -> str:
    """Write a part in whole per cent; a dash where there is no whole."""
    return f"{number(round(100 * part / whole))}{NARROW}%" if whole else "—"


def choices_in(session: Session) -> Choices:
    """List what figures may be narrowed to, in the order of names, in one statement."""
    tables: tuple[tuple[str, Any, Any], ...] = (
        ("sectors", Sector, Sector.code),
        ("basins", Basin, Basin.code),
        ("operators", Operator, cast(Operator.id, String)),
        ("schemes", Scheme, Scheme.code),
    )
    parts = [select(literal(kind).label("kind"), code.label("code"), table.name) for kind, table, code in tables]
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, code, name in session.execute(union_all(*parts).order_by("name", "code")):
        found[kind].append((code, name))
    return Choices(**found)
