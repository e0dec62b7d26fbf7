"""Several learners at once: who looks after them, where they stand, when to speak next."""

from typing import Any

import reflex as rx

from stageplus.components import (
    date_field,
    error_summary,
    form_error,
    section,
    select_field,
    submit_button,
)
from stageplus.services.followup.schemas import LearnerRow
from stageplus.services.guidance.schemas import SITUATION_WORDS
from stageplus.states.operator.caseload import OperatorCaseloadState as State
from stageplus.states.operator.learners import OperatorLearnersState as List
from stageplus.states.operator.learners import OperatorLearnerState as Sheet
from stageplus.texts import _

SITUATIONS = [(situation.value, words) for situation, words in SITUATION_WORDS.items()]
FIELDS = ("learners", "staff", "next_contact_on")


def with_several(listed: rx.Component) -> rx.Component:
    """Build the form around a list whose rows hold a `box`."""
    return rx.el.form(
        error_summary(State.errors, FIELDS, general=form_error(State.errors, "form")),
        rx.el.div(
            _tick_all(),
            _staff(_("Confier à"), _("Sans changement")),
            select_field("situation", _("Situation"), SITUATIONS, empty=_("Sans changement"), field_id="situation-de"),
            date_field(
                "next_contact_on",
                _("Prochain contact"),
                optional=True,
                error=form_error(State.errors, "next_contact_on"),
            ),
            submit_button(_("Appliquer aux personnes cochées")),
            class_name="card settle",
            key=List.done,
        ),
        rx.el.div(listed, id="learners", custom_attrs={"tabIndex": "-1"}),
        on_submit=List.change,
        class_name="stack stack-tight",
        custom_attrs={"data-free": ""},
    )


def box(row: LearnerRow) -> rx.Component:
    """Build the box of one learner."""
    ticked = rx.el.input(
        type="checkbox",
        name="learners[]",
        value=f"{row.learner_id}",
        default_checked=List.ticked.contains(row.learner_id),
        on_change=lambda wanted: List.pick(row.learner_id, wanted),
        class_name="box",
        custom_attrs={"aria-label": row.name},
    )
    return rx.el.label(ticked, class_name="box-area", key=f"{row.learner_id}-{List.round}")


def assignment_section(learner_id: Any, staff_id: Any) -> rx.Component:
    """Build, on the sheet of one learner, who looks after them."""
    return section(
        _("Suivi par"),
        rx.el.form(
            error_summary(State.errors, ("staff",)),
            rx.el.input(type="hidden", name="learners[]", value=f"{learner_id}", read_only=True),
            rx.el.div(_staff(_("Personne de l’équipe"), _("Choisissez"), staff_id), class_name="field-row"),
            rx.el.div(submit_button(_("Confier")), class_name="row"),
            on_submit=Sheet.give,
            class_name="card stack",
            key=f"{learner_id}-{staff_id}-{Sheet.given}",
        ),
    )


def _staff(label: str, empty: str, value: Any = "") -> rx.Component:
    error = form_error(State.errors, "staff")
    return select_field("staff", label, State.choices.assignable, empty=empty, value=value, error=error)


def _tick_all() -> rx.Component:
    every = rx.el.input(
        type="checkbox", default_checked=List.ticked.length() > 0, on_change=List.tick, key=List.round, class_name="box"
    )
    return rx.el.label(every, rx.el.span(_("Tout cocher")), class_name="tick-all")
