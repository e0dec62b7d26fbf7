"""An interview as both sides see it: where it stands, the moments to take, the forms that offer others or cancel."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from stageplus.components.badge import status_badge
from stageplus.components.button import button, button_link, submit_button
from stageplus.components.callout import callout
from stageplus.components.dialog import close_button, dialog, dialog_opener
from stageplus.components.disclosure import disclosure
from stageplus.components.error_summary import Errors, error_summary, form_error
from stageplus.components.facts import fact_if, facts
from stageplus.components.field import date_field, text_field, textarea_field
from stageplus.components.props import Flag, Text, either, shown_if_filled
from stageplus.services.interviews.schemas import MOST_ROWS, MOST_WHY, InterviewView, SlotRow, rows_of
from stageplus.texts import _

TIMES, CANCEL = "entretien", "annuler-entretien"
"""The dialogs that offer moments and that cancel; `data-done` closes them."""
TONES = (("fixé", "success"), ("annulé", "danger"), ("proposé", "sun"), ("autres moments", "sun"))
FIRST_DAY, FIRST_HOUR, NEXT_DAY, NEXT_HOUR = _("Jour"), _("Heure"), _("Date du moment"), _("Début du moment")
ROW_FIELDS = {"day": FIRST_DAY, "at": FIRST_HOUR} | {
    f"{name}_{number}": f"{label} {number}"
    for number in rows_of(MOST_ROWS)
    for name, label in (("day", NEXT_DAY), ("at", NEXT_HOUR))
}
"""The fields of those rows and their labels; each label names one field only."""
Asked = Callable[[Any], dict[str, Any]]


def interview_panel(
    view: InterviewView,
    *,
    take: Callable[[SlotRow], Any],
    take_label: Text,
    refusal: Text,
    move_label: Text,
    head: Text,
) -> rx.Component:
    """Build the interview with what its reader may do now; `take` makes the event that takes a moment.

    `head` says where it stands, unless the page says so already.
    """
    return rx.el.div(
        rx.el.div(status_badge(view.state_words, rx.match(view.state, *TONES, "neutral")), class_name="row"),
        shown_if_filled(head, rx.el.p(rx.el.strong(head))),
        error_summary({}, (), general=refusal),
        rx.cond(view.why, callout(rx.el.p(view.why, class_name="typed"), tone="warning")),
        rx.cond(view.warning, callout(rx.el.p(view.warning), tone="warning")),
        rx.cond(view.slots, _slots(view, take, take_label)),
        facts(
            fact_if(_("Quand"), view.when),
            fact_if(_("Comment"), view.kind),
            fact_if(_("Lieu et contact"), view.place),
            fact_if(_("Message de l’entreprise"), view.words),
        ),
        rx.el.div(
            rx.cond(
                view.can_cancel,
                dialog_opener(_("Annuler l’entretien"), CANCEL, variant="quiet"),
            ),
            rx.cond(view.can_move, dialog_opener(move_label, TIMES, variant="secondary")),
            rx.cond(
                view.file,
                button_link(
                    _("Fichier d’agenda (.ics)"), view.file, variant="secondary", icon_name="calendar", download=True
                ),
            ),
            class_name="row",
        ),
        class_name="interview stack stack-tight",
    )


def times_rows(view: InterviewView, asked: Asked, more: Text) -> rx.Component:
    """Build the rows of a form that offers moments: the first one, and as many others as may be offered."""
    return rx.fragment(
        rx.el.div(
            date_field("day", FIRST_DAY, **asked("day")),
            text_field("at", FIRST_HOUR, type="time", short=True, **asked("at")),
            class_name="field-row",
        ),
        rx.cond(view.more_rows, disclosure(more, rx.foreach(view.more_rows, lambda number: _further(number, asked)))),
    )


def cancel_dialog(
    explanation: Text, on_submit: Any, errors: Errors, *, asking: Flag, which: rx.Component, done: Any, hint: Text
) -> rx.Component:
    """Ask why an interview is cancelled; the other side reads it."""
    mine: Any = either(asking, form_error(errors, "why"), "")
    general: Any = either(asking, form_error(errors, "form"), "")
    return dialog(
        CANCEL,
        _("Annuler l’entretien ?"),
        rx.el.form(
            error_summary({}, (), general=general),
            which,
            rx.el.p(explanation, class_name="quiet-text"),
            why_field(mine, hint, field_id="pourquoi-annuler"),
            rx.el.div(
                close_button(_("Garder l’entretien")),
                button(_("Oui, annuler"), type="submit", variant="danger"),
                class_name="row",
            ),
            on_submit=on_submit,
            class_name="stack",
        ),
        done=done,
    )


def why_field(error: Text, hint: Text, *, field_id: str = "why", optional: bool = False) -> rx.Component:
    """Build the field of a reason, which the other side reads."""
    return textarea_field(
        "why",
        _("Pourquoi ?"),
        rows=2,
        max_length=MOST_WHY,
        hint=hint,
        error=error,
        optional=optional,
        field_id=field_id,
    )


def times_buttons(label: Text) -> rx.Component:
    """Build the last line of a form that offers moments."""
    return rx.el.div(close_button(), submit_button(label), class_name="row")


def _slots(view: InterviewView, take: Callable[[SlotRow], Any], label: Text) -> rx.Component:
    return rx.el.ul(rx.foreach(view.slots, lambda slot: _slot(slot, view, take, label)), class_name="slots")


def _slot(slot: SlotRow, view: InterviewView, take: Callable[[SlotRow], Any], label: Text) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(slot.words),
            rx.cond(slot.warning, rx.el.p(slot.warning, class_name="hint")),
        ),
        rx.cond(
            view.my_turn,
            button(label, variant="primary", size="small", description=slot.words, on_click=take(slot)),
        ),
        class_name="slot",
    )


def _further(number: Any, asked: Asked) -> rx.Component:
    day, at = "day_" + number, "at_" + number
    return rx.el.div(
        date_field(day, f"{NEXT_DAY} {number}", **asked(day)),
        text_field(at, f"{NEXT_HOUR} {number}", type="time", short=True, **asked(at)),
        class_name="field-row",
    )
