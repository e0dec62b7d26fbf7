"""Whom to suggest an offer to, why, and what became of earlier suggestions."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button,
    empty_state,
    error_summary,
    form_error,
    icon,
    link,
    search_field,
    section,
    status_badge,
    submit_button,
    textarea_field,
)
from stageplus.components.table import Column, table
from stageplus.services.suggestions.schemas import LONGEST_REASON, ChoiceRow, SentRow
from stageplus.states.operator.offers import OperatorOfferState as State
from stageplus.texts import _


def suggest_section(offer_id: Any) -> rx.Component:
    """Build the choice of learners above the reason; nothing to send while the offer takes no application."""
    return section(
        _("Suggérer à mes apprenants"),
        rx.cond(
            State.shown.closed_words != "",
            rx.el.p(_("Elle pourra être suggérée quand elle reprendra des candidatures."), class_name="quiet-text"),
            rx.el.div(_who(), _why(offer_id), class_name="card stack"),
        ),
    )


def sent_section() -> rx.Component:
    """List to whom it was suggested already and what came of it."""
    columns = [
        Column(_("Apprenant"), lambda row: link(row.name, href=f"/operateur/apprenants/{row.learner_id}")),
        Column(_("Pourquoi"), lambda row: row.reason),
        Column(_("Par"), lambda row: row.by, one_line=True),
        Column(_("Le"), lambda row: row.day, one_line=True),
        Column(_("Suite"), _outcome, one_line=True),
    ]
    return rx.cond(
        State.choice.sent,
        section(
            _("Déjà suggérée à"),
            table(_("Déjà suggérée à"), columns, State.choice.sent, under_heading=True),
            hint=_("Vous voyez si l’offre a été vue et si l’apprenant a postulé, rien d’autre."),
        ),
    )


def _who() -> rx.Component:
    nobody = empty_state(
        _("Personne ne correspond"), _("Essayez un autre nom, un métier ou une commune."), heading="h3"
    )
    return rx.el.div(
        rx.el.form(
            search_field("q", _("Chercher parmi mes apprenants"), hint=_("Nom, métier ou commune")),
            button(_("Chercher"), type="submit", variant="secondary"),
            on_submit=State.find,
            class_name="find-line",
            role="search",
            custom_attrs={"data-free": ""},
        ),
        rx.el.fieldset(
            rx.el.legend(_("Apprenants, sans lieu de stage d’abord"), class_name="field-label"),
            rx.cond(
                State.choice.rows, rx.el.div(rx.foreach(State.choice.rows, _learner), class_name="pick-list"), nobody
            ),
            id="learners",
            custom_attrs={"tabIndex": "-1"},
        ),
        rx.cond(State.choice.more_words != "", rx.el.p(State.choice.more_words, class_name="hint")),
        class_name="stack stack-tight",
    )


def _learner(row: ChoiceRow) -> rx.Component:
    box = rx.el.input(
        type="checkbox",
        default_checked=State.chosen_ids.contains(row.learner_id),
        disabled=row.state_words != "",
        on_change=lambda wanted: State.choose(row.learner_id, wanted),
    )
    words = rx.el.span(
        rx.el.span(row.name, class_name="option-label"),
        rx.el.span(row.trade, " · ", row.municipality, class_name="hint"),
        rx.el.span(
            rx.cond(row.has_place, badge(_("A une place")), badge(_("Sans lieu de stage"), tone="warning")),
            rx.cond(row.same_trade, badge(_("Même métier"), tone="accent", icon_name="check")),
            rx.cond(row.state_words != "", badge(row.state_words, tone="success")),
            class_name="row",
        ),
        class_name="field",
    )
    return rx.el.label(box, words, class_name="option", key=f"{row.learner_id}-{State.round}")


def _why(offer_id: Any) -> rx.Component:
    errors = State.errors
    return rx.el.form(
        error_summary(errors, ("learners", "reason"), general=form_error(errors, "form")),
        rx.el.input(type="hidden", name="offer", value=f"{offer_id}", read_only=True),
        rx.el.p(
            rx.cond(
                State.chosen,
                rx.fragment(_("Choisis :"), " ", State.chosen.length()),
                _("Personne n’est encore choisi."),
            ),
            class_name="quiet-text",
            role="status",
        ),
        rx.foreach(State.chosen, _chosen),
        rx.cond(
            State.known != "",
            rx.el.p(_("Cochés dans votre liste, mais la connaissent déjà : "), State.known, class_name="quiet-text"),
        ),
        rx.cond(
            form_error(errors, "learners") != "",
            rx.el.p(icon("alert", 20), form_error(errors, "learners"), class_name="field-error"),
        ),
        textarea_field(
            "reason",
            _("Pourquoi cette place ?"),
            hint=_("Chaque apprenant choisi lit ces mots avec votre prénom. Rien de privé, ni coordonnées."),
            error=form_error(errors, "reason"),
            required=True,
            max_length=LONGEST_REASON,
            rows=3,
        ),
        submit_button(_("Suggérer l’offre")),
        on_submit=State.suggest,
        class_name="stack",
        key=State.told,
    )


def _chosen(row: ChoiceRow) -> rx.Component:
    return rx.el.div(
        rx.el.input(type="hidden", name="learners[]", value=f"{row.learner_id}", read_only=True),
        rx.el.span(row.name),
        button(
            _("Enlever"),
            variant="quiet",
            size="small",
            icon_name="close",
            description=row.name,
            on_click=State.drop(row.learner_id),
        ),
        class_name="line-between",
    )


def _outcome(row: SentRow) -> rx.Component:
    return status_badge(row.outcome, row.tone)
