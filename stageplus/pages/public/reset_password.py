"""What the page of a mailed link shows for a forgotten password."""

import reflex as rx

from stageplus.components import button_link, callout, error_summary, form_error, password_field, submit_button
from stageplus.states.password_reset import ResetPasswordState as State
from stageplus.texts import _


def form() -> rx.Component:
    """Build the form of the new password."""
    errors = State.errors
    return rx.el.form(
        error_summary(errors, ("new",), general=form_error(errors, "form")),
        rx.el.input(type="hidden", name="token", value=State.token, read_only=True),
        _account(),
        password_field(
            "new",
            _("Nouveau mot de passe"),
            autocomplete="new-password",
            hint=_("Au moins 12 caractères : quelques mots sans rapport suffisent. Coller est permis."),
            error=form_error(errors, "new"),
        ),
        rx.el.p(_("Tous les appareils connectés à ce compte seront déconnectés."), class_name="hint"),
        submit_button(_("Enregistrer le mot de passe")),
        on_submit=State.choose,
        class_name="stack",
    )


def receipt() -> rx.Component:
    """Say that it is done, and lead to signing in."""
    return rx.el.div(
        callout(
            rx.el.p(_("Connectez-vous avec votre nouveau mot de passe. Les autres appareils sont déconnectés.")),
            title=_("Le mot de passe est changé"),
            tone="success",
        ),
        rx.el.div(button_link(_("Se connecter"), "/connexion", native=True), class_name="row"),
        class_name="stack",
    )


def _account() -> rx.Component:
    # For the password manager, which keeps a password with its address.
    return rx.el.input(
        type="email",
        name="username",
        value=State.view.subject,
        read_only=True,
        hidden=True,
        custom_attrs={"autoComplete": "username"},
    )
