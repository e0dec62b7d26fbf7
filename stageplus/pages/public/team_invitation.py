"""What the page of a mailed link shows for an invitation to a company's team."""

import reflex as rx

from stageplus.components import (
    button_link,
    callout,
    error_summary,
    form_error,
    password_field,
    row,
    submit_button,
    text_field,
)
from stageplus.states.team_invitation import TeamInvitationState as State
from stageplus.texts import _

FIELDS = {"first_name": _("Prénom"), "last_name": _("Nom"), "new": _("Mot de passe")}


def form() -> rx.Component:
    """Build the form: one button for whoever has an account, a name and a password for whoever has none."""
    errors = State.errors
    return rx.el.form(
        error_summary(errors, FIELDS, general=form_error(errors, "form")),
        rx.el.p(rx.el.strong(State.invited.company), " ", _("vous invite à agir pour elle sur Stage+.")),
        rx.el.p(_("Adresse e-mail :"), " ", State.invited.email, class_name="hint"),
        rx.el.input(type="hidden", name="token", value=State.token, read_only=True),
        rx.cond(State.invited.has_account, rx.fragment(), _newcomer()),
        submit_button(_("Rejoindre l’équipe")),
        on_submit=State.join,
        class_name="stack",
    )


def receipt() -> rx.Component:
    """Say that it is done, and lead to signing in."""
    return callout(
        rx.el.p(_("Connectez-vous : tout ce que l’on vous a confié vous attend.")),
        button_link(_("Se connecter"), "/connexion?suite=/entreprise", native=True),
        title=_("Vous faites partie de l’équipe"),
        tone="success",
    )


def _newcomer() -> rx.Component:
    errors = State.errors
    return rx.el.div(
        row(
            text_field("first_name", _("Prénom"), error=form_error(errors, "first_name"), autocomplete="given-name"),
            text_field("last_name", _("Nom"), error=form_error(errors, "last_name"), autocomplete="family-name"),
        ),
        password_field(
            "new",
            _("Mot de passe"),
            autocomplete="new-password",
            hint=_("Au moins 12 caractères : quelques mots sans rapport suffisent."),
            error=form_error(errors, "new"),
        ),
        class_name="stack",
    )
