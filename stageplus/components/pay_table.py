"""The legal minimum a learner receives each month, level by level, explained in everyday words."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from stageplus.components.props import Content, Text
from stageplus.components.table import Column, table
from stageplus.texts import _


def pay_table(rows: Sequence[Any] | rx.Var[Any], *, explanation: Text, source: Text = "") -> rx.Component:
    """Show rows with `level`, `meaning` and `amount`, then where the figures come from."""
    columns = [
        Column(_("Niveau"), _level),
        Column(_("Quand"), lambda row: row.meaning),
        Column(_("Par mois, au moins"), lambda row: row.amount, figures=True),
    ]
    return rx.el.div(
        rx.el.p(explanation),
        table(_("Rétribution minimale"), columns, rows),
        rx.el.p(source, class_name="hint"),
        class_name="stack stack-tight",
    )


def _level(row: Any) -> Content:
    return row.level
