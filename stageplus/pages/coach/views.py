"""The views that a coach keeps, above a list: each a link, and a form to keep the present one."""

import reflex as rx

from stageplus.components import button, disclosure, error_summary, form_error, link, submit_button, text_field
from stageplus.components.props import Text
from stageplus.services.saved_views.schemas import ViewRow
from stageplus.states.coach.views import CoachViewsState as State
from stageplus.texts import _


def views_bar(query: Text) -> rx.Component:
    """Build it; `query` is what the address of the list asks for now."""
    rows = State.views.rows
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
                error_summary(State.errors, ("view_name",), general=form_error(State.errors, "form")),
                rx.el.input(type="hidden", name="of_list", value=State.views.of_list, read_only=True),
                rx.el.input(type="hidden", name="query", value=query, read_only=True),
                text_field(
                    "view_name",
                    _("Nom de la vue"),
                    hint=_("Filtres et ordre de la liste. Un nom déjà pris prend les nouveaux."),
                    error=form_error(State.errors, "view_name"),
                ),
                submit_button(_("Garder la vue"), size="small"),
                on_submit=State.keep,
                class_name="stack stack-tight measure",
                key=State.kept,
            ),
            rx.el.ul(rx.foreach(rows, _kept), class_name="stack stack-tight measure"),
        ),
        class_name="stack stack-tight",
    )


def _opened(row: ViewRow) -> rx.Component:
    return rx.el.li(link(row.name, href=row.href, class_name="chip"))


def _kept(row: ViewRow) -> rx.Component:
    drop = button(
        _("Effacer la vue"), variant="quiet", size="small", description=row.name, on_click=State.drop(row.view_id)
    )
    return rx.el.li(rx.el.span(row.name), drop, class_name="line-between")
