"""Bars fit in their drawing, at the length of their figures, and say them in words."""

import pytest

from stageplus.domain.charts import BAR, GUTTER, ROOM, ROW, WIDTH, bar_chart, nice_top


@pytest.mark.parametrize(("most", "top"), [(0, 2), (1, 2), (3, 5), (7, 10), (11, 20), (50, 50), (1201, 2000)])
def test_the_axis_ends_at_a_round_number(most: int, top: int) -> None:
    assert nice_top(most) == top


def test_a_bar_is_as_long_as_its_figure_and_stays_inside() -> None:
    chart = bar_chart([("octobre", 50, "50"), ("novembre", 100, "100"), ("décembre", 0, "0")])
    long = WIDTH - GUTTER - ROOM
    assert [bar.width for bar in chart.bars] == [long // 2, long, 0]
    assert all(GUTTER + bar.width < bar.words_x < WIDTH for bar in chart.bars)
    assert [(tick.words, tick.x) for tick in chart.ticks] == [("0", 140), ("50", 239), ("100", 338)]
    assert chart.foot == 3 * ROW
    assert chart.box == "0 0 400 116"


def test_a_hidden_figure_has_no_bar_and_says_so() -> None:
    chart = bar_chart([("Namur", None, "masqué"), ("Liège", 8, "8")])
    assert [(bar.width, bar.hidden) for bar in chart.bars] == [(0, True), (158, False)]
    assert chart.words == "Namur : masqué; Liège : 8"


def test_long_names_stand_above_their_bars() -> None:
    chart = bar_chart([("Industrie technologique et métal", 10, "10"), ("Soins", 5, "5")], long_names=True)
    assert chart.axis == 0
    assert all(bar.label_y < bar.y < bar.text_y for bar in chart.bars)
    assert chart.bars[1].label_y > chart.bars[0].y + BAR
    assert [bar.width for bar in chart.bars] == [WIDTH - ROOM, (WIDTH - ROOM) // 2]


def test_nothing_to_draw_is_an_empty_drawing() -> None:
    assert bar_chart([]).bars == []
    assert [tick.words for tick in bar_chart([]).ticks] == ["0", "1", "2"]


def test_thousands_are_set_apart() -> None:
    assert bar_chart([("a", 1500, "1 500")]).ticks[-1].words == "2\u00a0000"
