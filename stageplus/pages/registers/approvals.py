"""The register of agréments, for operators and for OFFA."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import reflex as rx

from stageplus.components import (
    NavItem,
    badge,
    button_link,
    callout,
    checkbox,
    close_button,
    date_field,
    desk_shell,
    dialog,
    dialog_opener,
    empty_state,
    error_summary,
    fact,
    facts,
    form_error,
    link,
    number_field,
    offa_nav,
    operator_nav,
    row,
    search_field,
    section,
    select_field,
    skeleton_rows,
    status_badge,
    submit_button,
    text_field,
    textarea_field,
    timeline,
)
from stageplus.components.filters import filters, list_head
from stageplus.components.pagination import page_links
from stageplus.components.table import Column, table
from stageplus.pages.page import Page, frame
from stageplus.services.approvals.schemas import STATE_WORDS, ApprovalRow
from stageplus.states.audience import Audience
from stageplus.states.registers.approvals import ApprovalsState, ApprovalState
from stageplus.texts import _

STATES = [(state.value, words) for state, words in STATE_WORDS.items()]
NEW_FIELDS = {
    "operator": _("Opérateur qui a décidé"),
    "enterprise_number": _("Numéro d’entreprise"),
    "establishment_number": _("Numéro d’unité d’établissement"),
    "company": _("Nom de l’entreprise"),
    "establishment": _("Nom de l’établissement, s’il est différent"),
    "postal_code": _("Code postal"),
    "workers": _("Travailleurs sous contrat"),
    "trade": _("Métier"),
    "state": _("État"),
    "since": _("Depuis le"),
    "reason": _("Raison"),
}


@dataclass(frozen=True)
class Desk:
    """Whose pages these are: where they live and what stands beside them."""

    key: str
    nav: Any
    is_offa: bool = False

    @property
    def href(self) -> str:
        """Return where the list is."""
        return f"/{self.key}/agrements"


OPERATOR, OFFA = Desk("operateur", operator_nav), Desk("offa", offa_nav, is_offa=True)


def list_page(desk: Desk) -> rx.Component:
    """Build the list with its filters."""
    found = ApprovalsState.found
    columns = [
        Column(_("Entreprise"), partial(_company, desk)),
        Column(_("Métier"), lambda each: each.trade),
        Column(_("Commune"), lambda each: each.town),
        Column(_("État"), _state),
        Column(_("Depuis"), lambda each: each.since, one_line=True),
        Column(_("Noté par"), lambda each: each.operator),
    ]
    return _page(
        desk,
        _filters(desk),
        list_head(
            found.found_words,
            rx.cond(found.disputed > 0, badge(rx.fragment(found.disputed, " ", _("en désaccord")), tone="warning")),
        ),
        rx.cond(
            found.rows,
            table(_("Agréments"), columns, found.rows, under_heading=True, wide=True),
            empty_state(
                _("Aucun agrément ne correspond"),
                _("Essayez un autre mot ou un autre filtre, ou notez un nouvel agrément."),
                icon_name="shield",
            ),
        ),
        page_links(found.page, found.pages, ApprovalsState.before, ApprovalsState.after),
        title=_("Agréments"),
        lead=_(
            "Par établissement et par métier, valables pour tous les opérateurs. Stage+ les note, il ne décide pas."
        ),
        actions=row(
            button_link(_("Noter un agrément"), f"{desk.href}/nouveau", icon_name="plus"),
            button_link(_("Importer"), f"{desk.href}/importer", variant="secondary"),
        ),
    )


def detail_page(desk: Desk) -> rx.Component:
    """Build one agrément with everybody's record and its history."""
    detail = ApprovalState.detail
    return _page(
        desk,
        rx.cond(detail.row.disputed, _disagreement()),
        facts(
            fact(_("Effet"), rx.el.div(_state(detail.row), " ", _("depuis le"), " ", detail.row.since)),
            fact(_("Métier"), detail.row.trade),
            fact(_("Unité d’établissement"), rx.fragment(detail.row.establishment, " · ", detail.row.number)),
            fact(_("Entreprise"), rx.fragment(detail.row.company, " · ", detail.enterprise_number)),
            fact(_("Commune"), detail.row.town),
            fact(_("Travailleurs sous contrat"), f"{detail.workers}"),
            fact(_("Offres publiées"), f"{detail.open_offers}"),
            fact(_("Offres en pause"), f"{detail.paused_offers}"),
            columns=2,
        ),
        section(
            _("Ce que chaque opérateur a noté"),
            table(
                _("Notes des opérateurs"),
                [
                    Column(_("Qui"), lambda each: each.who),
                    Column(_("État"), lambda each: status_badge(each.state_words, each.tone)),
                    Column(_("Depuis"), lambda each: each.since),
                ],
                detail.opinions,
                under_heading=True,
            ),
            aside=row(
                dialog_opener(_("Noter une décision"), "decision", variant="primary", icon_name="edit"),
                dialog_opener(_("Décision de la Commission"), "commission", variant="secondary", icon_name="flag")
                if desk.is_offa
                else rx.fragment(),
            ),
        ),
        _decision_dialog(desk, "decision", _("Noter une décision")),
        _decision_dialog(desk, "commission", _("Décision de la Commission d’agrément"))
        if desk.is_offa
        else rx.fragment(),
        section(_("Historique"), timeline(detail.history)),
        title=rx.cond(detail.row.company, detail.row.company, _("Agrément")),
        back=(_("Agréments"), desk.href),
    )


