"""What the pages of the reference data share: their tabs, their frame, their history and the field for a reason."""

from typing import Any

import reflex as rx

from stageplus.components import (
    chip,
    chips,
    desk_shell,
    form_error,
    offa_nav,
    section,
    skeleton_rows,
    text_field,
)
from stageplus.components.table import Column, table
from stageplus.pages.page import frame
from stageplus.services.reference.schemas import ChangeRow
from stageplus.texts import _

PATH = "/offa/referentiels"
SCHEMES, NETWORKS = "/offa/dispositifs", "/offa/reseaux"
TABS = (
    ("", PATH, _("Métiers")),
    ("/mots", f"{PATH}/mots", _("Mots et recherches")),
    ("/secteurs", f"{PATH}/secteurs", _("Secteurs")),
    ("/dispositifs", SCHEMES, _("Dispositifs")),
    ("/reseaux", NETWORKS, _("Réseaux et opérateurs")),
    ("/ponderations", f"{PATH}/ponderations", _("Pondérations")),
    ("/parametres", f"{PATH}/parametres", _("Paramètres")),
)


def reference_page(*content: Any, title: Any, tab: str | None = None, **options: Any) -> rx.Component:
    """Build a page of the reference data; one that a list leads to has a way back instead of the tabs."""
    tabs = [chips(_("Référentiels"), [chip(label, path, current=tab == key) for key, path, label in TABS])]
    return desk_shell(
        offa_nav(),
        *(tabs if tab is not None else []),
        *content,
        title=title,
        active="referentiels",
        frame=frame(),
        skeleton=skeleton_rows(),
        **options,
    )


def why_field(errors: Any, field_id: str = "why") -> rx.Component:
    """Ask why something changes: the history keeps it."""
    return text_field(
        "why",
        _("Pourquoi ce changement"),
        hint=_("Gardé dans l’historique et au journal."),
        error=form_error(errors, "why"),
        field_id=field_id,
    )


def history(rows: Any) -> rx.Component:
    """Show what OFFA changed; nothing as long as it changed nothing."""
    columns = [
        Column(_("Quand"), lambda each: each.when, one_line=True),
        Column(_("Avant"), lambda each: each.before),
        Column(_("Après"), _after),
        Column(_("Pourquoi"), lambda each: each.why),
        Column(_("Par"), lambda each: each.by),
    ]
    shown = section(_("Historique"), table(_("Historique"), columns, rows, under_heading=True, wide=True))
    return rx.cond(rows, shown, rx.el.p(_("Aucun changement par OFFA jusqu’ici."), class_name="hint"))


def _after(each: ChangeRow) -> rx.Component:
    return rx.cond(each.after, rx.el.span(each.after), rx.el.em(_("retiré")))
