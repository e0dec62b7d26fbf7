"""The dialog that sends a search without results to one's referent."""

import reflex as rx

from stageplus.components import close_button, dialog, dialog_opener, error_summary, form_error, submit_button
from stageplus.components.props import Text
from stageplus.states.learner.asking import LearnerAskingState as State
from stageplus.texts import _

DIALOG = "demander"


def ask_opener() -> rx.Component:
    """Build the button that opens the dialog."""
    return dialog_opener(_("Demander à mon référent"), DIALOG, variant="secondary", icon_name="letter")


def ask_dialog(search: Text, *, told: Text = "") -> rx.Component:
    """Build the dialog; `search` is the present search as the address bar writes it, `told` what leaves with it."""
    leaves = (
        told
        if told != ""
        else _("Les personnes qui te suivent chez ton opérateur reçoivent ton nom et cette recherche.")
    )
    return dialog(
        DIALOG,
        _("Demander de l’aide à ton référent"),
        rx.el.form(
            error_summary({}, (), general=form_error(State.errors, "form")),
            rx.el.p(leaves),
            rx.el.p(_("Rien d’autre n’est envoyé. Elles te répondent par e-mail."), class_name="quiet-text"),
            rx.el.input(type="hidden", name="search", value=search, read_only=True),
            rx.el.div(close_button(), submit_button(_("Envoyer")), class_name="row"),
            on_submit=State.ask,
            class_name="stack",
        ),
        done=State.asked,
    )
