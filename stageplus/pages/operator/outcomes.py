"""What came of an introduction: the first day once it was taken over, or why there is none."""

from typing import Any

import reflex as rx

from stageplus.components import (
    button,
    close_button,
    date_field,
    dialog,
    dialog_opener,
    error_summary,
    form_error,
    select_field,
    submit_button,
)
from stageplus.services.followup.schemas import IntroductionRow
from stageplus.services.placements.schemas import FAILURE_WORDS
from stageplus.states.operator.introductions import OperatorIntroductionsState as State
from stageplus.texts import _


def outcome(row: IntroductionRow) -> rx.Component:
    """Build the button and the dialog that settle an introduction."""
    return rx.el.div(
        dialog_opener(_("Noter la suite"), _dialog_id(row), variant="secondary", description=row.learner),
        dialog(
            _dialog_id(row),
            _("La suite pour {name}").format(name=row.learner),
            _start(row),
            _failure(row),
            done=State.done,
        ),
    )


def failure(row: IntroductionRow) -> rx.Component:
    """Build the button and the dialog that settle an introduction which came to nothing before it was taken over."""
    title = _("La suite pour {name}").format(name=row.learner)
    return rx.el.div(
        dialog_opener(_("N’a pas abouti"), _dialog_id(row), description=row.learner),
        dialog(_dialog_id(row), title, _failure(row), done=State.done),
    )


def _start(row: IntroductionRow) -> rx.Component:
    return rx.el.form(
        _summary(row, "day"),
        _which(row),
        rx.el.h3(_("Le premier jour a eu lieu")),
        date_field(
            "day",
            _("Premier jour dans l’entreprise"),
            field_id=f"jour-{row.introduction_id}",
            error=_error(row, "day"),
        ),
        rx.el.div(submit_button(_("Confirmer le début")), class_name="row"),
        on_submit=State.confirm,
        class_name="stack stack-tight",
    )


def _failure(row: IntroductionRow) -> rx.Component:
    reasons = [(reason.value, words) for reason, words in FAILURE_WORDS.items()]
    return rx.el.form(
        _summary(row, "reason"),
        _which(row),
        rx.el.h3(_("Rien n’a abouti")),
        rx.el.p(
            _("La place est rendue, l’apprenant est de nouveau sans lieu de stage. Les deux sont prévenus."),
            class_name="hint",
        ),
        select_field(
            "reason",
            _("Motif"),
            reasons,
            empty=_("Choisissez"),
            field_id=f"motif-{row.introduction_id}",
            error=_error(row, "reason"),
        ),
        rx.el.div(close_button(), button(_("N’a pas abouti"), type="submit", variant="danger"), class_name="row"),
        on_submit=State.fail,
        class_name="stack stack-tight",
    )


def _summary(row: IntroductionRow, name: str) -> rx.Component:
    asked = (State.asking == row.introduction_id) & (State.asked_for == name)
    return rx.cond(asked, error_summary(State.errors, (name,), general=form_error(State.errors, "form")))


def _error(row: IntroductionRow, name: str) -> Any:
    return rx.cond(State.asking == row.introduction_id, form_error(State.errors, name), "")


def _which(row: IntroductionRow) -> rx.Component:
    return rx.el.input(type="hidden", name="introduction", value=f"{row.introduction_id}", read_only=True)


def _dialog_id(row: IntroductionRow) -> Any:
    return f"suite-{row.introduction_id}"
