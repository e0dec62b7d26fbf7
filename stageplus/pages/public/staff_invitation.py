"""What the page of a mailed link shows to whom OFFA invited."""

import reflex as rx

from stageplus.components import (
    button_link,
    callout,
    error_summary,
    fact,
    facts,
    form_error,
    password_field,
    row,
    submit_button,
    text_field,
)
from stageplus.states.staff_invitation import StaffInvitationState as State
from stageplus.texts import _

FIELDS = {"first_name": _("Prénom"), "last_name": _("Nom"), "new": _("Mot de passe")}


def form() -> rx.Component:
    """Build the form of a new account; where the address has one already, what to do instead."""
    return rx.cond(State.staff.taken, _taken(), _newcomer())


def receipt() -> rx.Component:
    """Say that the account is made, what comes next, and lead to signing in."""
    return callout(
        rx.el.p(
            _("Connectez-vous avec votre adresse et ce mot de passe."),
            " ",
            _("Vous ajouterez alors votre deuxième étape de connexion : rien d’autre ne s’ouvre avant."),
        ),
        button_link(_("Se connecter"), f"/connexion?suite={State.desk}", native=True),
        title=_("Votre compte est créé"),
        tone="success",
    )


def _newcomer() -> rx.Component:
    errors = State.errors
    return rx.el.form(
        error_summary(errors, FIELDS, general=form_error(errors, "form")),
        facts(fact(_("Adresse e-mail"), State.staff.email), fact(_("Rôle"), State.staff.charge)),
        rx.el.input(type="hidden", name="token", value=State.token, read_only=True),
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
        submit_button(_("Créer mon compte")),
        on_submit=State.join,
        class_name="stack",
    )


def _taken() -> rx.Component:
    return callout(
        rx.el.p(State.staff.email),
        rx.el.p(_("Un compte ne change pas de rôle : demandez à OFFA d’inviter une autre adresse.")),
        button_link(_("Se connecter"), "/connexion", native=True),
        title=_("Cette adresse a déjà un compte"),
        tone="warning",
    )
