"""A place found: what to withdraw, what to say, and how to take it back."""

from typing import Any

import reflex as rx

from stageplus.components import (
    button,
    callout,
    close_button,
    confirm_dialog,
    dialog,
    dialog_opener,
    error_summary,
    form_error,
    icon,
    section,
    submit_button,
    textarea_field,
)
from stageplus.services.applications.schemas import ApplicationCard, ApplicationDetail
from stageplus.services.placements.schemas import GOODBYE
from stageplus.states.learner.applications import LearnerApplicationState
from stageplus.states.learner.place import LearnerPlaceState as State
from stageplus.texts import _

ELSEWHERE, AGAIN = "trouve-ailleurs", "cherche-a-nouveau"


def elsewhere_section() -> rx.Component:
    """Build what the list of applications says of a place found without Stage+."""
    errors = error_summary({}, (), general=rx.cond(State.place.found_elsewhere, form_error(State.errors, "form"), ""))
    return rx.fragment(
        errors, rx.cond(State.place.found_elsewhere, _found(), rx.cond(State.place.has_place, rx.fragment(), _ask()))
    )


def others_section(detail: ApplicationDetail) -> rx.Component:
    """Propose to withdraw one's other applications, all at once; whoever wants to keep some unticks them."""
    errors = LearnerApplicationState.errors
    return section(
        _("Tes autres candidatures en cours"),
        rx.el.p(_("Tu as une place : quelqu’un attend peut-être les autres. Décoche celles que tu veux garder.")),
        rx.el.form(
            error_summary(errors, ("applications", "words"), general=form_error(errors, "form")),
            rx.el.fieldset(
                rx.el.legend(_("À retirer"), class_name="field-label"),
                rx.el.div(rx.foreach(detail.others, _other), class_name="options"),
                rx.cond(
                    form_error(errors, "applications") != "",
                    rx.el.p(icon("alert", 20), form_error(errors, "applications"), class_name="field-error"),
                ),
                id="applications",
                class_name="field",
                custom_attrs={"tabIndex": "-1"},
            ),
            _goodbye("mot-autres", form_error(errors, "words")),
            submit_button(_("Retirer les candidatures cochées")),
            on_submit=LearnerApplicationState.leave_others,
            class_name="card stack",
        ),
    )


def _other(row: ApplicationCard) -> rx.Component:
    box = rx.el.input(type="checkbox", name="applications[]", value=f"{row.application_id}", default_checked=True)
    words = rx.el.span(
        rx.el.span(row.title, class_name="option-label"), rx.el.span(row.company, class_name="hint"), class_name="field"
    )
    return rx.el.label(box, words, class_name="option", key=f"{row.application_id}")


def _found() -> rx.Component:
    return rx.fragment(
        callout(
            rx.el.p(_("Une place ailleurs : "), State.place.words),
            rx.el.p(_("Ton opérateur le voit aussi. Ça n’a pas marché ? Dis-le en un geste.")),
            rx.el.div(dialog_opener(_("Je cherche à nouveau"), AGAIN, variant="secondary"), class_name="row"),
            title=_("Tu as une place"),
            tone="success",
        ),
        confirm_dialog(
            AGAIN,
            _("Tu cherches à nouveau ?"),
            _("Ton opérateur voit que tu es de nouveau sans lieu de stage. Tes candidatures retirées le restent."),
            _("Oui, je cherche à nouveau"),
            State.search_again,
        ),
    )


def _ask() -> rx.Component:
    return section(
        _("Tu as trouvé une place ailleurs ?"),
        rx.el.p(_("Bonne nouvelle ! Dis-le : les entreprises sont prévenues et ton opérateur arrête de chercher.")),
        rx.el.div(
            dialog_opener(_("J’ai trouvé ailleurs"), ELSEWHERE, variant="secondary", icon_name="check"),
            class_name="row",
        ),
        dialog(ELSEWHERE, _("Tu as trouvé une place ?"), _confirm(), done=State.answered),
    )


def _confirm() -> rx.Component:
    errors = State.errors
    return rx.el.form(
        error_summary(errors, ("words",), general=form_error(errors, "form")),
        rx.cond(
            State.place.live > 0,
            rx.el.p(_("Candidatures retirées : "), rx.el.strong(State.place.live), class_name="quiet-text"),
            rx.el.p(_("Aucune candidature n’est en cours."), class_name="quiet-text"),
        ),
        _goodbye("mot-ailleurs", form_error(errors, "words")),
        rx.el.div(close_button(), button(_("Oui, j’ai une place"), type="submit"), class_name="row"),
        on_submit=State.found_elsewhere,
        class_name="stack",
    )


def _goodbye(field_id: str, error: Any) -> rx.Component:
    return textarea_field(
        "words",
        _("Ton mot aux entreprises"),
        value=GOODBYE,
        hint=_("Chaque entreprise le lit tel quel. Ni nom, ni numéro : elles ne voient plus tes données."),
        rows=6,
        max_length=2000,
        field_id=field_id,
        error=error,
    )
