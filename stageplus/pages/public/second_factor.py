"""Proving who one is: the second step of signing in, and again before what touches the safety of an account."""

import reflex as rx

from stageplus.components import (
    callout,
    card,
    error_summary,
    native_form,
    own_shell,
    passkey_form,
    password_field,
    row,
    skeleton_text,
    submit_button,
    text_field,
)
from stageplus.domain.actors import Role
from stageplus.pages.page import Page, frame
from stageplus.states.audience import Audience
from stageplus.states.second_factor import ProofState as State
from stageplus.texts import _

ACTION = "/auth/preuve"


def proof_page() -> rx.Component:
    """Build one form for each way to prove who one is."""
    return own_shell(
        error_summary({}, [], general=State.sentence),
        rx.cond(State.ways.passkey, _by_passkey()),
        rx.cond(State.ways.totp, _by_totp()),
        rx.cond(State.ways.password, _by_password()),
        rx.cond(State.ways.codes, _by_code()),
        rx.cond(~State.ways.password, _nothing_at_hand()),
        title=_("Vérification de sécurité"),
        lead=rx.cond(
            State.ways.again,
            _("Avant d’aller plus loin, une preuve récente de l’identité est nécessaire. Elle vaut quelques minutes."),
            _("Encore une étape avant d’entrer."),
        ),
        active="compte",
        frame=frame(),
        skeleton=skeleton_text(6),
        width="form",
    )


def _by_passkey() -> rx.Component:
    return card(
        rx.el.h2(_("Avec une clé d’accès")),
        rx.el.p(_("L’empreinte, le visage ou le code de l’appareil suffit."), class_name="hint"),
        passkey_form(
            _heading(),
            row(submit_button(_("Utiliser une clé d’accès"))),
            use="preuve",
            action=f"{ACTION}/cle",
            csrf=State.csrf,
            host=State.ways.passkey_host,
            origin=State.ways.passkey_origin,
        ),
    )


def _by_totp() -> rx.Component:
    return card(
        rx.el.h2(_("Avec l’application de codes")),
        native_form(
            text_field(
                "preuve",
                _("Code à 6 chiffres"),
                hint=_("Celui que l’application affiche en ce moment pour Stage+."),
                autocomplete="one-time-code",
                inputmode="numeric",
                short=True,
                field_id="code",
            ),
            _heading(),
            row(submit_button(_("Vérifier"))),
            action=f"{ACTION}/application",
            csrf=State.csrf,
        ),
    )


def _by_password() -> rx.Component:
    return native_form(
        password_field("preuve", _("Mot de passe"), field_id="mot-de-passe"),
        _heading(),
        row(submit_button(_("Confirmer"))),
        action=f"{ACTION}/mot-de-passe",
        csrf=State.csrf,
    )


def _by_code() -> rx.Component:
    return rx.el.details(
        rx.el.summary(_("Utiliser un code de secours")),
        native_form(
            text_field(
                "preuve",
                _("Code de secours"),
                hint=_("Dix lettres et chiffres, par exemple K7WQM-R2XBD. Chaque code sert une seule fois."),
                field_id="secours",
            ),
            _heading(),
            row(submit_button(_("Utiliser ce code"))),
            action=f"{ACTION}/secours",
            csrf=State.csrf,
        ),
        class_name="more",
    )


def _nothing_at_hand() -> rx.Component:
    return callout(
        rx.cond(
            State.role == Role.LEARNER.value,
            rx.el.p(
                _(
                    "Téléphone perdu ou changé, et plus de code de secours ? Ton opérateur peut remettre cette étape à zéro."
                )
            ),
            rx.el.p(
                _(
                    "Téléphone perdu ou changé, et plus de code de secours ? OFFA peut remettre cette étape à zéro. Pour une entreprise, l’opérateur qui l’a agréée le peut aussi."
                )
            ),
        ),
        title=_("Rien de tout cela sous la main ?"),
        tone="neutral",
    )


def _heading() -> rx.Component:
    return rx.el.input(type="hidden", name="suite", value=State.heading, read_only=True)


PROOF = Page(
    "/connexion/second-facteur", _("Vérification de sécurité"), Audience.IDENTIFYING, proof_page, loads=[State.load]
)
