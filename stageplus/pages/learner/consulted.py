"""« Qui a consulté mes données », where a learner looks for it."""

import reflex as rx

from stageplus.components import disclosure
from stageplus.services.consultations.schemas import Looked
from stageplus.states.learner.consulted import LearnerConsultedState as State
from stageplus.texts import _


def consulted() -> rx.Component:
    """Fold the list of who looked, and when, under one line."""
    return disclosure(
        _("Qui a consulté mes données"),
        rx.cond(
            State.looked,
            rx.el.ul(rx.foreach(State.looked, _line), class_name="plain-list"),
            rx.el.p(_("Personne pour l’instant.")),
        ),
        rx.el.p(
            _("Une entreprise ou ton opérateur ouvre tes données : le jour est noté. Délais : page « Vie privée »."),
            class_name="hint",
        ),
    )


def _line(row: Looked) -> rx.Component:
    return rx.el.li(
        rx.el.strong(row.who),
        rx.el.span(" · ", row.day, class_name="hint"),
        rx.cond(
            row.what != "",
            rx.el.div(_("Ta candidature : "), row.what, class_name="hint"),
            rx.el.div(_("Ta fiche de suivi"), class_name="hint"),
        ),
    )
