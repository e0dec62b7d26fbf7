"""Rosters: hand in a file, read what it would do, import it, undo it."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button,
    button_link,
    callout,
    checkbox,
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
    operator_nav,
    row,
    section,
    skeleton_rows,
    stack,
    stat,
    stats,
    submit_button,
)
from stageplus.components.table import Column, cut_line, table
from stageplus.pages.page import Page, frame
from stageplus.services.enrolment.schemas import DEMO_ROSTER, HAND_IN, IMPORTS, ROSTER_TEMPLATE, ImportRow, PreviewLine
from stageplus.states.audience import Audience
from stageplus.states.operator.rosters import OperatorImportsState, OperatorImportState
from stageplus.texts import _

CODES = "/operateur/codes"
ACCEPTED = ".xlsx,.ods,.csv,.txt,.tsv"


def imports_page() -> rx.Component:
    """Build the form to hand in a file, and the history."""
    state = OperatorImportsState
    columns = [
        Column(_("Fichier"), lambda each: link(each.file_name, href=f"{IMPORTS}/{each.import_id}")),
        Column(_("Quand"), lambda each: each.when),
        Column(_("Par"), lambda each: each.who),
        Column(_("État"), _state),
        Column(_("Résultat"), lambda each: each.result),
        Column(_("Revenir en arrière"), _undo),
    ]
    return _page(
        error_summary(state.errors, (), general=form_error(state.errors, "form")),
        rx.el.div(
            native_form(
                error_summary({}, (), general=state.refusal),
                file_field(
                    "fichier",
                    _("Liste des apprenants"),
                    accept=ACCEPTED,
                    hint=_("Excel (.xlsx), LibreOffice (.ods) ou .csv, 5 Mo et 10 000 lignes au plus."),
                ),
                submit_button(_("Lire le fichier")),
                action=HAND_IN,
                csrf=state.csrf,
                class_name="card stack",
                with_file=True,
            ),
            stack(
                callout(
                    rx.el.p(
                        _(
                            "Rien n’est enregistré avant votre accord : la page suivante montre ligne par ligne ce qui "
                            "ne va pas, ce qui serait ajouté, changé ou laissé."
                        )
                    ),
                    rx.el.p(_("Vos colonnes gardent leur ordre et leurs titres. Jamais de NISS.")),
                    title=_("Comment ça marche ?"),
                ),
                row(
                    button_link(_("Télécharger le modèle"), ROSTER_TEMPLATE, variant="secondary", download=True),
                    rx.cond(
                        state.history.is_demo,
                        button_link(_("Fichier d’exemple"), DEMO_ROSTER, variant="secondary", download=True),
                    ),
                    button_link(_("Codes d’activation"), CODES, variant="quiet"),
                ),
                rx.cond(
                    state.history.is_demo,
                    rx.el.p(
                        _(
                            "Démonstration : l’exemple contient vos apprenants inventés, trois nouveaux, trois lignes "
                            "à corriger. Téléchargez-le, puis choisissez-le ici."
                        ),
                        class_name="hint",
                    ),
                ),
            ),
            class_name="grid-two items-start",
        ),
        section(
            _("Fichiers déjà lus"),
            rx.cond(
                state.history.rows,
                table(_("Fichiers déjà lus"), columns, state.history.rows, under_heading=True),
                empty_state(
                    _("Aucun fichier pour le moment"),
                    _("Le premier fichier que vous choisissez apparaît ici, avec ce qu’il a changé."),
                    icon_name="people",
                    heading="h3",
                ),
            ),
        ),
        title=_("Importer une liste"),
        lead=_("Vos apprenants reçoivent ensuite un code, imprimé ou par e-mail, pour activer leur compte."),
    )


def preview_page() -> rx.Component:
    """Build what importing a file would do, with one button."""
    shown = OperatorImportState.preview
    return _page(
        error_summary(OperatorImportState.errors, (), general=form_error(OperatorImportState.errors, "form")),
        rx.cond(
            OperatorImportState.result != "",
            _done(),
            rx.match(
                shown.state,
                ("lu", _to_confirm()),
                ("abandonné", _not_imported()),
                ("importé", callout(rx.el.p(_("Ce fichier a été importé.")), _back_link(), tone="success")),
                ("annulé", callout(rx.el.p(_("Cet import a été annulé.")), _back_link())),
                rx.fragment(),
            ),
        ),
        title=_("Vérifier le fichier"),
        lead=shown.file_name,
        back=(_("Importer une liste"), IMPORTS),
    )


def _to_confirm() -> rx.Component:
    shown = OperatorImportState.preview
    return rx.el.div(
        stats(
            stat(shown.added, _("à ajouter"), tone="success"),
            stat(shown.changed, _("à changer"), tone="accent"),
            stat(shown.unchanged, _("inchangées")),
            stat(shown.absent, _("absentes du fichier"), tone="sun"),
            stat(shown.refused, _("lignes refusées"), tone="danger"),
        ),
        rx.cond(
            shown.unknown_columns != "",
            callout(rx.el.p(_("Colonnes non reprises :"), " ", shown.unknown_columns), tone="neutral"),
        ),
        rx.cond(
            shown.new_implantations != "",
            callout(
                rx.el.p(shown.new_implantations),
                title=_("Implantations nouvelles : vérifiez leur orthographe"),
                tone="sun",
            ),
        ),
        _confirmation(),
        _problems(),
        rx.cond(
            shown.warnings, stack(_cells(_("À vérifier, sans bloquer"), shown.warnings), cut_line(shown.warnings_cut))
        ),
        _lines(_("À ajouter"), shown.added_lines, shown.added_cut),
        _lines(_("À changer"), shown.changed_lines, shown.changed_cut),
        class_name="stack stack-wide",
    )


def _problems() -> rx.Component:
    shown = OperatorImportState.preview
    file = f"{IMPORTS}/{shown.import_id}/problemes.csv"
    words = _(
        "Ces lignes restent dehors. Corrigez-les dans votre fichier et choisissez-le à nouveau : ce qui est déjà "
        "importé ne sera pas doublé."
    )
    report = download_link(_("Télécharger les problèmes (.csv)"), file)
    return rx.cond(
        shown.problems,
        stack(
            _cells(_("Lignes refusées"), shown.problems),
            cut_line(shown.problems_cut),
            rx.el.p(words, class_name="hint"),
            rx.el.p(report),
        ),
    )


def _cells(caption: str, problems: Any) -> rx.Component:
    columns = [
        Column(_("Ligne"), lambda each: each.line),
        Column(_("Colonne"), lambda each: each.column),
        Column(_("Référence"), lambda each: each.reference),
        Column(_("Problème"), lambda each: each.message),
    ]
    return table(caption, columns, problems)


def _confirmation() -> rx.Component:
    shown = OperatorImportState.preview
    return rx.el.form(
        rx.el.input(type="hidden", name="import_id", value=shown.import_id, read_only=True),
        rx.cond(
            shown.absent_lines,
            rx.el.fieldset(
                rx.el.legend(_("Absents du fichier : terminer leur inscription ?")),
                rx.el.p(
                    _("Cochez seulement les personnes parties. Leur compte reste, sans pouvoir postuler."),
                    class_name="hint",
                ),
                checkbox("all_absent", _("Toutes les personnes absentes du fichier")),
                rx.el.div(rx.foreach(shown.absent_lines, _absent), class_name="options scroll-list"),
                cut_line(shown.absent_cut),
                class_name="field",
            ),
        ),
        row(
            submit_button(_("Importer")),
            dialog_opener(_("Abandonner ce fichier"), "abandon"),
        ),
        confirm_dialog(
            "abandon",
            _("Abandonner ce fichier ?"),
            _("Rien n’est enregistré. Ce qui a été lu du fichier est oublié."),
            _("Oui, abandonner"),
            OperatorImportState.drop(shown.import_id),
        ),
        on_submit=OperatorImportState.confirm,
        class_name="card stack",
    )


def _absent(each: PreviewLine) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name="ended[]", value=f"{each.enrolment_id}"),
        rx.el.span(
            rx.el.span(each.name, class_name="option-label"),
            rx.el.span(f"{each.reference} · {each.words}", class_name="hint"),
            class_name="field",
        ),
        class_name="option",
    )


def _lines(title: str, lines: Any, cut: Any) -> rx.Component:
    columns = [
        Column(_("Nom"), lambda each: each.name),
        Column(_("Référence"), lambda each: each.reference),
        Column(_("Ligne"), lambda each: each.line, figures=True),
        Column(_("Ce qui change"), lambda each: each.words),
    ]
    return rx.cond(lines, stack(table(title, columns, lines), cut_line(cut)))


def _not_imported() -> rx.Component:
    shown = OperatorImportState.preview
    return callout(
        rx.el.p(rx.cond(shown.refusal != "", shown.refusal, _("Ce fichier a été abandonné, rien n’est enregistré."))),
        row(_back_link(), button_link(_("Télécharger le modèle"), ROSTER_TEMPLATE, variant="secondary", download=True)),
        title=_("Ce fichier n’est pas importé"),
        tone="warning",
    )


def _done() -> rx.Component:
    return callout(
        rx.el.p(OperatorImportState.result),
        rx.el.p(_("Vous pouvez revenir en arrière pendant 24 heures.")),
        row(button_link(_("Donner les codes"), CODES), _back_link()),
        title=_("La liste est importée"),
        tone="success",
    )


def _back_link() -> rx.Component:
    return button_link(_("Choisir un autre fichier"), IMPORTS, variant="secondary")


def _state(each: ImportRow) -> rx.Component:
    return rx.cond(each.waits, badge(each.state, tone="sun"), badge(each.state, tone="neutral"))


def _undo(each: ImportRow) -> rx.Component:
    act = button(
        _("Annuler l’import"),
        size="small",
        variant="secondary",
        description=each.file_name,
        on_click=OperatorImportsState.undo(each.import_id),
    )
    until = rx.el.span(_("jusqu’au"), " ", each.undo_until, class_name="hint")
    look = link(_("Vérifier et importer"), href=f"{IMPORTS}/{each.import_id}")
    return rx.cond(each.can_undo, rx.el.div(act, until, class_name="stack stack-tight"), rx.cond(each.waits, look, "—"))


def _page(*content: Any, title: Any, **options: Any) -> rx.Component:
    return desk_shell(
        operator_nav(), *content, title=title, active="importer", frame=frame(), skeleton=skeleton_rows(), **options
    )


LIST = Page(IMPORTS, _("Importer une liste"), Audience.OPERATOR, imports_page, loads=[OperatorImportsState.load])
PREVIEW = Page(
    f"{IMPORTS}/[fichier]", _("Vérifier le fichier"), Audience.OPERATOR, preview_page, loads=[OperatorImportState.load]
)
