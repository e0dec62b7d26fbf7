"""Figures for OFFA, and those open to everybody."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.charts import Chart
from stageplus.domain.errors import NotFound
from stageplus.domain.happenings import Measure
from stageplus.services.facts.queries import counted_until
from stageplus.services.statistics import following, opening
from stageplus.services.statistics.schemas import (
    DICTIONARY,
    SETS,
    FiguresSearch,
    FollowedFigures,
    MonthSearch,
    OpenFigures,
    OpenFile,
)
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, long_month, moment_words, number, short_month

MOST_MONTHS = 24
"""Of the trend on the page; the file holds them all."""


def followed_figures(
    actor: Actor | None, search: FiguresSearch, *, now: datetime, on: Engine | None = None
) -> FollowedFigures:
    """Show OFFA how far applications come, how fast they are answered and how that goes from month to month.

    The funnel follows the applications sent in the period, whenever they came further; the trend counts what happened
    in each month, whenever the application was sent. Counted until the last run of the task, which the page says.
    """
    require(actor, Permission.SITE_WATCH)
    today = day_in_brussels(now)
    first = following.first_of(search, today)
    with reading(on) as session:
        until = counted_until(session)
        sent = following.sent_since(session, search, first, today)
        months = following.by_month(session, search, first, today)
        choices = following.choices_in(session)
    found, days = following.totals(sent), following.median_days(sent)
    return FollowedFigures(
        counted=_counted(until),
        answer_rate=following.per_cent(found.get(Measure.ANSWERED, 0), found.get(Measure.SENT, 0)),
        answer_days="—" if days is None else ngettext("{n} jour", "{n} jours", days).format(n=number(days)),
        funnel=following.funnel_rows(found, with_openings=not search.operator),
        funnel_chart=following.funnel_chart(found),
        months=following.month_rows(months),
        sent_chart=following.month_chart(months, Measure.SENT),
        answered_chart=following.month_chart(months, Measure.ANSWERED),
        introduced_chart=following.month_chart(months, Measure.INTRODUCED),
        endings=following.ending_rows(found),
        choices=choices,
    )


def _counted(until: datetime | None) -> str:
    if until is None:
        return _("Pas encore compté : la tâche « Chiffres du site » passe toutes les dix minutes.")
    return _("Compté jusqu’au {moment}.").format(moment=moment_words(until))


def open_figures(actor: Actor | None, search: MonthSearch, *, now: datetime, on: Engine | None = None) -> OpenFigures:
    """Show everybody what is published: the trend of all months, and one month by basin, sector and trade."""
    with reading(on) as session:
        months = opening.months_in(session)
        if not months:
            return OpenFigures()
        month = next((each for each in months if each.isoformat()[:7] == search.month), months[0])
        trend = opening.published(session, ["mois"])
        found = opening.published(session, ["bassins", "secteurs", "metiers"], month)
        names = opening.names_in(session)
    basins, sectors, trades = (found.get((data_set, month), {}) for data_set in ("bassins", "secteurs", "metiers"))
    lately = list(trend.items())[-MOST_MONTHS:]
    return OpenFigures(
        months=[(each.isoformat()[:7], long_month(each)) for each in months],
        month=month.isoformat()[:7],
        month_words=_("En {month}").format(month=long_month(month)),
        trend=opening.month_rows(dict(lately)),
        trend_chart=opening.chart_of([(short_month(key[1]), parts[""]) for key, parts in lately], Measure.SENT),
        basins=opening.rows_of(basins, names["basin"]),
        basin_chart=_chart(basins, names["basin"]),
        sectors=opening.rows_of(sectors, names["sector"], only_known=True),
        sector_chart=_chart(sectors, names["sector"], long_names=True),
        trades=opening.rows_of(trades, names["trade"], only_known=True),
    )


def open_data(actor: Actor | None, name: str, *, now: datetime, on: Engine | None = None) -> OpenFile:
    """Give everybody a data set, or the dictionary of their columns; raises `NotFound` for any other name."""
    if name == DICTIONARY:
        return OpenFile(name, opening.dictionary())
    if name not in SETS:
        raise NotFound(name)
    with reading(on) as session:
        names = opening.names_in(session)
        return OpenFile(name, opening.written(session, name, names.get(opening.NAMED.get(name, ""), {})))


def _chart(parts: opening.Parts, names: Mapping[str, str], *, long_names: bool = False) -> Chart:
    points = [(words, parts.get(code, {})) for code, words in names.items() if code in parts or not long_names]
    return opening.chart_of(points, Measure.SENT, long_names=long_names)
