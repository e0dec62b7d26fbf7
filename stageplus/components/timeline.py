"""Steps in plain words: what happened, who acts next, what comes after."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx

from stageplus.components.icons import icon
from stageplus.components.props import Text, shown_if_filled

StepState = Literal["done", "now", "next", "stopped"]


@dataclass(frozen=True)
class Step:
    """One step; rows of services may have the same attributes."""

    title: str
    when: str = ""
    detail: str = ""
    who: str = ""
    state: StepState = "next"


def timeline(steps: Sequence[Any] | rx.Var[Any]) -> rx.Component:
    """Draw the steps from first to last; `who` names the person who acts next."""
    lines = [rx.foreach(steps, _step)] if isinstance(steps, rx.Var) else [_step(step) for step in steps]
    return rx.el.ol(*lines, class_name="steps")


def _step(step: Step) -> rx.Component:
    return rx.el.li(
        rx.el.span(_dot(step.state), class_name="step-dot"),
        rx.el.div(
            rx.el.p(step.title, class_name="step-title"),
            shown_if_filled(step.when, rx.el.p(step.when, class_name="hint")),
            shown_if_filled(step.detail, rx.el.p(step.detail)),
            shown_if_filled(step.who, rx.el.p(icon("account", 20), step.who, class_name="step-who")),
        ),
        class_name="step",
        custom_attrs={"data-state": step.state, **_current(step.state)},
    )


def _dot(state: Text) -> rx.Component:
    return rx.match(
        state,
        ("done", icon("check", 20)),
        ("now", icon("arrow-right", 20)),
        ("stopped", icon("close", 20)),
        icon("clock", 20),
    )


def _current(state: Text) -> dict[str, Any]:
    if isinstance(state, rx.Var):
        return {"aria-current": rx.cond(state == "now", "step", "false")}
    return {"aria-current": "step"} if state == "now" else {}
