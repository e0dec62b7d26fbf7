"""The sectors in a short list, with the form that changes one or adds another."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button_link,
    checkbox,
    error_summary,
    form_error,
    link,
    row,
    section,
    submit_button,
    text_field,
)
from stageplus.components.table import Column, table
from stageplus.pages.admin.reference_parts import PATH, history, reference_page, why_field
from stageplus.pages.page import Page
from stageplus.services.reference.schemas import SectorRow
from stageplus.states.admin.reference import NEW, OffaSectorsState
from stageplus.states.audience import Audience
from stageplus.texts import _

SECTORS = f"{PATH}/secteurs"


def sectors_page() -> rx.Component:
    """Build the list of sectors and its form."""
    found = OffaSectorsState.found
    columns = [
        Column(_("Secteur"), lambda each: each.name),
        Column(_("Fonds"), lambda each: each.fund),
        Column(_("Coachs"), _coached),
        Column(_("Métiers"), lambda each: each.trades, figures=True),
        Column(_("Suite"), lambda each: _change(each, SECTORS), one_line=True),
    ]
    return reference_page(
        rx.cond(OffaSectorsState.editing, _sector_form()),
        section(_("Tous les secteurs"), table(_("Secteurs"), columns, found.rows, under_heading=True, wide=True)),
        history(found.history),
        title=_("Secteurs"),
        actions=_add(_("Ajouter un secteur"), SECTORS),
        tab="/secteurs",
    )


def _sector_form() -> rx.Component:
    chosen, errors = OffaSectorsState.chosen, OffaSectorsState.errors
    coach = _("Ce secteur a des coachs")
    return section(
        rx.cond(chosen.code, _("Changer le secteur"), _("Ajouter un secteur")),
        rx.el.form(
            error_summary(errors, (), general=form_error(errors, "form")),
            _code(chosen.code),
            text_field("name", _("Nom du secteur"), value=chosen.name, error=form_error(errors, "name")),
            text_field(
                "fund", _("Fonds sectoriel"), value=chosen.fund, error=form_error(errors, "fund"), optional=True
            ),
            checkbox("has_coach", coach, checked=chosen.has_coach, hint=_("Dans ce cas, un coach donne son avis.")),
            why_field(errors),
            row(submit_button(_("Enregistrer")), link(_("Annuler"), href=SECTORS)),
            on_submit=OffaSectorsState.save,
            class_name="card stack measure",
            key=f"{chosen.code}-{OffaSectorsState.answered}",
        ),
    )


def _code(code: Any) -> rx.Component:
    return rx.el.input(type="hidden", name="code", value=code, read_only=True)


def _change(each: SectorRow, path: str) -> rx.Component:
    return link(
        _("Changer"), href=f"{path}?code={each.code}", custom_attrs={"aria-label": _("Changer") + " : " + each.name}
    )


def _add(label: str, path: str) -> rx.Component:
    return button_link(label, f"{path}?code={NEW}", variant="secondary", icon_name="plus")


def _coached(each: SectorRow) -> rx.Component:
    return rx.cond(
        each.has_coach, badge(f"{each.coaches}", tone="success", icon_name="people"), rx.el.span(_("sans coach"))
    )


PAGES = (
    Page(SECTORS, _("Secteurs"), Audience.OFFA, sectors_page, loads=[OffaSectorsState.load, OffaSectorsState.follow]),
)
