"""The dialog that makes an alert of the present search, and the buttons that open it."""

import reflex as rx

from stageplus.components import (
    close_button,
    dialog,
    dialog_opener,
    error_summary,
    form_error,
    radio_cards,
    submit_button,
)
from stageplus.components.button import Variant
from stageplus.components.props import Text
from stageplus.domain.alerts import AlertPace
from stageplus.states.learner.alerts import LearnerAlertsState as State
from stageplus.texts import _

DIALOG = "alerte"
PACES = (
    (AlertPace.DAILY.value, _("Par e-mail, une fois par jour au plus")),
    (AlertPace.WEEKLY.value, _("Par e-mail, une fois par semaine")),
    (AlertPace.ON_SITE.value, _("Sur le site seulement")),
)


def alert_opener(label: str, *, variant: Variant = "quiet") -> rx.Component:
    """Build the button that opens the dialog."""
    return dialog_opener(label, DIALOG, variant=variant, icon_name="bell")


def alert_dialog(search: Text) -> rx.Component:
    """Build the dialog; `search` is the present search as the address bar writes it."""
    errors = State.errors
    return dialog(
        DIALOG,
        _("M’avertir des nouvelles offres"),
        rx.el.form(
            error_summary(errors, ("pace",), general=form_error(errors, "form")),
            rx.el.p(_("Dès qu’une offre répond à cette recherche, elle apparaît dans « Alertes ».")),
            rx.el.input(type="hidden", name="search", value=search, read_only=True),
            radio_cards("pace", _("Comment te prévenir ?"), list(PACES), value=AlertPace.DAILY.value),
            rx.el.div(close_button(), submit_button(_("Créer l’alerte")), class_name="row"),
            on_submit=State.save,
            class_name="stack",
        ),
        done=State.saved,
    )
