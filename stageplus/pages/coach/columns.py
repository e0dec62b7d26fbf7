"""The choice of columns above a coach's list, and what keeps it when a filter changes."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from stageplus.components import checkbox_group, disclosure, row, submit_button
from stageplus.components.table import Column
from stageplus.states.coach.columns import HIDDEN
from stageplus.texts import _


def columns_choice(columns: Sequence[Column], state: Any) -> rx.Component:
    """Build the boxes, one for each column that may be hidden."""
    options = [(column.key, column.heading) for column in columns if column.key]
    return disclosure(
        _("Choisir les colonnes"),
        rx.el.form(
            checkbox_group("columns", _("Colonnes affichées"), options, chosen=state.shown, side_by_side=True),
            rx.el.p(_("L’adresse, les vues gardées et les fichiers exportés suivent ce choix."), class_name="hint"),
            row(submit_button(_("Afficher ces colonnes"), size="small")),
            on_submit=state.choose_columns,
            class_name="stack stack-tight",
            key=state.form_round,
        ),
    )


def columns_kept(state: Any) -> rx.Component:
    """Carry the choice in the form of filters, so that a filter leaves it as it is."""
    return rx.el.input(
        type="hidden", name=HIDDEN, value=rx.cond(state.asked[HIDDEN], state.asked[HIDDEN], ""), read_only=True
    )
