"""Files of agréments: hand in, read what it would do, import, undo."""

from functools import partial
from typing import Any

import reflex as rx

from stageplus.components import (
    button_link,
    callout,
    confirm_dialog,
    desk_shell,
    dialog_opener,
    download_link,
    empty_state,
    error_summary,
    file_field,
    form_error,
    link,
    native_form,
    row,
    section,
    select_field,
    skeleton_rows,
    stat,
    stats,
    submit_button,
)
from stageplus.components.table import Column, cut_line, table
from stageplus.pages.page import Page, frame
from stageplus.pages.registers.approvals import OFFA, OPERATOR, Desk
from stageplus.services.approvals.schemas import FileProblem, FileRow
from stageplus.states.audience import Audience
from stageplus.states.registers.approvals import ApprovalFilesState, ApprovalFileState
from stageplus.texts import _

TEMPLATE, HAND_IN = "/registre/agrements/modele.xlsx", "/registre/agrements/fichier"
ACCEPTED = ".xlsx,.ods,.csv,.txt,.tsv"


def files_page(desk: Desk) -> rx.Component:
    """Build the form to hand in a file, and the history."""
    state = ApprovalFilesState
    columns = [
        Column(_("Fichier"), partial(_file, desk)),
        Column(_("Opérateur"), lambda each: each.operator),
        Column(_("Quand"), lambda each: each.when),
        Column(_("État"), lambda each: each.state),
    ]
    operator = (
        select_field("operator", _("Opérateur qui a décidé"), state.files.operators, empty=_("Choisir un opérateur"))
        if desk.is_offa
        else rx.fragment()
    )
    return _page(
        desk,
        native_form(
            error_summary({}, (), general=state.refusal),
            operator,
            file_field(
                "fichier",
                _("Liste d’agréments"),
                accept=ACCEPTED,
                hint=_("Excel (.xlsx), LibreOffice (.ods) ou .csv, 5 Mo et 10 000 lignes au plus."),
            ),
            row(
                submit_button(_("Lire le fichier")),
                button_link(_("Télécharger le modèle"), TEMPLATE, variant="secondary", download=True),
            ),
            action=HAND_IN,
            csrf=state.csrf,
            class_name="card stack",
            with_file=True,
        ),
        section(
            _("Fichiers déjà lus"),
            rx.cond(
                state.files.rows,
                table(_("Fichiers déjà lus"), columns, state.files.rows),
                empty_state(
                    _("Aucun fichier pour le moment"),
                    _("Le premier fichier que vous choisissez apparaît ici."),
                    icon_name="shield",
                    heading="h3",
                ),
            ),
        ),
        title=_("Importer des agréments"),
        lead=_("Rien n’est noté avant votre accord : la page suivante montre ce qui ne va pas, ligne par ligne."),
        back=(_("Agréments"), desk.href),
    )


def file_page(desk: Desk) -> rx.Component:
    """Build what importing a file would do, with one button."""
    shown, errors = ApprovalFileState.preview, ApprovalFileState.errors
    columns = [
        Column(_("Ligne"), lambda each: rx.cond(each.line > 0, f"{each.line}", "–")),
        Column(_("Colonne"), lambda each: each.column),
        Column(_("Ce qui ne va pas"), _message),
    ]
    return _page(
        desk,
        error_summary(errors, (), general=form_error(errors, "form")),
        rx.match(
            shown.state,
            ("lu", _to_confirm()),
            ("importé", _done()),
            ("annulé", callout(rx.el.p(_("Cet import a été annulé."), " ", shown.result))),
            ("abandonné", callout(rx.el.p(_("Ce fichier n’a pas pu être lu.")), tone="warning")),
            rx.fragment(),
        ),
        rx.cond(
            shown.problems,
            section(
                _("À corriger"),
                table(_("Lignes laissées de côté"), columns, shown.problems),
                cut_line(shown.problems_cut),
                rx.cond(
                    shown.state != "abandonné",
                    rx.el.p(download_link(_("Télécharger les problèmes (.csv)"), _problems(shown.import_id))),
                ),
            ),
        ),
        title=_("Vérifier le fichier"),
        lead=shown.file_name,
        back=(_("Importer des agréments"), f"{desk.href}/importer"),
    )


def _problems(import_id: Any) -> Any:
    return f"{HAND_IN}/{import_id}/problemes.csv"


def _to_confirm() -> rx.Component:
    shown = ApprovalFileState.preview
    return rx.el.div(
        stats(
            stat(shown.added, _("nouveaux"), tone="success"),
            stat(shown.changed, _("changés"), tone="accent"),
            stat(shown.unchanged, _("inchangés")),
            stat(shown.refused, _("lignes laissées de côté"), tone="warning"),
        ),
        rx.cond(
            shown.taken_away > 0,
            callout(
                rx.el.p(_("Les offres publiées de ces agréments seront mises en pause aussitôt, et chacun prévenu.")),
                title=rx.fragment(shown.taken_away, " ", _("suspensions ou retraits")),
                tone="warning",
            ),
        ),
        row(dialog_opener(_("Importer"), "importer", variant="primary", icon_name="check")),
        confirm_dialog(
            "importer",
            _("Importer ce fichier ?"),
            _("Tout est noté en une fois, et peut être annulé pendant 24 heures."),
            _("Oui, importer"),
            ApprovalFileState.confirm(shown.import_id),
        ),
        class_name="stack",
    )


def _done() -> rx.Component:
    shown = ApprovalFileState.preview
    return rx.el.div(
        callout(
            rx.el.p(shown.result, "."),
            rx.el.p(_("Peut être annulé jusqu’au"), " ", shown.undo_until, "."),
            title=_("Ce fichier est importé"),
            tone="success",
        ),
        row(dialog_opener(_("Annuler l’import"), "annuler", variant="danger")),
        confirm_dialog(
            "annuler",
            _("Annuler cet import ?"),
            _("Chaque agrément redevient ce qu’il était, sauf ceux qui ont changé depuis. Les offres suivent."),
            _("Oui, annuler l’import"),
            ApprovalFileState.undo(shown.import_id),
            danger=True,
        ),
        class_name="stack",
    )


def _file(desk: Desk, each: FileRow) -> rx.Component:
    return link(each.file_name, href=f"{desk.href}/importer/{each.import_id}")


def _message(each: FileProblem) -> rx.Component:
    return rx.el.span(each.message)


def _page(desk: Desk, *content: Any, title: Any, **options: Any) -> rx.Component:
    return desk_shell(
        desk.nav(), *content, title=title, active="agrements", frame=frame(), skeleton=skeleton_rows(), **options
    )


def _pages(desk: Desk, audience: Audience) -> tuple[Page, ...]:
    many, one = partial(files_page, desk), partial(file_page, desk)
    href = f"{desk.href}/importer"
    return (
        Page(href, _("Importer des agréments"), audience, many, loads=[ApprovalFilesState.load]),
        Page(f"{href}/[fichier]", _("Fichier d’agréments"), audience, one, loads=[ApprovalFileState.load]),
    )


PAGES = (*_pages(OPERATOR, Audience.OPERATOR), *_pages(OFFA, Audience.OFFA))
