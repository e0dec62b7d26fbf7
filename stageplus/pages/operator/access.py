"""Help for a learner who lost the telephone that proves who they are."""

import reflex as rx

from stageplus.components import (
    button,
    close_button,
    dialog,
    dialog_opener,
    error_summary,
    form_error,
    row,
    section,
    text_field,
)
from stageplus.states.operator.access import OperatorAccessState as State
from stageplus.texts import _

DIALOG = "remettre-a-zero"


def access_section() -> rx.Component:
    """Build the part of a learner's page that resets the second factor, when there is one."""
    shown = section(
        _("Connexion en deux étapes"),
        row(dialog_opener(_("Remettre à zéro la deuxième étape"), DIALOG, variant="secondary", icon_name="lock")),
        _dialog(),
        hint=_("Téléphone perdu, et plus de code de secours ? Vérifiez d’abord que c’est bien cette personne."),
    )
    errors = error_summary({}, (), general=form_error(State.errors, "form"))
    return rx.fragment(errors, rx.cond(State.access.has_factor, shown))


def _dialog() -> rx.Component:
    return dialog(
        DIALOG,
        _("Remettre à zéro la deuxième étape ?"),
        rx.el.p(
            _("Clés d’accès, application et codes de secours sont effacés, tous les appareils déconnectés."),
            " ",
            _("La personne reçoit un message et se reconnecte avec son mot de passe. Ce geste est noté au journal."),
            class_name="quiet-text",
        ),
        rx.el.form(
            rx.el.input(type="hidden", name="person", value=f"{State.access.person_id}", read_only=True),
            text_field(
                "reason",
                _("Raison, et comment la personne a été reconnue"),
                hint=_("Par exemple : téléphone perdu, vue au centre ce matin."),
                error=form_error(State.errors, "reason"),
            ),
            row(close_button(), button(_("Remettre à zéro"), type="submit", variant="danger")),
            on_submit=State.take_away,
            class_name="stack",
        ),
        done=State.answered,
    )
