"""The dispositifs: the list, one with its rules, what a change would do before it is saved, and how one ends."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button,
    checkbox_group,
    close_button,
    date_field,
    dialog,
    dialog_opener,
    disclosure,
    error_summary,
    fact,
    fact_if,
    facts,
    form_error,
    link,
    number_field,
    row,
    section,
    text_field,
)
from stageplus.components.table import Column, table
from stageplus.pages.admin.reference_parts import SCHEMES, history, reference_page, why_field
from stageplus.pages.page import Page
from stageplus.services.parameters.schemas import Effect
from stageplus.services.schemes.schemas import RuleRow, SchemeRow
from stageplus.states.admin.schemes import TRY, OffaSchemesState, OffaSchemeState
from stageplus.states.audience import Audience
from stageplus.texts import _


def schemes_page() -> rx.Component:
    """Build the list of dispositifs and the form of another one."""
    state, found = OffaSchemesState, OffaSchemesState.found
    columns = [
        Column(_("Dispositif"), _named),
        Column(_("Âges"), lambda each: each.ages),
        Column(_("Réseaux"), lambda each: each.kinds_words),
        Column(_("État"), lambda each: _standing(each.standing, each.tone), one_line=True),
        Column(_("En ligne"), lambda each: each.offers, figures=True),
    ]
    blank = dict.fromkeys(("name", "min_age", "min_age_with_two_years", "max_age_contract", "pay_rates"), "")
    form = rx.el.form(
        error_summary(state.errors, (), general=form_error(state.errors, "form")),
        *_fields(state.errors, blank, [], found.networks, found.earliest),
        row(_by(TRY, _("Voir l’effet"), "secondary"), _by("save", _("Ajouter"), "primary")),
        _tried(state.tried),
        on_submit=state.send,
        class_name="card stack measure",
        key=f"nouveau-{found.earliest}",
    )
    return reference_page(
        section(_("Tous les dispositifs"), table(_("Dispositifs"), columns, found.rows, under_heading=True, wide=True)),
        disclosure(_("Ajouter un dispositif"), form),
        history(found.history),
        title=_("Dispositifs"),
        tab="/dispositifs",
        lead=_(
            "Un dispositif s’ajoute ici, entièrement. Les entreprises le choisissent dès qu’il est en vigueur ; "
            "les listes des opérateurs suivent ses âges."
        ),
    )


def _named(each: SchemeRow) -> rx.Component:
    more = rx.cond(each.planned, rx.el.div(each.planned, class_name="second-line"))
    return rx.el.div(link(each.name, href=f"{SCHEMES}/{each.code}"), more)


def scheme_page() -> rx.Component:
    """Build one dispositif: what it asks, the form of other rules with their effect, its end."""
    state, detail = OffaSchemeState, OffaSchemeState.detail
    columns = [
        Column(_("Règles"), lambda each: each.words),
        Column(_("À partir du"), lambda each: each.since, one_line=True),
        Column(_("État"), lambda each: _standing(each.standing, each.tone), one_line=True),
        Column(_("Suite"), _drop, one_line=True),
    ]
    return reference_page(
        error_summary({}, (), general=rx.cond(state.asking == "", form_error(state.errors, "form"), "")),
        facts(
            fact(_("État"), _standing(detail.row.standing, detail.row.tone)),
            fact(_("Âges"), detail.row.ages),
            fact(_("Réseaux"), detail.row.kinds_words),
            fact(_("Rétribution"), detail.row.pay_words),
            fact(_("Offres en ligne"), detail.row.offers),
            fact(_("Depuis le début"), detail.depends),
            fact_if(_("Prévu"), detail.row.planned),
            columns=2,
        ),
        row(_ending()),
        _rule_form(),
        section(_("Règles par date"), table(_("Règles"), columns, detail.rules, under_heading=True, wide=True)),
        history(detail.history),
        title=rx.cond(detail.row.name, detail.row.name, _("Dispositif")),
        back=(_("Dispositifs"), SCHEMES),
    )


def _rule_form() -> rx.Component:
    state, detail = OffaSchemeState, OffaSchemeState.detail
    errors = _of_form("rule")
    known = {
        "name": detail.row.name,
        "min_age": detail.min_age,
        "min_age_with_two_years": detail.min_age_with_two_years,
        "max_age_contract": detail.max_age_contract,
        "pay_rates": detail.pay_rates,
    }
    return section(
        _("Nouvelles règles"),
        rx.el.form(
            error_summary(errors, (), general=form_error(errors, "form")),
            *_fields(errors, known, detail.kinds, detail.networks, detail.earliest),
            row(_by(TRY, _("Voir l’effet"), "secondary"), _by("save", _("Enregistrer"), "primary")),
            _tried(state.tried),
            on_submit=state.send,
            class_name="card stack measure",
            key=f"{detail.row.code}-{state.answered}",
        ),
        hint=_("« Voir l’effet » calcule sur les données de ce moment, sans rien enregistrer. Le passé ne change pas."),
    )


def _fields(errors: Any, known: dict[str, Any], kinds: Any, networks: Any, day: Any) -> list[rx.Component]:
    ages = (
        ("min_age", _("Âge minimum")),
        ("min_age_with_two_years", _("Avec deux années de secondaire")),
        ("max_age_contract", _("Contrat avant l’âge de")),
    )
    return [
        rx.el.input(type="hidden", name="intent"),
        text_field("name", _("Nom du dispositif"), value=known["name"], error=form_error(errors, "name")),
        *[number_field(name, label, value=known[name], error=form_error(errors, name)) for name, label in ages],
        checkbox_group(
            "kinds",
            _("Réseaux d’opérateurs"),
            networks,
            chosen=kinds,
            error=form_error(errors, "kinds"),
            side_by_side=True,
        ),
        text_field(
            "pay_rates",
            _("Parts du revenu minimum, en %"),
            value=known["pay_rates"],
            hint=_("Du niveau le plus bas au plus haut, par exemple 17 24 32. Vide : celles du contrat d’alternance."),
            error=form_error(errors, "pay_rates"),
            optional=True,
        ),
        date_field("effective_from", _("Valable à partir du"), value=day, error=form_error(errors, "effective_from")),
        why_field(errors),
    ]


def _tried(tried: Any) -> rx.Component:
    columns = [
        Column(_("Effet"), lambda each: each.what),
        Column(_("Avant"), lambda each: each.before, one_line=True),
        Column(_("Après"), _becomes, one_line=True),
    ]
    return rx.el.div(rx.cond(tried.words, table(tried.words, columns, tried.effects)), role="status")


def _becomes(each: Effect) -> rx.Component:
    return rx.cond(each.before == each.after, rx.el.span(each.after), rx.el.strong(each.after))


def _ending() -> rx.Component:
    state, detail, errors = OffaSchemeState, OffaSchemeState.detail, _of_form("end")
    ends = dialog(
        "fermer",
        _("Fermer ce dispositif ?"),
        rx.el.p(
            _("Après ce jour, aucune offre n’y commence. Ses offres, ses apprenants et ses chiffres restent."),
            class_name="quiet-text",
        ),
        rx.el.form(
            error_summary(errors, (), general=form_error(errors, "form")),
            date_field("last_day", _("Dernier jour"), value=detail.earliest, error=form_error(errors, "last_day")),
            why_field(errors, "fermer-why"),
            row(close_button(), button(_("Fermer le dispositif"), type="submit", variant="danger")),
            on_submit=state.end,
            class_name="stack",
        ),
        done=state.answered,
    )
    opens = dialog(
        "rouvrir",
        _("Rouvrir ce dispositif ?"),
        rx.el.form(
            why_field(errors, "rouvrir-why"),
            row(close_button(), button(_("Rouvrir"), type="submit")),
            on_submit=state.reopen,
            class_name="stack",
        ),
        done=state.answered,
    )
    closer = dialog_opener(_("Fermer le dispositif"), "fermer", variant="danger", icon_name="stop")
    opener = dialog_opener(_("Rouvrir le dispositif"), "rouvrir", variant="primary", icon_name="check")
    return rx.fragment(rx.cond(detail.last_day, opener, closer), ends, opens)


def _standing(words: Any, tone: Any) -> rx.Component:
    return rx.match(
        tone,
        ("success", badge(words, tone="success", icon_name="check")),
        ("warning", badge(words, tone="warning", icon_name="clock")),
        badge(words, tone="neutral", icon_name="stop"),
    )


def _drop(each: RuleRow) -> rx.Component:
    act = OffaSchemeState.drop(each.day)
    taken_back = button(_("Retirer"), size="small", variant="secondary", description=each.since, on_click=act)
    return rx.cond(each.day, taken_back)


def _by(intent: str, label: str, look: str) -> rx.Component:
    return rx.el.button(label, type="submit", class_name=f"btn btn-{look}", custom_attrs={"data-intent": intent})


def _of_form(name: str) -> Any:
    """Return the errors of one of the page's forms only."""
    return rx.cond(OffaSchemeState.asking == name, OffaSchemeState.errors, {})


PAGES = (
    Page(
        SCHEMES,
        _("Dispositifs"),
        Audience.OFFA,
        schemes_page,
        loads=[OffaSchemesState.load, OffaSchemesState.follow],
    ),
    Page(
        f"{SCHEMES}/[dispositif]",
        _("Dispositif"),
        Audience.OFFA,
        scheme_page,
        loads=[OffaSchemeState.load, OffaSchemeState.follow],
    ),
)