def new_page(desk: Desk) -> rx.Component:
    """Build the form of a new record."""
    errors = ApprovalState.errors
    return _page(
        desk,
        rx.el.form(
            error_summary(errors, NEW_FIELDS, general=form_error(errors, "form")),
            rx.el.input(type="hidden", name="espace", value=desk.key, read_only=True),
            _establishment_fields(),
            section(
                _("La décision"),
                _operator_field(desk, ApprovalState.form.operators),
                select_field(
                    "trade",
                    _("Métier"),
                    ApprovalState.form.trades,
                    empty=_("Choisir un métier"),
                    error=form_error(errors, "trade"),
                ),
                *_decision_fields(""),
            ),
            submit_button(_("Noter l’agrément")),
            on_submit=ApprovalState.record,
            class_name="stack stack-wide",
        ),
        title=_("Noter un agrément"),
        back=(_("Agréments"), desk.href),
        width="form",
    )


def _establishment_fields() -> rx.Component:
    errors = ApprovalState.errors

    def line(name: str, label: str, **options: Any) -> rx.Component:
        return text_field(name, label, error=form_error(errors, name), **options)

    return section(
        _("L’établissement"),
        line("enterprise_number", _("Numéro d’entreprise"), hint=_("10 chiffres, par exemple 0400.000.185")),
        line(
            "establishment_number",
            _("Numéro d’unité d’établissement"),
            hint=_("10 chiffres, par exemple 2.000.000.141"),
        ),
        line("company", _("Nom de l’entreprise")),
        line("establishment", _("Nom de l’établissement, s’il est différent"), optional=True),
        row(
            line("postal_code", _("Code postal"), short=True, inputmode="numeric"),
            number_field("workers", _("Travailleurs sous contrat"), error=form_error(errors, "workers")),
        ),
        hint=_("Un établissement déjà connu garde son nom et son adresse."),
    )


def _decision_fields(prefix: str) -> list[rx.Component]:
    errors = ApprovalState.errors
    return [
        select_field(
            "state",
            _("État"),
            STATES,
            empty=_("Choisir un état"),
            error=form_error(errors, "state"),
            short=True,
            field_id=f"{prefix}state",
        ),
        date_field("since", _("Depuis le"), error=form_error(errors, "since"), field_id=f"{prefix}since"),
        textarea_field(
            "reason",
            _("Raison"),
            rows=3,
            max_length=500,
            hint=_("Obligatoire pour un refus, une suspension ou un retrait. L’entreprise la lit."),
            error=form_error(errors, "reason"),
            field_id=f"{prefix}reason",
        ),
    ]


