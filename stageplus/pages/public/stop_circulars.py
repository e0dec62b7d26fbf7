"""What the page of a mailed link shows to a company that wants no more messages of coaches."""

import reflex as rx

from stageplus.components import button_link, callout, error_summary, form_error, submit_button
from stageplus.states.notices import ASKED
from stageplus.states.stop_circulars import StopCircularsState as State
from stageplus.texts import _

CHOICES = f"/compte?{ASKED}"


def form() -> rx.Component:
    """Build the one button that stops the messages."""
    return rx.el.form(
        error_summary(State.errors, (), general=form_error(State.errors, "form")),
        rx.el.input(type="hidden", name="token", value=State.token, read_only=True),
        rx.el.p(
            _(
                "Les coachs sectoriels n’enverront plus de messages groupés à votre entreprise, à aucun de ses membres. "
                "Les e-mails sur vos offres et vos candidatures continuent."
            )
        ),
        submit_button(_("Arrêter ces messages")),
        on_submit=State.confirm,
        class_name="stack",
    )


def receipt() -> rx.Component:
    """Say that it is done."""
    return rx.el.div(
        callout(
            rx.el.p(_("Vous pouvez les reprendre quand vous voulez : « Compte », puis « Notifications ».")),
            title=_("C’est fait : plus de messages de coachs"),
            tone="success",
        ),
        rx.el.div(button_link(_("Voir mes choix"), CHOICES, native=True), class_name="row"),
        class_name="stack",
    )
