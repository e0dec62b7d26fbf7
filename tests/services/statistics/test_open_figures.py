"""Open figures: right, published once, and no hidden one can be worked out from what is shown."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.disclosure import FLOOR
from stageplus.domain.errors import NotFound
from stageplus.domain.happenings import Measure
from stageplus.models import FactDay, FactMark, OpenFigure
from stageplus.services.facts.actions import count_facts
from stageplus.services.statistics.actions import publish_months
from stageplus.services.statistics.publishing import Figures, figures_of
from stageplus.services.statistics.queries import open_data, open_figures
from stageplus.services.statistics.schemas import COLUMNS, MonthSearch
from tests import factories
from tests.factories import NOW
from tests.services.facts.generated import a_generated_place, events

SEARCH = MonthSearch()
TRADES = {f"{sector}{number}": sector for sector in "abc" for number in range(1 + 2 * "abc".index(sector))}
BASINS = {"namur", "liege", "mons", "hors-bassin"}
CELLS = st.tuples(st.sampled_from(["namur", "liege", "mons", ""]), st.sampled_from(sorted(TRADES)))
WORLDS = st.dictionaries(CELLS, st.one_of(st.integers(1, 4), st.integers(1, 40)), max_size=16)
Cell = tuple[str, str]


def published(counts: dict[tuple[str, str], int]) -> Figures:
    return figures_of(
        {(basin, TRADES[trade], trade): count for (basin, trade), count in counts.items()}, BASINS, TRADES
    )


def sums() -> list[tuple[Cell, list[Cell]]]:
    """List what anybody knows: which parts make which whole."""
    sectors = sorted(set(TRADES.values()))
    return [
        (("mois", ""), [("bassins", each) for each in sorted(BASINS)]),
        (("mois", ""), [("secteurs", each) for each in sectors]),
        *((("secteurs", each), [("metiers", trade) for trade in TRADES if TRADES[trade] == each]) for each in sectors),
    ]


def worked_out(shown: Figures) -> set[Cell]:
    """Return the hidden cells that linear algebra finds: all equations at once, brought to their reduced form."""
    hidden = sorted(cell for cell, count in shown.items() if count is None)
    rows = []
    for whole, parts in sums():
        row = [Fraction(0)] * (len(hidden) + 1)
        for cell, sign in [(whole, -1), *((part, 1) for part in parts)]:
            if cell in hidden:
                row[hidden.index(cell)] += sign
            else:
                row[-1] -= sign * (shown.get(cell) or 0)
        rows.append(row)
    reduced = list(_reduced(rows, len(hidden)))
    alone = [[number for number, factor in enumerate(row[:-1]) if factor] for row in reduced]
    return {hidden[found[0]] for found in alone if len(found) == 1}


def _reduced(rows: list[list[Fraction]], width: int) -> Iterator[list[Fraction]]:
    pivots = []
    for column in range(width):
        pivot = next((row for row in rows if row[column] and not any(row is each for each in pivots)), None)
        if pivot is None:
            continue
        pivot[:] = [each / pivot[column] for each in pivot]
        pivots.append(pivot)
        for row in rows:
            if row is not pivot and row[column]:
                factor = row[column]
                row[:] = [one - factor * other for one, other in zip(row, pivot, strict=True)]
    yield from pivots


def bounds(shown: Figures) -> dict[Cell, tuple[int, int]]:
    """Return the least and the most that each hidden cell may be, for whoever knows all the rules.

    Nought is shown where anything is; a whole is hidden only below the floor.
    """
    most = shown["mois", ""]
    found: dict[Cell, tuple[int, int]] = {("mois", ""): (1, FLOOR - 1) if most is None else (most, most)}
    for _whole, parts in sums():
        all_hidden = all(cell in shown and shown[cell] is None for cell in parts)
        for cell in parts:
            count = shown.get(cell, 0)
            found[cell] = (0 if all_hidden else 1, 10**6) if count is None else (count, count)
    before = None
    while before != found:
        before = dict(found)
        for whole, parts in sums():
            least, top = sum(found[each][0] for each in parts), sum(found[each][1] for each in parts)
            low, high = found[whole]
            found[whole] = max(low, least), min(high, top)
            low, high = found[whole]
            for cell in parts:
                mine = found[cell]
                found[cell] = max(mine[0], low - (top - mine[1])), min(mine[1], high - (least - mine[0]))
                least, top = least - mine[0] + found[cell][0], top - mine[1] + found[cell][1]
    return {cell: found[cell] for cell, count in shown.items() if count is None}


@settings(max_examples=300)
@given(WORLDS)
def test_no_hidden_figure_can_be_worked_out(counts: dict[tuple[str, str], int]) -> None:
    shown = published(counts)
    assert worked_out(shown) == set()
    whole_is_shown = shown["mois", ""] is not None
    for cell, (least, most) in bounds(shown).items():
        assert least < most, cell
        assert most >= FLOOR or not whole_is_shown, f"{cell} is known to be small"


@given(WORLDS)
def test_what_is_shown_is_right_and_never_small(counts: dict[tuple[str, str], int]) -> None:
    shown = published(counts)
    assert all(count == 0 or count >= FLOOR for count in shown.values() if count is not None)
    for basin in ("namur", "liege"):
        true = sum(count for (where, _trade), count in counts.items() if where == basin)
        assert shown.get(("bassins", basin), 0) in (true, None)
    for trade in TRADES:
        true = sum(count for (_where, which), count in counts.items() if which == trade)
        assert shown.get(("metiers", trade), 0) in (true, None)


def test_the_attack_finds_what_hiding_one_cell_alone_would_give_away() -> None:
    shown = published({("namur", "a0"): 30, ("liege", "b0"): 40, ("mons", "c0"): 3})
    careless = {cell: count for cell, count in shown.items() if cell[0] != "bassins"}
    careless |= {("bassins", "namur"): 30, ("bassins", "liege"): 40, ("bassins", "mons"): None}
    assert worked_out(careless) == {("bassins", "mons")}
    assert bounds(careless)["bassins", "mons"] == (3, 3)


def put(session: Session, day: date, count: int, measure: Measure = Measure.SENT, **where: str) -> None:
    split = {"sector_code": "alimentation", "trade_code": "boulanger", "basin_code": "namur"} | where
    row = {"sent_on": day, "operator_id": 0, "scheme_code": "alternance-secondaire", "waited": 0, "count": count}
    session.add(FactDay(day=day, measure=measure, **row, **split))


@pytest.fixture
def autumn(database: Engine) -> Engine:
    """Publish September and October; November is not over."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        put(session, date(2026, 9, 30), 12)
        put(session, date(2026, 10, 1), 20)
        put(session, date(2026, 10, 2), 8, trade_code="patissier")
        put(session, date(2026, 10, 31), 7, sector_code="soins", trade_code="coiffeur", basin_code="")
        put(session, date(2026, 10, 5), 3, Measure.ANSWERED)
        put(session, date(2026, 11, 1), 99)
        session.add(FactMark(counted_until=NOW))
    publish_months(now=NOW, on=database)
    return database


