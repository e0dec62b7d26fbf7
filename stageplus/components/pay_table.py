"""The legal minimum a learner receives each month, level by level, explained in everyday words."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from stageplus.components.props import Text
from stageplus.texts import _


def pay_table(rows: Sequence[Any] | rx.Var[Any], *, explanation: Text, source: Text = "") -> rx.Component:
    """Show rows with `level`, `meaning` and `amount` side by side, then where the figures come from."""
    levels = [rx.foreach(rows, _level)] if isinstance(rows, rx.Var) else [_level(row) for row in rows]
    return rx.el.div(
        rx.el.p(explanation),
        rx.el.ul(*levels, class_name="levels"),
        rx.el.p(source, class_name="hint"),
        class_name="stack stack-tight",
    )


def _level(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(_("Niveau"), " ", row.level, class_name="hint"),
        rx.el.strong(row.amount),
        rx.el.span(row.meaning, class_name="hint"),
    )
