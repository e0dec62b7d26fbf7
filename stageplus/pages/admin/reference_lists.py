"""The sectors and the dispositifs: each in a short list, with the form that changes one or adds another."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button_link,
    checkbox,
    checkbox_group,
    date_field,
    error_summary,
    form_error,
    link,
    number_field,
    row,
    section,
    submit_button,
    text_field,
)
from stageplus.components.table import Column, table
from stageplus.pages.admin.reference_parts import PATH, history, reference_page, why_field
from stageplus.pages.page import Page
from stageplus.services.reference.schemas import OPERATOR_WORDS, SchemeRow, SectorRow
from stageplus.states.admin.reference import NEW, OffaSchemesState, OffaSectorsState
from stageplus.states.audience import Audience
from stageplus.texts import _

SECTORS, SCHEMES = f"{PATH}/secteurs", f"{PATH}/dispositifs"


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


def schemes_page() -> rx.Component:
    """Build the list of dispositifs and its form."""
    found = OffaSchemesState.found
    columns = [
        Column(_("Dispositif"), lambda each: each.name),
        Column(_("Âges"), lambda each: each.ages),
        Column(_("Opérateurs"), lambda each: each.kinds_words),
        Column(_("Valable"), lambda each: each.since_words),
        Column(_("En ligne"), lambda each: each.offers, one_line=True),
        Column(_("Suite"), lambda each: _change(each, SCHEMES), one_line=True),
    ]
    return reference_page(
        rx.cond(OffaSchemesState.editing, _scheme_form()),
        section(_("Tous les dispositifs"), table(_("Dispositifs"), columns, found.rows, under_heading=True, wide=True)),
        history(found.history),
        title=_("Dispositifs"),
        actions=_add(_("Ajouter un dispositif"), SCHEMES),
        tab="/dispositifs",
        lead=_(
            "Les entreprises choisissent parmi ceux qui sont en vigueur ; les listes des opérateurs suivent leurs âges."
        ),
    )


def _scheme_form() -> rx.Component:
    chosen, errors = OffaSchemesState.chosen, OffaSchemesState.errors
    ages = (
        ("min_age", _("Âge minimum"), chosen.min_age),
        ("min_age_with_two_years", _("Avec deux années de secondaire"), chosen.min_age_with_two_years),
        ("max_age_contract", _("Contrat avant l’âge de"), chosen.max_age_contract),
    )
    kinds = list(OPERATOR_WORDS.items())
    return section(
        rx.cond(chosen.code, _("Changer le dispositif"), _("Ajouter un dispositif")),
        rx.el.form(
            error_summary(errors, (), general=form_error(errors, "form")),
            _code(chosen.code),
            text_field("name", _("Nom du dispositif"), value=chosen.name, error=form_error(errors, "name")),
            *[
                number_field(name, label, value=rx.cond(age, f"{age}", ""), error=form_error(errors, name))
                for name, label, age in ages
            ],
            checkbox_group(
                "kinds",
                _("Opérateurs"),
                kinds,
                chosen=chosen.kinds,
                error=form_error(errors, "kinds"),
                side_by_side=True,
            ),
            date_field(
                "effective_from",
                _("Valable à partir du"),
                value=chosen.since,
                error=form_error(errors, "effective_from"),
            ),
            why_field(errors),
            row(submit_button(_("Enregistrer")), link(_("Annuler"), href=SCHEMES)),
            on_submit=OffaSchemesState.save,
            class_name="card stack measure",
            key=f"{chosen.code}-{OffaSchemesState.answered}",
        ),
    )


def _code(code: Any) -> rx.Component:
    return rx.el.input(type="hidden", name="code", value=code, read_only=True)


def _change(each: SectorRow | SchemeRow, path: str) -> rx.Component:
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
    Page(
        SCHEMES, _("Dispositifs"), Audience.OFFA, schemes_page, loads=[OffaSchemesState.load, OffaSchemesState.follow]
    ),
)
