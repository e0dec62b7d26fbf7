"""Publishes a month that is over: counts from the facts, hides what is small, and keeps what was published."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, insert, select

from stageplus.domain.disclosure import FLOOR, hidden_parts
from stageplus.domain.happenings import Measure
from stageplus.domain.months import month_after
from stageplus.models import Basin, FactDay, OpenFigure, Trade
from stageplus.services.facts.queries import settled_until
from stageplus.texts.formats import day_in_brussels

OPEN = (Measure.PUBLISHED, Measure.SENT, Measure.ANSWERED, Measure.INTRODUCED, Measure.STARTED)
"""What is open to everybody, each counted on the day on which it happened: a month that is over stays as it is."""
OUTSIDE = "hors-bassin"
"""The part of the communes that belong to no basin: with it the parts add up to the whole."""
Figures = dict[tuple[str, str], int | None]
"""What is published of one measure, by data set and part; nothing where it is hidden."""


def months_due(session: Session) -> list[date]:
    """List the months that are over and counted for good, and not published yet."""
    settled, first = settled_until(session), session.exec(select(func.min(FactDay.day))).one()
    if settled is None or first is None:
        return []
    known = set(session.exec(select(col(OpenFigure.month)).where(OpenFigure.data_set == "mois")))
    month, due = first.replace(day=1), []
    while month_after(month) <= day_in_brussels(settled):
        due += [] if month in known else [month]
        month = month_after(month)
    return due


def publish(session: Session, month: date) -> int:
    """Publish a month and say how many figures that makes; what is nought everywhere has no row."""
    trades = {trade.code: trade.sector_code for trade in session.exec(select(Trade))}
    basins = set(session.exec(select(Basin.code))) | {OUTSIDE}
    rows = []
    for measure, found in _counted(session, month).items():
        shown = figures_of(found, basins, trades)
        for (data_set, part), count in shown.items():
            rows.append({"data_set": data_set, "month": month, "part": part, "measure": measure, "count": count})
    session.execute(insert(OpenFigure), rows)
    return len(rows)


def figures_of(found: Mapping[tuple[str, str, str], int], basins: set[str], trades: Mapping[str, str]) -> Figures:
    """Return what is published of one measure; `found` counts by basin, sector and trade.

    Basins add up to the whole, so do sectors, and the trades of each sector to theirs: three sums, each left in doubt
    where a part is hidden. Nothing else is published that would tie them together.
    """
    whole = sum(found.values())
    by_basin, by_sector = Counter(dict.fromkeys(basins, 0)), Counter(dict.fromkeys(trades.values(), 0))
    by_trade: dict[str, Counter[str]] = defaultdict(Counter)
    for trade, sector in trades.items():
        by_trade[sector][trade] = 0
    for (basin, sector, trade), count in found.items():
        home = trades.get(trade, sector)  # OFFA may have given the trade another sector since
        by_basin[basin or OUTSIDE] += count
        by_sector[home] += count
        by_trade[home][trade] += count
    hidden_sectors = hidden_parts(whole, by_sector)
    shown: Figures = {("mois", ""): None if 0 < whole < FLOOR else whole}
    shown |= _shown("bassins", by_basin, hidden_parts(whole, by_basin))
    shown |= _shown("secteurs", by_sector, hidden_sectors)
    for sector, parts in by_trade.items():
        hidden = hidden_parts(by_sector[sector], parts, whole_is_hidden=sector in hidden_sectors)
        shown |= _shown("metiers", parts, hidden)
    return shown


def _shown(data_set: str, parts: Mapping[str, int], hidden: frozenset[str]) -> Figures:
    return {
        (data_set, part): None if part in hidden else count for part, count in parts.items() if count or part in hidden
    }


def _counted(session: Session, month: date) -> dict[Measure, dict[tuple[str, str, str], int]]:
    split: list[Any] = [FactDay.measure, FactDay.basin_code, FactDay.sector_code, FactDay.trade_code]
    wanted: Any = select(*[*split, func.sum(FactDay.count)])
    wanted = wanted.where(FactDay.day >= month, FactDay.day < month_after(month), col(FactDay.measure).in_(OPEN))
    found: dict[Measure, dict[tuple[str, str, str], int]] = {measure: {} for measure in OPEN}
    for measure, basin, sector, trade, count in session.execute(wanted.group_by(*split)):
        found[measure][basin, sector, trade] = int(count)
    return found
