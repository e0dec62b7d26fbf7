"""Bar charts as SVG: laid out on the server, in the colours of the page, read without them and without moving."""

from typing import Any

import reflex as rx

from stageplus.components.document import versioned
from stageplus.components.props import Content, Text
from stageplus.domain.charts import BAR, GUTTER, Bar, Tick


def drawn_beside(*parts: Content, several: bool = False) -> rx.Component:
    """Put a drawing and its table beside each other where there is room, or `several` drawings in a row.

    Brings the styles of drawings along, which other pages do without.
    """
    # With a precedence React asks for a style sheet once, however often it is named, and waits for it.
    styles = rx.el.link(rel="stylesheet", href=versioned("charts.css"), custom_attrs={"precedence": "charts"})
    return rx.el.div(styles, *parts, class_name="charts" if several else "chart-and-table")


def chart(drawn: Any, title: Text, *, unit: Text) -> rx.Component:
    """Draw a chart under its title, with the unit of its axis; screen readers hear every figure.

    `drawn` is a variable of `domain/charts.py: Chart`.
    """
    return rx.el.figure(
        rx.el.figcaption(rx.el.strong(title), " ", rx.el.span(unit, class_name="hint")),
        rx.el.svg(
            rx.foreach(drawn.ticks, lambda tick: _tick(tick, drawn)),
            rx.foreach(drawn.bars, lambda bar: _bar(bar, drawn)),
            view_box=drawn.box,
            class_name=rx.cond(drawn.axis == 0, "chart chart-long-names", "chart"),
            custom_attrs={"role": "img", "aria-label": title + " — " + drawn.words},
        ),
        class_name="chart-box",
    )


def _bar(bar: Bar, drawn: Any) -> rx.Component:
    beside = rx.cond(drawn.axis == 0, 0, GUTTER - 8)
    return rx.el.svg.g(
        rx.el.svg.text(bar.label, x=beside, y=bar.label_y, class_name="chart-name"),
        rx.el.svg.rect(x=drawn.axis, y=bar.y, width=bar.width, height=BAR, class_name="chart-bar"),
        rx.el.svg.text(
            bar.words, x=bar.words_x, y=bar.text_y, class_name=rx.cond(bar.hidden, "chart-hidden", "chart-words")
        ),
    )


def _tick(tick: Tick, drawn: Any) -> rx.Component:
    return rx.el.svg.g(
        rx.el.svg.line(custom_attrs={"x1": tick.x, "x2": tick.x, "y1": 0, "y2": drawn.foot}, class_name="chart-line"),
        rx.el.svg.text(tick.words, x=tick.x, y=drawn.foot_text, class_name="chart-tick"),
    )
