"""What the page of a mailed link shows to whoever wants no more mails of alerts."""

import reflex as rx

from stageplus.components import button_link, callout, error_summary, form_error, submit_button
from stageplus.states.stop_alerts import StopAlertsState as State
from stageplus.texts import _


def form() -> rx.Component:
    """Build the one button that stops the mails."""
    return rx.el.form(
        error_summary(State.errors, (), general=form_error(State.errors, "form")),
        rx.el.input(type="hidden", name="token", value=State.token, read_only=True),
        rx.el.p(_("Tes alertes ne t’enverront plus d’e-mail. Sur le site, elles continuent à te montrer les offres.")),
        submit_button(_("Arrêter ces e-mails")),
        on_submit=State.confirm,
        class_name="stack",
    )


def receipt() -> rx.Component:
    """Say that it is done."""
    return rx.el.div(
        callout(
            rx.el.p(_("Tu peux les reprendre quand tu veux, dans « Alertes ».")),
            title=_("C’est fait : plus d’e-mails d’alerte"),
            tone="success",
        ),
        rx.el.div(button_link(_("Voir mes alertes"), "/alertes", native=True), class_name="row"),
        class_name="stack",
    )
