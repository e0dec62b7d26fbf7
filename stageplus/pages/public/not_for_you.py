"""What a mailed link shows whoever it is not for, whatever it is about."""

import reflex as rx

from stageplus.components import button_link
from stageplus.texts import _


def elsewhere() -> rx.Component:
    """Say that the link was for somebody else than who is signed in."""
    return rx.el.div(
        rx.el.p(
            _("Ce message était pour une autre personne que le compte ouvert dans ce navigateur. Rien n’a changé.")
        ),
        rx.el.p(_("Déconnectez-vous, puis ouvrez de nouveau le lien.")),
        button_link(_("Voir mon compte"), "/compte", variant="secondary"),
        class_name="stack stack-tight",
    )


def left() -> rx.Component:
    """Say that whom the link was for no longer acts for the offer."""
    return rx.el.div(
        rx.el.p(_("La personne qui a reçu ce message n’agit plus pour cette offre. Rien n’a changé.")),
        button_link(_("Se connecter"), "/connexion", variant="secondary", native=True),
        class_name="stack stack-tight",
    )
