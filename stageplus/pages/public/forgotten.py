"""A forgotten password."""

import reflex as rx

from stageplus.components import (
    button_link,
    callout,
    email_field,
    error_summary,
    form_error,
    link,
    public_shell,
    submit_button,
)
from stageplus.components.props import waiting
from stageplus.pages.page import Page, frame
from stageplus.states.audience import Audience
from stageplus.states.password_reset import ForgottenPasswordState as State
from stageplus.texts import _


def forgotten_page() -> rx.Component:
    """Build the form that asks for a link, and its receipt, which is the same for every address."""
    return public_shell(
        rx.cond(State.asked, _receipt(), _form()),
        title=_("Mot de passe oublié"),
        lead=rx.cond(State.asked, "", _("Nous vous envoyons un lien pour en choisir un nouveau.")),
        frame=frame(),
        width="form",
        sign_in=False,
    )


def _form() -> rx.Component:
    errors = State.errors
    return rx.el.form(
        error_summary(errors, ("email",), general=form_error(errors, "form")),
        email_field(
            "email",
            _("Adresse e-mail"),
            autocomplete="username",
            keep_session="connexion",
            error=form_error(errors, "email"),
        ),
        submit_button(_("Recevoir le lien")),
        rx.el.p(link(_("Retour à la connexion"), href="/connexion", native=True)),
        on_submit=State.ask,
        class_name="stack",
        custom_attrs=waiting(State.loading),
    )


def _receipt() -> rx.Component:
    return rx.el.div(
        callout(
            rx.el.p(_("Si un compte existe avec cette adresse, un lien vient de partir. Il sert une seule fois.")),
            rx.el.p(_("Rien reçu après quelques minutes ? Regardez dans les indésirables, puis vérifiez l’adresse.")),
            title=_("Regardez vos e-mails"),
            tone="success",
        ),
        rx.el.div(button_link(_("Retour à la connexion"), "/connexion", native=True), class_name="row"),
        class_name="stack",
    )


PAGE = Page("/mot-de-passe-oublie", _("Mot de passe oublié"), Audience.EVERYONE, forgotten_page, loads=[State.load])
