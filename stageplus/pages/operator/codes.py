"""Codes of activation: who has no account yet, a code for one or many, and what holders of codes reported."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button,
    button_link,
    callout,
    confirm_dialog,
    desk_shell,
    dialog_opener,
    email_field,
    empty_state,
    error_summary,
    fact,
    fact_if,
    facts,
    form_error,
    link,
    native_form,
    operator_nav,
    row,
    search_field,
    section,
    select_field,
    skeleton_rows,
    stat,
    stats,
    submit_button,
    text_field,
)
from stageplus.components.filters import filters
from stageplus.components.pagination import page_links
from stageplus.components.table import Column, table
from stageplus.pages.page import Page, frame
from stageplus.services.activation.schemas import PRINT
from stageplus.services.enrolment.schemas import EnrolmentRow, ReportRow
from stageplus.states.audience import Audience
from stageplus.states.operator.rosters import OperatorCodesState, OperatorEnrolmentState, OperatorReportsState
from stageplus.texts import _

CODES = "/operateur/codes"
SHOWN = (
    ("sans-compte", _("Sans compte")),
    ("sans-code", _("Sans code valable")),
    ("avec-compte", _("Avec un compte")),
    ("terminees", _("Inscriptions terminées")),
    ("toutes", _("Toutes")),
)
NAMES = {"first_name": _("Prénom"), "last_name": _("Nom"), "email": _("Adresse e-mail de la liste")}


def codes_page() -> rx.Component:
    """Build the list, with the buttons that print or mail codes."""
    state = OperatorCodesState
    return _page(
        error_summary({}, (), general=state.refusal),
        rx.cond(OperatorReportsState.reports, _reports()),
        stats(
            stat(state.found.active, _("apprenants inscrits")),
            stat(state.found.without_account, _("sans compte"), tone="sun"),
            stat(state.found.without_code, _("n’ont jamais reçu de code"), tone="warning"),
        ),
        filters(
            search_field("q", _("Rechercher un nom ou une référence"), value=state.asked["q"]),
            select_field("voir", _("Montrer"), SHOWN, value=state.asked["voir"]),
            on_submit=state.search,
            form_round=state.form_round,
        ),
        rx.cond(
            state.found.rows,
            _choice(),
            empty_state(
                _("Personne dans cette liste"),
                _("Essayez un autre filtre, ou importez votre liste d’apprenants."),
                button_link(_("Importer une liste"), "/operateur/importer"),
            ),
        ),
        title=_("Codes d’activation"),
        lead=_("Un code par apprenant, valable une seule fois. Il ouvre le compte, rien d’autre."),
        actions=button_link(_("Importer une liste"), "/operateur/importer", variant="secondary"),
    )


def enrolment_page() -> rx.Component:
    """Build one enrolment: what the roster says, a correction, a new code, its end."""
    found = OperatorEnrolmentState.detail
    return _page(
        rx.foreach(found.reports, _report_of_one),
        error_summary(OperatorEnrolmentState.errors, NAMES, general=form_error(OperatorEnrolmentState.errors, "form")),
        facts(
            fact(_("Référence"), found.row.reference),
            fact(_("Né(e) le"), found.birth_day),
            fact(_("Métier"), found.row.trade),
            fact(_("Année"), f"{found.row.year}"),
            fact(_("Jours en entreprise"), found.days),
            fact(_("Domicile"), found.town),
            fact_if(_("Implantation"), found.row.implantation),
            fact(_("Compte"), found.row.code_words),
            columns=2,
        ),
        _code_of_one(),
        _correction(),
        _ending(),
        title=rx.cond(found.row.name != "", found.row.name, _("Inscription")),
        back=(_("Codes d’activation"), CODES),
    )


def _choice() -> rx.Component:
    state = OperatorCodesState
    columns = [
        Column(_("Apprenant"), _name),
        Column(_("Choisir"), _box),
        Column(_("Référence"), lambda each: each.reference, one_line=True),
        Column(_("Métier"), lambda each: each.trade),
        Column(_("Implantation"), lambda each: rx.cond(each.implantation != "", each.implantation, "—")),
        Column(_("Code"), _code),
    ]
    return rx.el.div(
        native_form(
            row(
                _post(_("Imprimer les codes cochés"), "papier"),
                _post(_("Envoyer les codes cochés par e-mail"), "courrier", variant="secondary"),
            ),
            rx.el.p(_("Un nouveau code remplace le précédent de la même personne."), class_name="hint"),
            table(_("Apprenants et codes"), columns, state.found.rows, wide=True),
            action=PRINT,
            csrf=state.csrf,
            custom_attrs={"data-free": ""},
        ),
        page_links(state.found.page, state.found.pages, state.before, state.after),
        section(
            _("Tout le monde d’un coup"),
            rx.el.p(_("Pour toutes les personnes inscrites qui n’ont ni compte ni code valable.")),
            native_form(
                rx.el.input(type="hidden", name="tous", value="oui", read_only=True),
                row(
                    _post(_("Imprimer tous les codes manquants"), "papier"),
                    _post(_("Envoyer tous les codes manquants"), "courrier", variant="secondary"),
                ),
                action=PRINT,
                csrf=state.csrf,
                custom_attrs={"data-free": ""},
            ),
        ),
        class_name="stack stack-wide",
    )


def _post(label: str, way: str, variant: Any = "primary") -> rx.Component:
    icon_name: Any = "print" if way == "papier" else "send"
    return button(
        label, type="submit", variant=variant, icon_name=icon_name, custom_attrs={"name": "voie", "value": way}
    )


def _name(each: EnrolmentRow) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            link(each.name, href=f"{CODES}/{each.enrolment_id}"),
            rx.cond(each.email != "", rx.el.p(each.email, class_name="second-line address")),
        ),
        rx.cond(each.reported, badge(_("Signalé"), tone="warning")),
        rx.cond(each.state != "", badge(each.state, tone="neutral")),
        class_name="row",
    )


def _box(each: EnrolmentRow) -> rx.Component:
    box = rx.el.input(
        type="checkbox",
        name="ids",
        value=f"{each.enrolment_id}",
        class_name="box",
        custom_attrs={"aria-label": each.name},
    )
    may_have_a_code = (each.code_state != "compte") & (each.code_state != "terminee")
    return rx.cond(may_have_a_code, rx.el.label(box, class_name="box-area"), "—")


def _code(each: EnrolmentRow) -> rx.Component:
    return rx.match(
        each.code_state,
        ("compte", badge(each.code_words, tone="success")),
        ("echu", badge(each.code_words, tone="warning")),
        ("aucun", badge(each.code_words, tone="sun")),
        rx.el.span(each.code_words),
    )


def _reports() -> rx.Component:
    return section(
        _("À vérifier"),
        rx.el.div(rx.foreach(OperatorReportsState.reports, _report), class_name="stack"),
        hint=_("Quelqu’un a reçu un code et dit que quelque chose ne va pas."),
    )


def _report(each: ReportRow) -> rx.Component:
    return callout(
        rx.el.p(each.words),
        rx.el.p(f"{each.name} · {each.reference} · ", each.when, class_name="hint"),
        row(
            button_link(_("Corriger"), f"{CODES}/{each.enrolment_id}", size="small", description=each.name),
            button(
                _("Classer"),
                size="small",
                variant="quiet",
                description=each.name,
                on_click=OperatorReportsState.settle(each.enrolment_id),
            ),
        ),
        tone="warning",
    )


def _report_of_one(each: ReportRow) -> rx.Component:
    return callout(
        rx.el.p(each.words),
        rx.el.p(_("Corrigez le nom ou terminez l’inscription, puis donnez un nouveau code."), class_name="hint"),
        button(
            _("Classer ce signalement"),
            size="small",
            variant="quiet",
            on_click=OperatorEnrolmentState.settle(each.enrolment_id),
        ),
        tone="warning",
    )


def _code_of_one() -> rx.Component:
    found = OperatorEnrolmentState.detail.row
    may_have_a_code = (found.code_state != "compte") & (found.code_state != "terminee")
    return rx.cond(
        may_have_a_code,
        native_form(
            rx.el.input(type="hidden", name="ids", value=f"{found.enrolment_id}", read_only=True),
            row(
                _post(_("Imprimer un nouveau code"), "papier"),
                rx.cond(found.email != "", _post(_("Envoyer un nouveau code"), "courrier", variant="secondary")),
            ),
            action=PRINT,
            csrf=OperatorEnrolmentState.csrf,
            custom_attrs={"data-free": ""},
        ),
    )


def _correction() -> rx.Component:
    found, errors = OperatorEnrolmentState.detail, OperatorEnrolmentState.errors
    return section(
        _("Corriger"),
        rx.el.form(
            rx.el.input(type="hidden", name="enrolment_id", value=f"{found.row.enrolment_id}", read_only=True),
            text_field("first_name", _("Prénom"), value=found.first_name, error=form_error(errors, "first_name")),
            text_field("last_name", _("Nom"), value=found.last_name, error=form_error(errors, "last_name")),
            email_field(
                "email",
                _("Adresse e-mail de la liste"),
                value=found.row.email,
                autocomplete="off",
                optional=True,
                error=form_error(errors, "email"),
            ),
            submit_button(_("Enregistrer la correction")),
            on_submit=OperatorEnrolmentState.correct,
            class_name="stack",
            key=found.row.reference,
        ),
        hint=_("Corrigez aussi votre propre fichier : le prochain import dirait sinon l’ancien nom."),
    )


def _ending() -> rx.Component:
    found = OperatorEnrolmentState.detail.row
    ended = rx.el.div(
        rx.el.p(found.state),
        button(
            _("Reprendre l’inscription"),
            variant="secondary",
            on_click=OperatorEnrolmentState.resume(found.enrolment_id),
        ),
        class_name="stack",
    )
    running = rx.el.div(
        dialog_opener(_("Terminer l’inscription"), "fin", variant="secondary"),
        confirm_dialog(
            "fin",
            _("Terminer cette inscription ?"),
            _("Le compte reste, avec son histoire, mais cette personne ne pourra plus postuler."),
            _("Oui, terminer"),
            OperatorEnrolmentState.end(found.enrolment_id),
            danger=True,
        ),
    )
    return section(_("Fin de l’inscription"), rx.cond(found.state != "", ended, running))


def _page(*content: Any, title: Any, **options: Any) -> rx.Component:
    return desk_shell(
        operator_nav(), *content, title=title, active="codes", frame=frame(), skeleton=skeleton_rows(), **options
    )


LOADS = [OperatorCodesState.load, OperatorReportsState.load, OperatorReportsState.follow]
LIST = Page(CODES, _("Codes d’activation"), Audience.OPERATOR, codes_page, loads=LOADS)
DETAIL = Page(
    f"{CODES}/[inscription]", _("Inscription"), Audience.OPERATOR, enrolment_page, loads=[OperatorEnrolmentState.load]
)
