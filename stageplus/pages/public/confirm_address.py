"""What the page of a mailed link shows for a new address."""

import reflex as rx

from stageplus.components import button_link, callout, error_summary, fact, facts, form_error, submit_button
from stageplus.states.email_change import EmailChangeState as State
from stageplus.texts import _


def form() -> rx.Component:
    """Build the one button that confirms the address."""
    return rx.el.form(
        error_summary(State.errors, (), general=form_error(State.errors, "form")),
        rx.el.input(type="hidden", name="token", value=State.token, read_only=True),
        facts(fact(_("Nouvelle adresse"), State.view.subject)),
        rx.el.p(_("C’est avec elle que l’on se connecte ensuite. L’ancienne adresse en est prévenue.")),
        submit_button(_("Confirmer cette adresse")),
        on_submit=State.confirm,
        class_name="stack",
    )


def receipt() -> rx.Component:
    """Say that it is done."""
    return rx.el.div(
        callout(
            rx.el.p(_("Nous écrivons désormais à :"), " ", State.view.subject),
            title=_("L’adresse est confirmée"),
            tone="success",
        ),
        rx.el.div(button_link(_("Continuer"), State.home), class_name="row"),
        class_name="stack",
    )
