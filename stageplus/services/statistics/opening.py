"""Reads what was published, for the pages and for the files."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from io import StringIO
from typing import Any

from sqlalchemy import literal, union_all
from sqlmodel import Session, case, col, func, select

from stageplus.domain.charts import Chart, bar_chart
from stageplus.domain.happenings import Measure
from stageplus.domain.plain_text import plain
from stageplus.domain.titles import both_genders
from stageplus.models import Basin, OpenFigure, Sector, Trade
from stageplus.services.statistics.publishing import OPEN, OUTSIDE
from stageplus.services.statistics.schemas import COLUMNS, DICTIONARY_LINES, OpenRow
from stageplus.texts import _
from stageplus.texts.formats import number, short_month

Parts = dict[str, dict[Measure, int | None]]
"""What is published of a month, by part; a measure that is missing is nought, nothing is hidden."""
HIDDEN = -1
CELLS = {HIDDEN: "", None: 0}
"""How a file writes what is hidden, and what has no row."""
NAMED = {"bassins": "basin", "secteurs": "sector", "metiers": "trade"}


def months_in(session: Session) -> list[date]:
    """List the published months, the latest first."""
    known = select(col(OpenFigure.month)).where(OpenFigure.data_set == "mois").distinct()
    return list(session.exec(known.order_by(col(OpenFigure.month).desc())))


def published(session: Session, data_sets: Sequence[str], month: date | None = None) -> dict[tuple[str, date], Parts]:
    """Return what is published in some data sets, of one month or of all, in the order of months."""
    columns = [getattr(OpenFigure, name) for name in ("data_set", "month", "part", "measure", "count")]
    wanted: Any = select(*columns).where(col(OpenFigure.data_set).in_(data_sets))
    if month:
        wanted = wanted.where(OpenFigure.month == month)
    found: dict[tuple[str, date], Parts] = defaultdict(lambda: defaultdict(dict))
    ordered = wanted.order_by(col(OpenFigure.month), col(OpenFigure.part))
    for data_set, of_month, part, measure, count in session.connection().execute(ordered).all():
        found[data_set, of_month][part][measure] = count
    return found


def names_in(session: Session) -> dict[str, dict[str, str]]:
    """Return the names of basins, sectors and trades by code, in the order of names, in one statement."""
    tables: tuple[tuple[str, Any, Any, Any], ...] = (
        ("basin", Basin.code, Basin.name, Basin.name),
        ("sector", Sector.code, Sector.name, Sector.name),
        ("trade", Trade.code, Trade.name_f, Trade.name_m),
    )
    parts: list[Any] = [
        select(literal(kind).label("kind"), code.label("code"), first.label("first"), second.label("second"))
        for kind, code, first, second in tables
    ]
    found: dict[str, dict[str, str]] = {"basin": {}, "sector": {}, "trade": {}}
    for kind, code, first, second in sorted(session.execute(union_all(*parts)), key=lambda each: plain(each[2])):
        found[kind][code] = first if kind != "trade" else both_genders(first, second)
    found["basin"][OUTSIDE] = _("Hors bassin")
    return found


def rows_of(parts: Parts, names: Mapping[str, str], *, only_known: bool = False) -> list[OpenRow]:
    """List parts by name, all of those that have one; `only_known` leaves out those with nought everywhere."""
    codes = [*names, *(code for code in parts if code not in names)]
    return [
        OpenRow(names.get(code, code), *[words_of(parts.get(code, {}), measure) for measure in OPEN])
        for code in codes
        if code in parts or not only_known
    ]


def chart_of(
    points: Sequence[tuple[str, Mapping[Measure, int | None]]], measure: Measure, *, long_names: bool = False
) -> Chart:
    """Draw one figure of several parts; a hidden one has no bar but says so."""
    drawn = [(label, found.get(measure, 0), words_of(found, measure)) for label, found in points]
    return bar_chart(drawn, long_names=long_names)


def words_of(found: Mapping[Measure, int | None], measure: Measure) -> str:
    """Write a figure, or that it is hidden."""
    count = found.get(measure, 0)
    return _("masqué") if count is None else number(count)


def month_rows(found: Mapping[tuple[str, date], Parts]) -> list[OpenRow]:
    """List the months, as totals."""
    return [
        OpenRow(short_month(month), *[words_of(parts[""], measure) for measure in OPEN])
        for (_data_set, month), parts in found.items()
    ]


def written(session: Session, data_set: str, names: Mapping[str, str]) -> str:
    """Write a data set as CSV (RFC 4180, UTF-8): a line a month and part, an empty cell where a figure is hidden."""
    known = func.coalesce(OpenFigure.count, HIDDEN)
    shown = [func.max(case((col(OpenFigure.measure) == measure, known))) for measure in OPEN]
    columns: list[Any] = [OpenFigure.month, OpenFigure.part]
    wanted: Any = select(*columns, *shown).where(OpenFigure.data_set == data_set).group_by(*columns).order_by(*columns)
    lines = [
        [month.isoformat()[:7], part, names.get(part, ""), *[CELLS.get(count, count) for count in figures]]
        for month, part, *figures in session.connection().execute(wanted).all()
    ]
    return _csv([list(COLUMNS), *lines])


def dictionary() -> str:
    """Write the data dictionary as CSV."""
    return _csv([["colonne", "type", "definition"], *DICTIONARY_LINES])


def _csv(lines: Sequence[Sequence[object]]) -> str:
    content = StringIO()
    csv.writer(content).writerows(lines)
    return content.getvalue()
