"""Signing in by the identity provider, and the section of one's account that links it."""

import reflex as rx

from stageplus.components import (
    answer_box,
    button,
    button_link,
    callout,
    confirm_dialog,
    dialog_opener,
    native_form,
    row,
    section,
)
from stageplus.states.identity import IdentityState as State
from stageplus.states.identity import ProviderState
from stageplus.texts import _

PROOF = "/connexion/second-facteur?suite=/compte"


def provider_answer() -> rx.Component:
    """Say what came of the last visit to the provider, and the way on for whoever it does not open an account."""
    way_on = _("Déjà un compte ? La connexion ci-dessous, avec le mot de passe, mène au bouton « Relier ce compte ».")
    return _answer(ProviderState.sentence, rx.cond(ProviderState.unknown, rx.el.p(way_on)))


def _answer(sentence: str | rx.Var[str], *more: rx.Component) -> rx.Component:
    return rx.cond(sentence != "", answer_box(callout(rx.el.p(sentence), *more, tone="sun", icon_name="info")))


def provider_form(heading: rx.Component) -> rx.Component:
    """Build the button that leaves for the provider."""
    return native_form(
        heading,
        button(
            rx.fragment(_("Se connecter avec"), " ", ProviderState.here.name),
            type="submit",
            variant="secondary",
            icon_name="external",
            wide=True,
        ),
        action="/auth/fournisseur/connexion",
        csrf=ProviderState.csrf,
    )


def identity_section() -> rx.Component:
    """Build what is linked, and how to link or unlink it."""
    identity = State.identity
    return section(
        rx.fragment(_("Connexion avec"), " ", identity.provider),
        _answer(State.sentence),
        rx.cond(identity.linked, _linked(), _not_linked()),
        hint=rx.cond(
            identity.linked,
            _("Elle remplace le mot de passe. La deuxième étape, elle, reste demandée."),
            _(
                "Elle peut remplacer le mot de passe. Stage+ n’en reçoit qu’un identifiant : ni nom, ni numéro national."
            ),
        ),
    )


def _linked() -> rx.Component:
    identity = State.identity
    return rx.fragment(
        rx.el.p(identity.since, " · ", identity.last_used),
        row(rx.cond(identity.fresh, _unlink(), _prove())),
        confirm_dialog(
            "ne-plus-relier",
            _("Ne plus relier ce compte ?"),
            _("La connexion se fera par le mot de passe ou une clé d’accès. Un nouveau lien reste possible."),
            _("Ne plus relier"),
            State.unlink,
            danger=True,
        ),
    )


def _unlink() -> rx.Component:
    return dialog_opener(_("Ne plus relier"), "ne-plus-relier", variant="secondary", icon_name="trash")


def _not_linked() -> rx.Component:
    return rx.cond(
        State.identity.fresh,
        native_form(
            row(button(_("Relier ce compte"), type="submit", variant="secondary", icon_name="external")),
            action="/auth/fournisseur/lien",
            csrf=State.csrf,
        ),
        row(_prove()),
    )


def _prove() -> rx.Component:
    return button_link(_("Confirmer pour modifier"), PROOF, variant="secondary", icon_name="lock")
