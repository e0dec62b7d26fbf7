"""The figures of an offer, and concrete help for one that ends without an application."""

import reflex as rx

from stageplus.components import button, button_link, callout, form_error
from stageplus.components.stat import stat, stats
from stageplus.states.company.figures import CompanyFiguresState as State
from stageplus.texts import _


def figures_section() -> rx.Component:
    """Build the four figures of an offer that learners could open."""
    figures = State.figures
    return rx.cond(
        figures.is_shown,
        rx.el.section(
            rx.el.h2(_("Chiffres de l’offre")),
            stats(
                stat(figures.seen, _("Consultations")),
                stat(figures.kept, _("Gardée en favori")),
                stat(figures.applications, _("Candidatures")),
                stat(figures.answered, _("Réponses données")),
                dense=True,
            ),
            rx.el.p(
                _("Chaque apprenant compte une fois par jour. Nous gardons le nombre, jamais qui."), class_name="hint"
            ),
            class_name="stack stack-tight",
        ),
    )


def figures_help() -> rx.Component:
    """Build what may bring somebody to an offer that ends soon."""
    figures = State.figures
    tell = rx.cond(
        figures.can_tell,
        button(_("Prévenir les opérateurs proches"), variant="secondary", on_click=State.tell),
        rx.el.span(_("Opérateurs proches :"), " ", figures.told, class_name="hint"),
    )
    refused = form_error(State.errors, "form")
    return rx.cond(
        figures.needs_help,
        callout(
            rx.el.p(_("Trois choses aident, chacune en moins d’une minute :")),
            rx.el.div(
                button_link(_("Élargir les jours"), "#days", variant="secondary", native=True),
                button_link(_("Ajouter la ligne de bus"), "#transport", variant="secondary", native=True),
                tell,
                class_name="row",
            ),
            rx.cond(refused != "", rx.el.p(refused, role="alert")),
            title=_("L’offre se termine bientôt et personne n’a postulé"),
            tone="warning",
        ),
    )
