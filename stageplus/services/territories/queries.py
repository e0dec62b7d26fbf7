"""The tension of a coach's trades, by basin; reads the figures of the day and reference data, nothing else."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.disclosure import FLOOR, hidden_parts
from stageplus.domain.distances import Point
from stageplus.domain.drawing import on_the_drawing
from stageplus.domain.happenings import Stock
from stageplus.domain.tension import Level, level_of, tension
from stageplus.domain.titles import both_genders
from stageplus.models import Basin, Municipality, Sector, StockDay, Trade
from stageplus.services.territories.schemas import BasinRow, Territory, TerritorySearch
from stageplus.texts import _
from stageplus.texts.formats import long_date, number

LEVEL_WORDS = {
    Level.UNKNOWN: _("Trop peu d’apprenants pour être comptés ici"),
    Level.NOBODY: _("Personne ne cherche"),
    Level.EASY: _("Assez de places"),
    Level.TIGHT: _("Plus d’apprenants que de places"),
    Level.NONE: _("Aucune place libre"),
}
Counts = Mapping[str, Counter[str]]


def territory(actor: Actor | None, search: TerritorySearch, *, now: datetime, on: Engine | None = None) -> Territory:
    """Show a coach, by basin, the free places and the learners who look for one in a trade or sector of his.

    Numbers of learners below five are hidden, and in each basin enough other trades that the whole sector gives none
    of them away. A sector that is not his own is another one of his.
    """
    actor = require(actor, Permission.OFFER_FOLLOW)
    with reading(on) as session:
        sectors = select(Sector.code, Sector.name).where(col(Sector.code).in_(actor.sectors))
        mine = [(code, name) for code, name in session.exec(sectors.order_by(col(Sector.name)))]
        if not mine:
            return Territory()
        sector = search.sector if search.sector in actor.sectors else mine[0][0]
        trades = {
            trade.code: both_genders(trade.name_f, trade.name_m)
            for trade in session.exec(select(Trade).where(Trade.sector_code == sector).order_by(col(Trade.name_f)))
        }
        trade = search.trade if search.trade in trades else ""
        day = session.exec(select(func.max(StockDay.day))).one()
        stocks = _stocks(session, sector, day)
        spots = _basins(session)
    rows = [_row(code, spot, stocks[Stock.PLACES], stocks[Stock.LOOKING], trade) for code, spot in spots.items()]
    counted = _("Chiffres du {day}.").format(day=long_date(day)) if day else ""
    return Territory(mine, list(trades.items()), sector, trade, counted, rows)


def _stocks(session: Session, sector: str, day: date | None) -> dict[Stock, dict[str, Counter[str]]]:
    """Count the stocks of a sector on a day, by basin and trade."""
    found: dict[Stock, dict[str, Counter[str]]] = {stock: defaultdict(Counter) for stock in Stock}
    for row in session.exec(select(StockDay).where(StockDay.day == day, StockDay.sector_code == sector)):
        found[row.stock][row.basin_code][row.trade_code] += row.count
    return found


def _basins(session: Session) -> dict[str, tuple[str, int, int]]:
    """Return the basins by code, with their name and the middle of their communes on the drawing."""
    middles = select(Basin.code, Basin.name, func.avg(Municipality.latitude), func.avg(Municipality.longitude))
    middles = middles.join(Municipality, col(Municipality.basin_code) == Basin.code)
    found = {}
    for code, name, latitude, longitude in session.exec(middles.group_by(Basin.code, Basin.name).order_by(Basin.name)):
        x, y = on_the_drawing(Point(latitude, longitude))
        found[code] = (name, round(10 * x), round(10 * y))
    return found


def _row(code: str, spot: tuple[str, int, int], places: Counts, looking: Counts, trade: str) -> BasinRow:
    free, seekers = places.get(code, Counter()), looking.get(code, Counter())
    whole = seekers.total()
    if trade:
        free_places, hidden = free[trade], trade in hidden_parts(whole, seekers)
        count = None if hidden else seekers[trade]
    else:
        free_places, count = free.total(), None if 0 < whole < FLOOR else whole
    found, level = tension(free_places, count), level_of(free_places, count)
    return BasinRow(
        code=code,
        name=spot[0],
        places=number(free_places),
        looking=_("masqué") if count is None else number(count),
        tension="—" if found is None else number(found),
        level=level.value,
        level_words=LEVEL_WORDS[level],
        x=spot[1],
        y=spot[2],
    )
