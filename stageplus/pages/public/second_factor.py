"""Proving who one is: the second step of signing in, and again before what touches the safety of an account."""

import reflex as rx

from stageplus.components import (
    error_summary,
    native_form,
    own_shell,
    password_field,
    skeleton_text,
    submit_button,
)
from stageplus.pages.page import Page, frame
from stageplus.states.audience import Audience
from stageplus.states.second_factor import ProofState as State
from stageplus.texts import _

ACTION = "/auth/preuve"


def proof_page() -> rx.Component:
    """Build one form for each way to prove who one is."""
    return own_shell(
        error_summary({}, [], general=State.sentence),
        rx.cond(State.ways.password, _by_password()),
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


def _by_password() -> rx.Component:
    return native_form(
        password_field("preuve", _("Mot de passe")),
        _heading(),
        submit_button(_("Confirmer")),
        action=f"{ACTION}/mot-de-passe",
        csrf=State.csrf,
    )


def _heading() -> rx.Component:
    return rx.el.input(type="hidden", name="suite", value=State.heading, read_only=True)


PROOF = Page(
    "/connexion/second-facteur", _("Vérification de sécurité"), Audience.IDENTIFYING, proof_page, loads=[State.load]
)
