"""Sign-in."""

import reflex as rx

from stageplus.components import (
    button,
    button_link,
    callout,
    email_field,
    error_summary,
    link,
    native_form,
    passkey_form,
    password_field,
    public_shell,
    section,
    submit_button,
)
from stageplus.pages.page import Page, frame
from stageplus.pages.public.identity import provider_answer, provider_form
from stageplus.services.accounts.schemas import DemoAccount
from stageplus.states.audience import Audience
from stageplus.states.identity import ProviderState
from stageplus.states.second_factor import PasskeySignInState
from stageplus.states.sign_in import SignInState
from stageplus.texts import _

ACTION = "/auth/connexion"


def sign_in_page() -> rx.Component:
    """Build the sign-in form, and in demo mode one button per account."""
    return public_shell(
        rx.cond(SignInState.signed_in, _signed_in_already()),
        provider_answer(),
        native_form(
            error_summary({}, [], general=SignInState.sentence),
            email_field("email", _("Adresse e-mail"), autocomplete="username", keep_session="connexion"),
            password_field("password", _("Mot de passe")),
            _heading(),
            submit_button(_("Se connecter")),
            rx.el.p(link(_("Mot de passe oublié ?"), href="/mot-de-passe-oublie")),
            rx.el.p(_("Pas encore de compte ?"), " ", link(_("Créer un compte"), href="/inscription")),
            action=ACTION,
            csrf=SignInState.csrf,
        ),
        _by_passkey(),
        rx.cond(ProviderState.here.name != "", provider_form(_heading())),
        rx.cond(SignInState.accounts, _demo_accounts()),
        title=_("Se connecter"),
        frame=frame(),
        width="form",
        sign_in=False,
    )


def _by_passkey() -> rx.Component:
    return passkey_form(
        _heading(),
        button(
            _("Se connecter avec une clé d’accès"), type="submit", variant="secondary", icon_name="shield", wide=True
        ),
        use="connexion",
        action="/auth/cle/connexion",
        csrf=SignInState.csrf,
        host=PasskeySignInState.here.passkey_host,
        origin=PasskeySignInState.here.passkey_origin,
    )


def _signed_in_already() -> rx.Component:
    return callout(
        rx.el.p(_("Vous pouvez continuer, ou vous connecter ci-dessous avec un autre compte.")),
        button_link(_("Continuer"), rx.cond(SignInState.heading != "", SignInState.heading, SignInState.home)),
        title=rx.fragment(_("Session déjà ouverte :"), " ", SignInState.name),
        tone="sun",
    )


def _demo_accounts() -> rx.Component:
    return section(
        _("Démonstration"),
        rx.el.div(
            callout(_("Tout est inventé ici : choisissez un rôle pour essayer Stage+ d’une pression.")),
            rx.foreach(SignInState.accounts, _demo_account),
            class_name="stack stack-tight",
        ),
    )


def _demo_account(account: DemoAccount) -> rx.Component:
    return native_form(
        rx.el.input(type="hidden", name="email", value=account.email, read_only=True),
        rx.el.input(type="hidden", name="password", value=account.password, read_only=True),
        _heading(),
        button(account.label, type="submit", variant="secondary", wide=True),
        action=ACTION,
        csrf=SignInState.csrf,
        class_name="",
    )


def _heading() -> rx.Component:
    return rx.el.input(type="hidden", name="suite", value=SignInState.heading, read_only=True)


PAGE = Page(
    "/connexion",
    _("Se connecter"),
    Audience.EVERYONE,
    sign_in_page,
    loads=[SignInState.load, PasskeySignInState.look, ProviderState.look],
)
