"""The views that somebody keeps, above a list: each a link, and a form to keep the present one."""

from typing import Any

import reflex as rx

from stageplus.components.button import button, submit_button
from stageplus.components.disclosure import disclosure
from stageplus.components.error_summary import error_summary, form_error
from stageplus.components.field import text_field
from stageplus.components.link import link
from stageplus.components.props import Text
from stageplus.services.saved_views.schemas import ViewRow
from stageplus.texts import _

HINT = _("Filtres et ordre de la liste. Un nom déjà pris prend les nouveaux.")


def views_bar(state: Any, query: Text, hint: str = HINT) -> rx.Component:
    """Build it around the state that keeps the views; `query` is what the address of the list asks for now."""
    rows = state.views.rows
    return rx.el.div(
        rx.cond(
            rows,
            rx.el.nav(
                rx.el.ul(rx.foreach(rows, _opened), class_name="chips"), custom_attrs={"aria-label": _("Mes vues")}
            ),
        ),
        disclosure(
            _("Garder cette vue, ou en effacer une"),
            rx.el.form(
                error_summary(state.errors, ("view_name",), general=form_error(state.errors, "form")),
                rx.el.input(type="hidden", name="of_list", value=state.views.of_list, read_only=True),
                rx.el.input(type="hidden", name="query", value=query, read_only=True),
                text_field(
                    "view_name",
                    _("Nom de la vue"),
                    hint=hint,
                    error=form_error(state.errors, "view_name"),
                ),
                submit_button(_("Garder la vue"), size="small"),
                on_submit=state.keep,
                class_name="stack stack-tight measure",
                key=state.kept,
            ),
            rx.el.ul(
                rx.foreach(rows, lambda row: _kept(row, state.drop(row.view_id))),
                class_name="stack stack-tight measure",
            ),
        ),
        class_name="stack stack-tight",
    )


def _opened(row: ViewRow) -> rx.Component:
    return rx.el.li(link(row.name, href=row.href, class_name="chip"))


def _kept(row: ViewRow, on_drop: Any) -> rx.Component:
    drop = button(_("Effacer la vue"), variant="quiet", size="small", description=row.name, on_click=on_drop)
    return rx.el.li(rx.el.span(row.name), drop, class_name="line-between")