def test_a_month_is_published_once_it_is_over(autumn: Engine) -> None:
    page = open_figures(None, SEARCH, now=NOW, on=autumn)
    assert page.months == [("2026-10", "octobre 2026"), ("2026-09", "septembre 2026")]
    assert [(row.name, row.sent, row.answered) for row in page.trend] == [
        ("sept. 2026", "12", "0"),
        ("oct. 2026", "35", "masqué"),
    ]
    assert (page.month, page.month_words) == ("2026-10", "En octobre 2026")
    assert [(row.name, row.sent) for row in page.basins] == [("Namur", "28"), ("Hors bassin", "7")]
    sectors = [(row.name, row.sent, row.answered) for row in page.sectors]
    assert sectors == [("Alimentation", "28", "masqué"), ("Mobilite", "0", "masqué"), ("Soins", "7", "masqué")]
    assert [(row.name, row.sent) for row in page.trades][:2] == [
        ("Boulangère / Boulanger", "20"),
        ("Coiffeuse / Coiffeur", "7"),
    ]
    assert [(bar.label, bar.words) for bar in page.basin_chart.bars] == [("Namur", "28"), ("Hors bassin", "7")]


def test_the_address_names_the_month(autumn: Engine) -> None:
    assert open_figures(None, MonthSearch(month="2026-09"), now=NOW, on=autumn).month == "2026-09"
    assert open_figures(None, MonthSearch(month="2026-11"), now=NOW, on=autumn).month == "2026-10"


