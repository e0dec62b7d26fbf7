"""Dense tables for desks, with a caption and a header that stays; where there is no room each row becomes a card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from stageplus.components.props import Content, Text, attributes, class_names, either, shown_if_filled


@dataclass(frozen=True)
class Column:
    """One column: its heading, what a row shows in it, whether it holds figures, whether its words stay on a line.

    A table whose reader chooses columns shows one that has a `key` only while it is among those chosen.
    """

    heading: str
    cell: Callable[[Any], Content]
    figures: bool = False
    one_line: bool = False
    key: str = ""


def table(
    caption: Text,
    columns: Sequence[Column],
    rows: Sequence[Any] | rx.Var[Any],
    *,
    under_heading: bool = False,
    wide: bool = False,
    shown: Sequence[str] | rx.Var[Any] | None = None,
) -> rx.Component:
    """Build a table; the first column names the row. `shown` holds the keys of the chosen columns, if one chooses.

    A caption that repeats the heading above it (`under_heading`) is for screen readers only. A `wide` table has too
    many columns for a tablet.
    """

    def line(row: Any) -> rx.Component:
        cells = [_if_shown(column, shown, _cell(column, row, first=index == 0)) for index, column in enumerate(columns)]
        return rx.el.tr(*cells, role="row")

    body = [rx.foreach(rows, line)] if isinstance(rows, rx.Var) else [line(row) for row in rows]
    heads = [_if_shown(column, shown, _head(column)) for column in columns]
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="sr" if under_heading else ""),
            rx.el.thead(rx.el.tr(*heads, role="row"), role="rowgroup"),
            rx.el.tbody(*body, role="rowgroup"),
            class_name=class_names("sheet", "sheet-wide" if wide else ""),
            role="table",
        ),
        class_name="table-box",
    )


def _if_shown(column: Column, shown: Sequence[str] | rx.Var[Any] | None, cell: rx.Component) -> rx.Component:
    if shown is None or not column.key:
        return cell
    wanted = shown.to(list[str]).contains(column.key) if isinstance(shown, rx.Var) else column.key in shown
    return either(wanted, cell)


def _head(column: Column) -> rx.Component:
    return rx.el.th(column.heading, scope="col", role="columnheader", class_name=_look(column))


def _cell(column: Column, row: Any, *, first: bool) -> rx.Component:
    # The roles say again what the elements are: rows drawn as cards would lose it for screen readers.
    label = attributes(data_label=column.heading or None)
    content = rx.el.div(column.cell(row))
    if first:
        return rx.el.th(content, scope="row", role="rowheader", custom_attrs=label)
    return rx.el.td(content, role="cell", class_name=_look(column), custom_attrs=label)


def _look(column: Column) -> str:
    return class_names("num" if column.figures else "", "line" if column.one_line else "")


def cut_line(words: Text) -> rx.Component:
    """Say under a table that it shows its first lines only; nothing when it shows all."""
    return shown_if_filled(words, rx.el.p(words, class_name="hint"))
