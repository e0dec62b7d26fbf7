"""Adds up facts for OFFA: a funnel by the day of sending, a trend by the day on which things happened."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import literal, union_all
from sqlmodel import Session, String, cast, col, func, select

from stageplus.domain.charts import Chart, bar_chart
from stageplus.domain.happenings import FUNNEL, Measure
from stageplus.models import Basin, FactDay, Operator, Scheme, Sector
from stageplus.services.inputs import identifier
from stageplus.services.statistics.schemas import PERIODS, Choices, EndingRow, FiguresSearch, FunnelRow, MonthRow
from stageplus.services.statistics.wording import ENDING_WORDS, FUNNEL_WORDS
from stageplus.texts.formats import NARROW, number, short_month

Totals = Mapping[Measure, int]
MOST_MONTHS = 13


def within(search: FiguresSearch, today: date) -> list[Any]:
    """Return the conditions of a search but for its period."""
    asked = (
        (FactDay.sector_code, search.sector),
        (FactDay.basin_code, search.basin),
        (FactDay.operator_id, identifier(search.operator) if search.operator else ""),
        (FactDay.scheme_code, search.scheme),
    )
    return [column == value for column, value in asked if value != ""] + [FactDay.day <= today]


def first_of(search: FiguresSearch, today: date) -> date:
    """Return the first day of the period, which ends today."""
    days = PERIODS.get(search.period)
    return today - timedelta(days=days - 1) if days else date.min


def totals(session: Session, which: list[Any], first: date) -> dict[Measure, int]:
    """Add up what became of the applications sent since a day."""
    counted = select(FactDay.measure, func.sum(FactDay.count)).where(FactDay.sent_on >= first, *which)
    return {Measure(measure): int(count) for measure, count in session.exec(counted.group_by(col(FactDay.measure)))}


def median_days(session: Session, which: list[Any], first: date) -> int | None:
    """Return within how many days half of the answered applications had their first answer; nothing without any."""
    answered = (FactDay.measure == Measure.ANSWERED, FactDay.sent_on >= first, *which)
    counted = select(FactDay.waited, func.sum(FactDay.count)).where(*answered)
    found = [(days, int(count)) for days, count in session.exec(counted.group_by(col(FactDay.waited)))]
    middle, passed = (sum(count for _days, count in found) + 1) // 2, 0
    for days, count in sorted(found):
        passed += count
        if passed >= middle:
            return days
    return None


def by_month(session: Session, which: list[Any], first: date) -> dict[date, Counter[Measure]]:
    """Add up what happened in each month since a day, the latest months only."""
    counted: Any = select(col(FactDay.day), col(FactDay.measure), func.sum(FactDay.count))
    counted = counted.where(FactDay.day >= first, *which)
    months: dict[date, Counter[Measure]] = defaultdict(Counter)
    for day, measure, count in session.execute(counted.group_by(FactDay.day, FactDay.measure)):
        months[day.replace(day=1)][measure] += int(count)
    return {month: months[month] for month in sorted(months)[-MOST_MONTHS:]}


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
