"""The networks that run dispositifs and their operators: two lists, with the form that changes or adds one."""

from typing import Any

import reflex as rx

from stageplus.components import (
    button_link,
    error_summary,
    form_error,
    link,
    row,
    section,
    select_field,
    submit_button,
    text_field,
)
from stageplus.components.table import Column, table
from stageplus.pages.admin.reference_parts import NETWORKS, history, reference_page, why_field
from stageplus.pages.page import Page
from stageplus.services.networks.schemas import NetworkRow, OperatorRow
from stageplus.states.admin.networks import OffaNetworksState
from stageplus.states.audience import Audience
from stageplus.texts import _


def networks_page() -> rx.Component:
    """Build the networks, their operators and the form that the address bar asks for."""
    state, found = OffaNetworksState, OffaNetworksState.found
    of_networks = [
        Column(_("Réseau"), lambda each: each.name),
        Column(_("Sous le nom de ses opérateurs"), lambda each: each.words),
        Column(_("Opérateurs"), lambda each: each.operators, one_line=True),
        Column(_("Dispositifs"), lambda each: each.schemes),
        Column(_("Suite"), _change_network, one_line=True),
    ]
    of_operators = [
        Column(_("Opérateur"), lambda each: each.name),
        Column(_("Réseau"), lambda each: each.network, one_line=True),
        Column(_("Commune"), lambda each: each.place),
        Column(_("Contact"), _contact),
        Column(_("Apprenants"), lambda each: each.learners, figures=True),
        Column(_("Suite"), _change_operator, one_line=True),
    ]
    networks = table(_("Réseaux"), of_networks, found.networks, under_heading=True, wide=True)
    operators = table(_("Opérateurs"), of_operators, found.operators, under_heading=True, wide=True)
    return reference_page(
        rx.match(state.editing, ("reseau", _network_form()), ("operateur", _operator_form()), rx.fragment()),
        section(_("Réseaux"), networks, hint=_("Un dispositif dit quels réseaux le suivent.")),
        section(
            _("Opérateurs"),
            operators,
            hint=_("Le personnel d’un nouvel opérateur s’invite depuis « Comptes », puis importe sa liste."),
        ),
        history(found.history),
        title=_("Réseaux et opérateurs"),
        actions=row(
            button_link(_("Ajouter un réseau"), f"{NETWORKS}?reseau=", variant="secondary", icon_name="plus"),
            button_link(_("Ajouter un opérateur"), f"{NETWORKS}?operateur=0", variant="secondary", icon_name="plus"),
        ),
        tab="/reseaux",
    )


def _network_form() -> rx.Component:
    state, chosen, errors = OffaNetworksState, OffaNetworksState.network, OffaNetworksState.errors
    return section(
        rx.cond(chosen.code, _("Changer le réseau"), _("Ajouter un réseau")),
        rx.el.form(
            error_summary(errors, (), general=form_error(errors, "form")),
            rx.el.input(type="hidden", name="code", value=chosen.code, read_only=True),
            text_field("name", _("Nom court du réseau"), value=chosen.name, error=form_error(errors, "name")),
            text_field(
                "words",
                _("Mots sous le nom de ses opérateurs"),
                value=chosen.words,
                hint=_("Par exemple : haute école, enseignement supérieur."),
                error=form_error(errors, "words"),
            ),
            why_field(errors),
            row(submit_button(_("Enregistrer")), link(_("Annuler"), href=NETWORKS)),
            on_submit=state.save_network,
            class_name="card stack measure",
            key=f"reseau-{chosen.code}-{state.answered}",
        ),
    )


def _operator_form() -> rx.Component:
    state, chosen, errors = OffaNetworksState, OffaNetworksState.operator, OffaNetworksState.errors
    return section(
        rx.cond(chosen.operator_id, _("Changer l’opérateur"), _("Ajouter un opérateur")),
        rx.el.form(
            error_summary(errors, (), general=form_error(errors, "form")),
            rx.el.input(type="hidden", name="operator_id", value=f"{chosen.operator_id}", read_only=True),
            _text("name", _("Nom de l’opérateur"), chosen.name),
            select_field(
                "kind",
                _("Réseau"),
                state.found.choices,
                empty=_("Choisir"),
                value=chosen.kind,
                error=form_error(errors, "kind"),
            ),
            _text("place", _("Commune ou code postal"), chosen.place),
            _text("email", _("Adresse e-mail de contact"), chosen.email, inputmode="email"),
            _text("phone", _("Téléphone de contact"), chosen.phone, optional=True, inputmode="tel"),
            why_field(errors),
            row(submit_button(_("Enregistrer")), link(_("Annuler"), href=NETWORKS)),
            on_submit=state.save_operator,
            class_name="card stack measure",
            key=f"operateur-{chosen.operator_id}-{state.answered}",
        ),
    )


def _text(name: str, label: str, value: Any, **options: Any) -> rx.Component:
    return text_field(name, label, value=value, error=form_error(OffaNetworksState.errors, name), **options)


def _contact(each: OperatorRow) -> rx.Component:
    return rx.el.div(each.email, rx.cond(each.phone, rx.el.div(each.phone, class_name="second-line")))


def _change_network(each: NetworkRow) -> rx.Component:
    return _change(f"{NETWORKS}?reseau={each.code}", each.name)


def _change_operator(each: OperatorRow) -> rx.Component:
    return _change(f"{NETWORKS}?operateur={each.operator_id}", each.name)


def _change(path: Any, name: Any) -> rx.Component:
    return link(_("Changer"), href=path, custom_attrs={"aria-label": _("Changer") + " : " + name})


PAGES = (
    Page(
        NETWORKS,
        _("Réseaux et opérateurs"),
        Audience.OFFA,
        networks_page,
        loads=[OffaNetworksState.load, OffaNetworksState.follow],
    ),
)
