"""Every figure has its unit, its definition and its source beside it, and a table beside its drawing."""

from stageplus.components import chart as charts
from stageplus.domain.disclosure import FLOOR
from stageplus.pages.admin.home import home_page
from stageplus.pages.public.statistics import desk_page, open_page
from stageplus.services.statistics.schemas import COLUMNS, SETS
from stageplus.states.statistics import OpenFiguresState
from stageplus.texts import _
from tests.components.rendered import attribute, tags, text_of


def test_a_drawing_says_all_its_figures_to_whoever_does_not_see_it() -> None:
    drawn = charts.chart(OpenFiguresState.found.trend_chart, "Candidatures", unit="par mois")
    [picture] = tags(drawn, "svg")
    assert attribute(picture, "role") == "img"
    assert "trend_chart" in attribute(picture, "aria-label")
    assert text_of(tags(drawn, "figcaption")[0]) == "Candidatures par mois"


def test_each_drawing_has_a_table_beside_it() -> None:
    for page in (home_page(), open_page(), desk_page()):
        assert len(tags(page, "figure")) >= 3
        assert len(tags(page, "table")) >= 3


def test_the_open_page_says_what_is_hidden_and_where_the_files_are() -> None:
    page = open_page()
    words, links = text_of(page), {attribute(link, "href") for link in tags(page, "a")}
    assert f"plus petit que {FLOOR}" in words
    assert "CC BY 4.0" in words
    assert links >= {f"/donnees/v1/{name}.csv" for name in (*SETS, "dictionnaire")}
    assert all(column in words for column in COLUMNS)


def test_offa_reads_the_source_of_each_part() -> None:
    assert text_of(home_page()).count(_("Source : journal des étapes de Stage+.")) == 3
