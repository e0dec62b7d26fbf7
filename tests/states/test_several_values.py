"""Boxes that share a name arrive as a list: Reflex gives a plain `dict` the last one only, without a word.

The boxes of a page are sent as ordered pairs. What a handler reads of them depends on the type of its argument: a
`TypedDict` that says `list[str]` gets them all. These tests go through Reflex's own reading of a form.
"""

import re
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY, transform_form_data

from stageplus.states.admin.invitations import OffaInvitationsState
from stageplus.states.admin.people import OffaPersonState
from stageplus.states.admin.schemes import OffaSchemesState, OffaSchemeState
from stageplus.states.coach.companies import CoachCompaniesState
from stageplus.states.coach.offers import CoachOffersState
from stageplus.states.learner.applications import LearnerApplicationState
from stageplus.states.operator.learners import OperatorLearnersState, OperatorLearnerState
from stageplus.states.operator.rosters import OperatorImportState

STATES = Path(__file__).resolve().parents[2] / "stageplus" / "states"
SEVERAL = [
    (OperatorImportState, "confirm", "ended"),
    (OperatorLearnersState, "change", "learners"),
    (OperatorLearnerState, "give", "learners"),
    (LearnerApplicationState, "leave_others", "applications"),
    (OffaSchemesState, "send", "kinds"),
    (OffaSchemeState, "send", "kinds"),
    (OffaInvitationsState, "invite", "sectors"),
    (OffaPersonState, "charge", "sectors"),
    (CoachCompaniesState, "write", "companies"),
    (CoachCompaniesState, "choose_columns", "columns"),
    (CoachOffersState, "choose_columns", "columns"),
]


def arrives(state: type[Any], handler: str, *pairs: tuple[str, str]) -> Any:
    """Return what a handler is given when the browser sends these fields of a form."""
    hints = get_type_hints(getattr(state, handler).fn)
    return transform_form_data({FORM_DATA_ENTRIES_KEY: [list(pair) for pair in pairs]}, hints["typed"])


@pytest.mark.parametrize(("state", "handler", "name"), SEVERAL)
def test_every_ticked_box_arrives(state: type[Any], handler: str, name: str) -> None:
    boxes = [(f"{name}[]", value) for value in ("12", "13", "14")]
    assert arrives(state, handler, ("before", "x"), *boxes, ("after", "y")) == {
        "before": "x",
        "after": "y",
        name: ["12", "13", "14"],
    }
    assert arrives(state, handler, (f"{name}[]", "12"))[name] == ["12"]
    assert arrives(state, handler, ("before", "x"))[name] == []


def test_no_handler_reads_several_values_from_a_plain_form() -> None:
    reading = {path.name for path in STATES.rglob("*.py") if re.search(r"\w\[\]\"", path.read_text())}
    assert reading == set(), "say `list[str]` in a TypedDict: a plain dict holds the last box only"
