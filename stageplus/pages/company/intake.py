"""Enough applications for now: a pause by one tap, or a cap that pauses and opens again by itself."""

from typing import Any

import reflex as rx

from stageplus.components import (
    button,
    callout,
    close_button,
    dialog,
    dialog_opener,
    error_summary,
    form_error,
    number_field,
    submit_button,
)
from stageplus.states.company.posting import CompanyOfferState as State
from stageplus.texts import _

INTAKE = "assez"


def intake_opener() -> rx.Component:
    """Build the button that opens the choice, for an offer that is open."""
    return rx.cond(
        State.detail.intake.can_change, dialog_opener(_("Assez de candidatures ?"), INTAKE, icon_name="letter")
    )


def intake_notice() -> rx.Component:
    """Say that learners cannot apply now and why, with the one tap that opens again."""
    intake = State.detail.intake
    take = button(_("Rouvrir aux candidatures"), variant="secondary", on_click=_step("take"))
    return rx.cond(
        intake.has_enough,
        callout(
            rx.el.p(intake.words),
            rx.el.p(
                _("Les apprenants lisent : « L’entreprise a assez de candidatures pour l’instant »."), class_name="hint"
            ),
            rx.el.div(take),
            title=_("Pas de nouvelle candidature pour l’instant"),
            tone="warning",
        ),
    )


def intake_dialog() -> rx.Component:
    """Build the choice between a pause now and a cap."""
    return dialog(
        INTAKE,
        _("Assez de candidatures ?"),
        rx.el.p(_("L’offre reste visible. Les candidatures déjà reçues attendent toujours votre réponse.")),
        rx.cond(State.detail.intake.has_enough, rx.fragment(), _pause_now()),
        _cap(),
        done=State.done,
    )


def _pause_now() -> rx.Component:
    return button(_("Mettre en pause maintenant"), variant="secondary", size="large", wide=True, on_click=_step("hold"))


def _cap() -> rx.Component:
    mine = rx.cond(State.asking == INTAKE, form_error(State.errors, "most"), "")
    return rx.el.form(
        rx.cond(
            State.asking == INTAKE, error_summary(State.errors, ("most",), general=form_error(State.errors, "form"))
        ),
        rx.el.input(type="hidden", name="offer", value=f"{State.detail.row.offer_id}", read_only=True),
        number_field(
            "most",
            _("Pause automatique quand autant de candidatures attendent"),
            value=State.detail.intake.most,
            hint=_("L’offre rouvre d’elle-même dès que vous en avez traité. Laissez vide pour ne pas limiter."),
            error=mine,
            short=True,
        ),
        rx.el.div(close_button(), submit_button(_("Enregistrer la limite")), class_name="row"),
        on_submit=State.cap,
        class_name="stack",
    )


def _step(name: str) -> Any:
    return State.step(State.detail.row.offer_id, name)
