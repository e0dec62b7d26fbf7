"""Dense tables for desks, with a caption and a header that stays; on a phone each row becomes a card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from stageplus.components.props import Content, Text, attributes


@dataclass(frozen=True)
class Column:
    """One column: its heading, what a row shows in it, and whether it holds figures."""

    heading: str
    cell: Callable[[Any], Content]
    figures: bool = False


def table(caption: Text, columns: Sequence[Column], rows: Sequence[Any] | rx.Var[Any]) -> rx.Component:
    """Build a table; the first column names the row."""

    def line(row: Any) -> rx.Component:
        return rx.el.tr(*[_cell(column, row, first=index == 0) for index, column in enumerate(columns)])

    body = [rx.foreach(rows, line)] if isinstance(rows, rx.Var) else [line(row) for row in rows]
    heads = [rx.el.th(column.heading, scope="col", class_name=_figures(column)) for column in columns]
    return rx.el.div(
        rx.el.table(rx.el.caption(caption), rx.el.thead(rx.el.tr(*heads)), rx.el.tbody(*body), class_name="sheet"),
        class_name="table-box",
    )


def _cell(column: Column, row: Any, *, first: bool) -> rx.Component:
    label = attributes(data_label=column.heading or None)
    content = rx.el.div(column.cell(row))
    if first:
        return rx.el.th(content, scope="row", custom_attrs=label)
    return rx.el.td(content, class_name=_figures(column), custom_attrs=label)


def _figures(column: Column) -> str:
    return "num" if column.figures else ""
