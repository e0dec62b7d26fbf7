"""Closing an offer: its outcome by one tap, and an answer to everybody who still waits."""

import reflex as rx

from stageplus.components import button, close_button, dialog, error_summary, form_error, textarea_field
from stageplus.services.applications.schemas import Waiting
from stageplus.services.postings.schemas import REASON_WORDS
from stageplus.states.company.posting import CompanyOfferState as State
from stageplus.texts import _

CLOSING = "cloturer"


def closing_dialog() -> rx.Component:
    """Build the dialog whose large buttons are the outcomes."""
    detail = State.detail
    general = rx.cond(
        form_error(State.errors, "form"), form_error(State.errors, "form"), form_error(State.errors, "reason")
    )
    return dialog(
        CLOSING,
        _("Clôturer l'offre"),
        rx.el.form(
            rx.cond(State.asking == CLOSING, error_summary(State.errors, ("words",), general=general)),
            rx.el.input(type="hidden", name="offer", value=f"{detail.row.offer_id}", read_only=True),
            rx.el.input(type="hidden", name="shown", value=detail.shown, read_only=True),
            rx.el.input(type="hidden", name="intent"),
            rx.cond(detail.waiting, _answer(), rx.el.p(_("Personne n’attend de réponse : un geste suffit."))),
            _outcomes(),
            rx.el.div(close_button(), class_name="row"),
            on_submit=State.close,
            class_name="stack",
        ),
        done=State.done,
    )


def _answer() -> rx.Component:
    detail = State.detail
    return rx.el.div(
        rx.el.p(_("Ces personnes attendent votre réponse. Elles la reçoivent au moment où l’offre se ferme :")),
        rx.el.ul(rx.foreach(detail.waiting, _waiting), class_name="plain-list"),
        textarea_field(
            "words",
            _("Message à ces personnes"),
            value=detail.answer,
            hint=_("Un mot poli, que chacune lira tel quel. Changez-le à votre goût."),
            rows=7,
            max_length=2000,
            keep=f"{CLOSING}-{detail.row.offer_id}-words",
            error=rx.cond(State.asking == CLOSING, form_error(State.errors, "words"), ""),
        ),
        class_name="stack",
    )


def _waiting(each: Waiting) -> rx.Component:
    return rx.el.li(rx.el.strong(each.person), " ", rx.el.span(each.status_words, " ", each.since, class_name="hint"))


def _outcomes() -> rx.Component:
    buttons = [
        button(words, type="submit", variant="secondary", size="large", wide=True, custom_attrs={"data-intent": reason})
        for reason, words in REASON_WORDS.items()
    ]
    return rx.el.fieldset(
        rx.el.legend(_("Que devient la place ?")),
        rx.el.div(*buttons, class_name="outcomes"),
        class_name="field",
    )
