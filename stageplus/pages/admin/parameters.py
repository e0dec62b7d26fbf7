"""Dated parameters and the weights of ranking: what counts now, what is planned, and what a change would do."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button,
    callout,
    date_field,
    error_summary,
    fact,
    fact_if,
    facts,
    form_error,
    link,
    row,
    section,
    text_field,
)
from stageplus.components.table import Column, table
from stageplus.pages.admin.reference_parts import PATH, history, reference_page, why_field
from stageplus.pages.page import Page
from stageplus.services.parameters.schemas import (
    Effect,
    ParameterFamily,
    ParameterRow,
    RankedRow,
    ValueRow,
    WeightRow,
)
from stageplus.states.admin.parameters import (
    SAMPLE,
    TRY,
    OffaParametersState,
    OffaParameterState,
    OffaWeightsState,
)
from stageplus.states.audience import Audience
from stageplus.texts import _

PARAMETERS, WEIGHTS = f"{PATH}/parametres", f"{PATH}/ponderations"


def parameters_page() -> rx.Component:
    """Build the list of parameters."""
    return reference_page(
        rx.foreach(OffaParametersState.families, _family),
        title=_("Paramètres"),
        tab="/parametres",
        lead=_("Montants, délais et limites. Une valeur s’ajoute à partir d’une date ; le passé ne change pas."),
    )


def _family(family: ParameterFamily) -> rx.Component:
    columns = [
        Column(_("Paramètre"), _named),
        Column(_("En vigueur"), lambda each: each.value, one_line=True),
        Column(_("Prévu"), lambda each: each.planned),
        Column(_("Aperçu"), _tried, one_line=True),
    ]
    rows = family.rows.to(list[ParameterRow])
    return section(family.title, table(family.title, columns, rows, under_heading=True, wide=True))


def _named(each: ParameterRow) -> rx.Component:
    governs = rx.el.div(each.governs, class_name="second-line")
    return rx.el.div(link(each.label, href=f"{PARAMETERS}/{each.name}"), governs)


def _tried(each: ParameterRow) -> rx.Component:
    return rx.cond(each.is_tried, badge(_("calculé"), tone="success", icon_name="check"), rx.el.span("–"))


def parameter_page() -> rx.Component:
    """Build one parameter: its values, the form of a new one, and its effect."""
    state, detail = OffaParameterState, OffaParameterState.detail
    columns = [
        Column(_("Valeur"), lambda each: each.value, one_line=True),
        Column(_("À partir du"), lambda each: each.since, one_line=True),
        Column(_("État"), _standing, one_line=True),
        Column(_("Source"), lambda each: each.source),
        Column(_("Suite"), lambda each: _remove(each, state.remove(each.day)), one_line=True),
    ]
    return reference_page(
        facts(
            fact(_("En vigueur"), detail.row.value),
            fact(_("Règle"), detail.row.governs),
            fact_if(_("Prévu"), detail.row.planned),
            columns=2,
        ),
        _value_form(),
        section(_("Valeurs"), table(_("Valeurs"), columns, detail.dated, under_heading=True, wide=True)),
        history(detail.history),
        title=rx.cond(detail.row.label, detail.row.label, _("Paramètre")),
        back=(_("Paramètres"), PARAMETERS),
    )


def _value_form() -> rx.Component:
    state, detail, errors = OffaParameterState, OffaParameterState.detail, OffaParameterState.errors
    return section(
        _("Nouvelle valeur"),
        rx.el.form(
            error_summary(errors, (), general=form_error(errors, "form")),
            rx.el.input(type="hidden", name="intent"),
            text_field(
                "value",
                _("Valeur"),
                value=detail.typed,
                hint=detail.allowed,
                error=form_error(errors, "value"),
                inputmode="decimal",
                short=True,
            ),
            date_field(
                "effective_from",
                _("À partir du"),
                value=detail.earliest,
                error=form_error(errors, "effective_from"),
            ),
            why_field(errors),
            row(
                _by(TRY, _("Voir l’effet"), "secondary"),
                _by("save", _("Enregistrer"), "primary"),
            ),
            _trial(),
            on_submit=state.send,
            class_name="card stack measure",
            key=f"{detail.row.name}-{state.answered}",
        ),
        hint=_("« Voir l’effet » calcule sur les données de ce moment, sans rien enregistrer."),
    )


def _trial() -> rx.Component:
    trial = OffaParameterState.trial
    columns = [
        Column(_("Effet"), lambda each: each.what),
        Column(_("Avant"), lambda each: each.before, one_line=True),
        Column(_("Après"), _becomes, one_line=True),
    ]
    computed = table(_("Avec :") + " " + trial.value, columns, trial.effects)
    plain = callout(
        rx.el.p(rx.el.strong(_("Pas d’aperçu calculé pour ce paramètre."))),
        rx.el.p(_("Ce qu’il règle :"), " ", trial.governs),
        tone="neutral",
    )
    shown = rx.cond(trial.governs, plain, rx.cond(trial.value, computed))
    return rx.el.div(shown, role="status")


def _becomes(each: Effect) -> rx.Component:
    return rx.cond(each.before == each.after, rx.el.span(each.after), rx.el.strong(each.after))


def _standing(each: ValueRow) -> rx.Component:
    return rx.cond(
        each.day,
        badge(each.standing, tone="warning", icon_name="clock"),
        rx.cond(
            each.standing == _("En vigueur"),
            badge(each.standing, tone="success", icon_name="check"),
            rx.el.span(each.standing, class_name="quiet-text"),
        ),
    )


def _remove(each: ValueRow, act: Any) -> rx.Component:
    taken_back = button(
        _("Retirer"), size="small", variant="secondary", description=f"{each.value}, {each.since}", on_click=act
    )
    return rx.cond(each.day, taken_back)


def weights_page() -> rx.Component:
    """Build the weights, the sample search and the two orders side by side."""
    state, desk = OffaWeightsState, OffaWeightsState.desk
    columns = [
        Column(_("Prévue"), lambda each: each.value),
        Column(_("À partir du"), lambda each: each.since, one_line=True),
        Column(_("Source"), lambda each: each.source),
        Column(_("Suite"), lambda each: _remove(each, state.remove(each.standing, each.day)), one_line=True),
    ]
    planned = section(
        _("Valeurs prévues"), table(_("Valeurs prévues"), columns, desk.planned, under_heading=True, wide=True)
    )
    return reference_page(
        _weights_form(),
        rx.cond(desk.planned, planned),
        history(desk.history),
        title=_("Pondérations"),
        tab="/ponderations",
        lead=_("Ce qui compte dans l’ordre des offres. Privé ou public n’est jamais regardé."),
    )


def _weights_form() -> rx.Component:
    state, desk, errors = OffaWeightsState, OffaWeightsState.desk, OffaWeightsState.errors
    return rx.el.form(
        error_summary(errors, (), general=form_error(errors, "form")),
        rx.el.input(type="hidden", name="intent"),
        rx.el.div(rx.foreach(desk.rows, _weight), class_name="weights"),
        rx.el.div(
            text_field(
                "text",
                _("Métier ou mot d’essai"),
                error=form_error(errors, "text"),
                optional=True,
            ),
            text_field("place", _("Près de"), value=SAMPLE, error=form_error(errors, "place")),
            _by(TRY, _("Comparer"), "secondary"),
            class_name="filters",
        ),
        _comparison(),
        rx.el.div(
            date_field(
                "effective_from", _("À partir du"), value=desk.earliest, error=form_error(errors, "effective_from")
            ),
            why_field(errors),
            _by("save", _("Enregistrer"), "primary"),
            class_name="filters",
        ),
        on_submit=state.send,
        class_name="card stack",
        key=f"{state.answered}-{desk.earliest}",
    )


def _weight(each: WeightRow) -> rx.Component:
    wrong = OffaWeightsState.errors.get(each.name, "")
    return rx.el.label(
        rx.el.span(each.label, class_name="field-label"),
        rx.el.span(each.governs, rx.cond(each.planned, f" · {each.planned}", ""), class_name="hint"),
        rx.cond(wrong, rx.el.span(wrong, class_name="field-error")),
        rx.el.span(
            rx.el.input(
                name=each.name,
                type="text",
                default_value=each.typed,
                class_name="input input-short",
                auto_complete="off",
                custom_attrs={"inputMode": "numeric", "aria-invalid": rx.cond(wrong, "true", "false")},
            ),
            rx.el.span(each.unit, class_name="hint"),
            class_name="row",
        ),
        class_name="field",
    )


def _comparison() -> rx.Component:
    compared = OffaWeightsState.compared
    orders = rx.el.div(
        _order(_("Avec les pondérations en vigueur"), compared.before),
        _order(_("Avec celles que vous essayez"), compared.after),
        class_name="twice",
    )
    return rx.el.div(
        rx.cond(compared.words, rx.el.p(rx.el.strong(compared.words))),
        rx.cond(compared.after, orders),
        role="status",
        class_name="stack stack-tight",
    )


def _order(title: str, rows: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, class_name="field-label"),
        rx.el.ol(rx.foreach(rows, _ranked), class_name="ranked"),
    )


def _ranked(each: RankedRow) -> rx.Component:
    moved = rx.match(
        each.tone,
        ("up", badge(each.moved, tone="success")),
        ("down", badge(each.moved, tone="warning")),
        rx.fragment(),
    )
    points = rx.el.span(each.points, " ", _("points"), class_name="hint")
    return rx.el.li(
        rx.el.div(rx.el.strong(each.title), " ", moved),
        rx.el.div(each.where, " · ", points, class_name="second-line"),
    )


def _by(intent: str, label: str, look: str) -> rx.Component:
    return rx.el.button(label, type="submit", class_name=f"btn btn-{look}", custom_attrs={"data-intent": intent})


_READ_ONE = [OffaParameterState.load, OffaParameterState.follow]
PAGES = (
    Page(
        PARAMETERS,
        _("Paramètres"),
        Audience.OFFA,
        parameters_page,
        loads=[OffaParametersState.load, OffaParametersState.follow],
    ),
    Page(f"{PARAMETERS}/[parametre]", _("Paramètre"), Audience.OFFA, parameter_page, loads=_READ_ONE),
    Page(
        WEIGHTS,
        _("Pondérations"),
        Audience.OFFA,
        weights_page,
        loads=[OffaWeightsState.load, OffaWeightsState.follow],
    ),
)
