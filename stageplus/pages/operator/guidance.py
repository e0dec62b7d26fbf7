"""How a learner is followed, on the learner's sheet."""

from typing import Any

import reflex as rx

from stageplus.components import (
    button,
    callout,
    close_button,
    confirm_dialog,
    date_field,
    dialog,
    dialog_opener,
    error_summary,
    form_error,
    section,
    select_field,
    submit_button,
    text_field,
    textarea_field,
)
from stageplus.components.table import Column, table
from stageplus.services.guidance.schemas import LONGEST_NOTE, SITUATION_WORDS, NoteRow, WaitingAnswer
from stageplus.states.operator.guidance import OperatorGuidanceState as State
from stageplus.texts import _

PLACE, NO_PLACE = "place-ailleurs", "place-finie"


def waiting_section() -> rx.Component:
    """List the companies that have not answered, each with a polite nudge."""
    columns = [
        Column(_("Place demandée"), lambda row: row.title),
        Column(_("Entreprise"), lambda row: row.company),
        Column(_("Envoyée"), lambda row: row.since, one_line=True),
        Column(_("Relance"), _nudge, one_line=True),
    ]
    return rx.cond(
        State.shown.waiting,
        section(
            _("Réponses attendues"),
            _general("relance"),
            table(_("Réponses attendues"), columns, State.shown.waiting, under_heading=True),
            hint=_("L’entreprise reçoit un message poli au nom de votre équipe, jamais deux coup sur coup."),
        ),
    )


def contact_section() -> rx.Component:
    """Build the situation and the next contact."""
    situations = [(situation.value, words) for situation, words in SITUATION_WORDS.items()]
    return section(
        _("Suivi"),
        rx.cond(State.shown.planned != "", rx.el.p(State.shown.planned)),
        rx.el.form(
            _summary("suivi", "situation", "next_contact_on"),
            _which(),
            rx.el.div(
                select_field(
                    "situation",
                    _("Situation"),
                    situations,
                    value=State.shown.situation,
                    error=_error("suivi", "situation"),
                ),
                date_field(
                    "next_contact_on",
                    _("Prochain contact"),
                    value=State.shown.next_contact_on,
                    optional=True,
                    error=_error("suivi", "next_contact_on"),
                ),
                class_name="field-row",
            ),
            rx.el.div(submit_button(_("Enregistrer le suivi")), class_name="row"),
            on_submit=State.plan,
            class_name="card stack",
            key=f"{State.shown.learner_id}-{State.shown.situation}-{State.shown.next_contact_on}",
        ),
        _place(),
    )


def notes_section() -> rx.Component:
    """Build the notes, kept apart from applications."""
    return section(
        _("Notes de l’équipe"),
        rx.el.form(
            _summary("note", "words"),
            _which(),
            textarea_field(
                "words",
                _("Nouvelle note"),
                hint=_("Restez factuel, rien sur la santé ni la famille."),
                error=_error("note", "words"),
                max_length=LONGEST_NOTE,
                rows=3,
            ),
            rx.el.div(submit_button(_("Garder la note")), class_name="row"),
            on_submit=State.write,
            class_name="card stack",
            key=f"{State.shown.learner_id}-{State.written}",
        ),
        rx.cond(
            State.shown.notes,
            rx.el.ul(rx.foreach(State.shown.notes, _note), class_name="stack stack-tight"),
            rx.el.p(_("Aucune note pour l’instant."), class_name="quiet-text"),
        ),
        hint=_("Lues par l’équipe de votre opérateur seulement. L’apprenant les reçoit s’il demande ses données."),
    )


def _note(row: NoteRow) -> rx.Component:
    erase = button(_("Effacer"), variant="quiet", size="small", description=row.at, on_click=State.erase(row.note_id))
    return rx.el.li(
        rx.el.p(row.words, class_name="typed"),
        rx.el.div(
            rx.el.span(row.by, " · ", row.at, class_name="hint"), rx.cond(row.mine, erase), class_name="line-between"
        ),
        class_name="card stack stack-tight",
    )


def _nudge(row: WaitingAnswer) -> rx.Component:
    asks = button(
        _("Relancer"),
        variant="secondary",
        size="small",
        icon_name="letter",
        description=row.company,
        on_click=State.nudge(row.application_id),
    )
    return rx.el.div(rx.cond(row.can_nudge, asks), rx.el.div(row.nudged, class_name="second-line"))


def _place() -> rx.Component:
    found = callout(
        rx.el.p(State.shown.place),
        rx.el.div(dialog_opener(_("Cette place n’est plus"), NO_PLACE, variant="secondary"), class_name="row"),
        title=_("Une place trouvée ailleurs"),
        tone="success",
    )
    return rx.fragment(
        rx.cond(State.shown.place != "", found),
        rx.cond(
            State.shown.can_note_place,
            rx.el.div(
                dialog_opener(_("Noter une place trouvée ailleurs"), PLACE, variant="secondary", icon_name="check"),
                class_name="row",
            ),
        ),
        _place_dialog(),
        confirm_dialog(
            NO_PLACE,
            _("Cette place n’est plus ?"),
            _("L’apprenant redevient « sans lieu de stage » dans votre liste et dans les chiffres."),
            _("Oui, elle n’est plus"),
            State.drop_place,
        ),
    )


def _place_dialog() -> rx.Component:
    return dialog(
        PLACE,
        _("Une place trouvée sans Stage+"),
        rx.el.form(
            _summary("place", "company_name", "enterprise_number", "trade", "starts_on"),
            _which(),
            rx.el.p(_("Les candidatures de l’apprenant restent : il les retire lui-même."), class_name="quiet-text"),
            text_field("company_name", _("Nom de l’entreprise"), error=_error("place", "company_name")),
            text_field(
                "enterprise_number",
                _("Ou son numéro d’entreprise"),
                optional=True,
                hint=_("Dix chiffres, par exemple 0400.000.185."),
                error=_error("place", "enterprise_number"),
            ),
            select_field(
                "trade", _("Métier"), State.shown.trades, empty=_("Celui qu’il apprend"), error=_error("place", "trade")
            ),
            date_field("starts_on", _("Premier jour"), error=_error("place", "starts_on")),
            rx.el.div(close_button(), submit_button(_("Noter la place")), class_name="row"),
            on_submit=State.note_place,
            class_name="stack",
        ),
        done=State.done,
    )


def _summary(form: str, *fields: str) -> rx.Component:
    general = form_error(State.errors, "form")
    return rx.cond(State.asked_for == form, error_summary(State.errors, fields, general=general))


def _general(form: str) -> rx.Component:
    return rx.cond(State.asked_for == form, error_summary({}, (), general=form_error(State.errors, "form")))


def _error(form: str, name: str) -> Any:
    return rx.cond(State.asked_for == form, form_error(State.errors, name), "")


def _which() -> rx.Component:
    return rx.el.input(type="hidden", name="learner", value=f"{State.shown.learner_id}", read_only=True)