def test_what_is_published_never_changes(autumn: Engine) -> None:
    before = open_data(None, "metiers", now=NOW, on=autumn)
    with transaction(autumn) as session:
        put(session, date(2026, 10, 20), 1, basin_code="liege")
    assert publish_months(now=NOW, on=autumn) == 0
    assert open_data(None, "metiers", now=NOW, on=autumn) == before


def test_a_month_waits_until_it_is_counted_for_good(database: Engine) -> None:
    with transaction(database) as session:
        factories.minimal_reference(session)
        put(session, date(2026, 10, 1), 20)
        session.add(FactMark(counted_until=datetime(2026, 11, 1, 12, tzinfo=UTC)))
    assert publish_months(now=NOW, on=database) == 0
    with transaction(database) as session:
        mark = session.get_one(FactMark, 1)
        mark.counted_until = datetime(2026, 11, 2, 0, tzinfo=UTC)
        session.add(mark)
    assert publish_months(now=NOW, on=database) > 0


def test_the_file_holds_every_month_and_leaves_hidden_cells_empty(autumn: Engine) -> None:
    lines = open_data(None, "bassins", now=NOW, on=autumn).content.split("\r\n")
    assert lines[0] == ",".join(COLUMNS)
    assert lines[1] == "2026-09,namur,Namur,0,12,0,0,0"
    assert lines[2:4] == ["2026-10,hors-bassin,Hors bassin,0,7,,0,0", "2026-10,namur,Namur,0,28,,0,0"]
    months = open_data(None, "mois", now=NOW, on=autumn).content
    assert "2026-10,,,0,35,,0,0" in months


def test_the_columns_of_version_1_stay(autumn: Engine) -> None:
    assert COLUMNS == (
        "mois",
        "code",
        "nom",
        "offres_publiees",
        "candidatures_envoyees",
        "premieres_reponses",
        "mises_en_relation",
        "premiers_jours",
    )
    dictionary = open_data(None, "dictionnaire", now=NOW, on=autumn).content
    assert [line.split(",")[0] for line in dictionary.split("\r\n")[1:-1]] == list(COLUMNS)


def test_another_name_is_no_data_set(database: Engine) -> None:
    with pytest.raises(NotFound):
        open_data(None, "personnes", now=NOW, on=database)


def test_nothing_is_published_of_an_empty_site(database: Engine) -> None:
    assert publish_months(now=NOW, on=database) == 0
    assert open_figures(None, SEARCH, now=NOW, on=database).months == []


def test_a_generated_world_is_published_as_its_days_say(database: Engine) -> None:
    random = Random(7)
    with transaction(database) as session:
        for _at, happen in events(random, *a_generated_place(session, random), 100):
            happen(session)
    count_facts(now=NOW, on=database)
    publish_months(now=NOW, on=database)
    with reading(database) as session:
        open_rows = session.exec(select(OpenFigure).where(col(OpenFigure.count).is_not(None))).all()
        days = session.exec(select(FactDay)).all()
    columns = {"mois": None, "bassins": "basin_code", "secteurs": "sector_code", "metiers": "trade_code"}
    for row in open_rows:
        after = (row.month + timedelta(days=31)).replace(day=1)
        column, part = columns[row.data_set], "" if row.part == "hors-bassin" else row.part
        mine = [each for each in days if row.month <= each.day < after and each.measure is row.measure]
        assert row.count == sum(each.count for each in mine if column is None or getattr(each, column) == part)
    assert len(open_rows) > 20
