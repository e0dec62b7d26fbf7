"""The interview of an application, in its learner's page."""

from typing import Any

import reflex as rx

from stageplus.components import (
    ROW_FIELDS,
    TIMES,
    cancel_dialog,
    dialog,
    error_summary,
    form_error,
    interview_panel,
    section,
    times_buttons,
    times_rows,
    why_field,
)
from stageplus.services.applications.schemas import ApplicationDetail
from stageplus.states.learner.interviews import LearnerInterviewState as State
from stageplus.texts import _

NO_HEALTH = _("L’entreprise lira ces mots. Reste simple : rien sur ta santé ni ta famille.")


def interview_section(detail: ApplicationDetail) -> rx.Component:
    """Build the interview with its two dialogs."""
    number = detail.card.application_id
    return section(
        _("Ton entretien"),
        interview_panel(
            detail.interview,
            take=lambda slot: State.take(number, slot.slot_id),
            take_label=_("Choisir ce moment"),
            refusal="",
            head="",
            move_label=rx.cond(detail.interview.when, _("Déplacer"), _("Proposer d’autres moments")),
        ),
        _others(detail),
        cancel_dialog(
            _("L’entreprise est prévenue. Ta candidature continue, elle peut te proposer un autre entretien."),
            State.cancel,
            State.errors,
            asking=State.asking == "annuler",
            which=_which(detail),
            done=State.settled,
            hint=NO_HEALTH,
        ),
    )


def _others(detail: ApplicationDetail) -> rx.Component:
    summary = error_summary(
        State.errors, {**ROW_FIELDS, "why": _("Pourquoi ?")}, general=form_error(State.errors, "form")
    )
    return dialog(
        TIMES,
        rx.cond(detail.interview.when, _("Déplacer l’entretien"), _("Proposer d’autres moments")),
        rx.el.form(
            rx.cond(State.asking == "autres", summary),
            _which(detail),
            times_rows(detail.interview, _asked(detail), _("Ajouter d’autres moments")),
            rx.cond(
                detail.interview.needs_why,
                why_field(_mine("why"), NO_HEALTH),
                why_field(_mine("why"), NO_HEALTH, optional=True),
            ),
            times_buttons(_("Envoyer mes moments")),
            on_submit=State.offer_others,
            class_name="stack",
        ),
        done=State.settled,
    )


def _mine(name: Any) -> Any:
    return rx.cond(State.asking == "autres", form_error(State.errors, name), "")


def _asked(detail: ApplicationDetail) -> Any:
    def of(name: Any) -> dict[str, Any]:
        return {"error": _mine(name), "keep": f"moments-{detail.card.application_id}-{name}"}

    return of


def _which(detail: ApplicationDetail) -> rx.Component:
    return rx.el.input(type="hidden", name="application", value=f"{detail.card.application_id}", read_only=True)