def _operator_field(desk: Desk, operators: Any) -> rx.Component:
    if not desk.is_offa:
        return rx.fragment()
    return select_field(
        "operator",
        _("Opérateur qui a décidé"),
        operators,
        empty=_("Choisir un opérateur"),
        error=form_error(ApprovalState.errors, "operator"),
    )


def _decision_dialog(desk: Desk, dialog_id: str, title: str) -> rx.Component:
    is_commission = dialog_id == "commission"
    who = (
        rx.el.input(type="hidden", name="commission", value="1", read_only=True)
        if is_commission
        else _operator_field(desk, ApprovalState.detail.operators)
    )
    return dialog(
        dialog_id,
        title,
        rx.el.p(
            _("Une suspension ou un retrait met aussitôt en pause les offres publiées pour ce métier, et prévient."),
            class_name="quiet-text",
        ),
        rx.el.form(
            error_summary(
                ApprovalState.errors,
                ("operator", "state", "since", "reason"),
                general=form_error(ApprovalState.errors, "form"),
            ),
            rx.el.input(
                type="hidden", name="approval", value=f"{ApprovalState.detail.row.approval_id}", read_only=True
            ),
            who,
            *_decision_fields(f"{dialog_id}-"),
            rx.el.div(close_button(), submit_button(_("Noter la décision")), class_name="row"),
            on_submit=ApprovalState.change,
            class_name="stack",
            key=f"{dialog_id}-{ApprovalState.form_round}",
        ),
        done=ApprovalState.form_round,
    )


def _disagreement() -> rx.Component:
    return callout(
        rx.el.p(
            _("L’effet reste celui d’avant le désaccord, jusqu’à ce qu’OFFA note la décision de la Commission."),
        ),
        title=_("Des opérateurs ont noté des décisions différentes"),
        tone="warning",
    )


def _filters(desk: Desk) -> rx.Component:
    asked = ApprovalsState.asked
    operator = (
        select_field(
            "operateur",
            _("Opérateur"),
            ApprovalsState.found.operators,
            empty=_("Tous"),
            value=asked["operateur"],
        )
        if desk.is_offa
        else rx.fragment()
    )
    return filters(
        search_field("q", _("Rechercher une entreprise, un numéro ou un métier"), value=asked["q"]),
        select_field("etat", _("État"), STATES, empty=_("Tous"), value=asked["etat"]),
        operator,
        ticks=(checkbox("desaccord", _("Seulement les désaccords"), checked=asked["desaccord"] == "oui"),),
        on_submit=ApprovalsState.search,
        form_round=ApprovalsState.form_round,
    )


def _company(desk: Desk, each: ApprovalRow) -> rx.Component:
    return rx.el.div(
        link(each.company, href=f"{desk.href}/{each.approval_id}"), rx.el.p(each.establishment, class_name="hint")
    )


def _state(each: ApprovalRow) -> rx.Component:
    shown = status_badge(each.state_words, each.tone)
    return rx.el.div(
        shown, rx.cond(each.disputed, badge(_("Désaccord"), tone="warning", icon_name="flag")), class_name="row"
    )


def _page(desk: Desk, *content: Any, title: Any, **options: Any) -> rx.Component:
    nav: tuple[NavItem, ...] = desk.nav()
    return desk_shell(
        nav, *content, title=title, active="agrements", frame=frame(), skeleton=skeleton_rows(), **options
    )


def _pages(desk: Desk, audience: Audience) -> tuple[Page, ...]:
    list_loads = [ApprovalsState.load, ApprovalsState.follow]
    one_loads = [ApprovalState.load, ApprovalState.follow]
    return (
        Page(desk.href, _("Agréments"), audience, partial(list_page, desk), loads=list_loads),
        Page(
            f"{desk.href}/nouveau",
            _("Noter un agrément"),
            audience,
            partial(new_page, desk),
            loads=[ApprovalState.start],
        ),
        Page(f"{desk.href}/[agrement]", _("Agrément"), audience, partial(detail_page, desk), loads=one_loads),
    )


PAGES = (*_pages(OPERATOR, Audience.OPERATOR), *_pages(OFFA, Audience.OFFA))
