"""Several learners at once: who looks after them, where they stand, when to speak next."""

from typing import Any

import reflex as rx

from stageplus.components import (
    button,
    date_field,
    error_summary,
    form_error,
    section,
    select_field,
    submit_button,
)
from stageplus.components.ticks import row_box, tick_all
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
            tick_all(List),
            _staff(_("Confier à"), _("Sans changement")),
            select_field("situation", _("Situation"), SITUATIONS, empty=_("Sans changement"), field_id="situation-de"),
            date_field(
                "next_contact_on",
                _("Prochain contact"),
                optional=True,
                error=form_error(State.errors, "next_contact_on"),
            ),
            submit_button(_("Appliquer aux personnes cochées")),
            button(_("Leur suggérer une offre"), variant="secondary", on_click=List.look_for),
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
    return row_box("learners", row.learner_id, row.name, List)


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
