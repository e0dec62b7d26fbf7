"""What comes after an introduction: each step with who does it."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from stageplus.services.placements.schemas import NextStep


def next_steps(steps: Sequence[NextStep] | rx.Var[Any]) -> rx.Component:
    """List who does what; the same list for the learner, the company and the operator."""
    lines = [rx.foreach(steps, _step)] if isinstance(steps, rx.Var) else [_step(step) for step in steps]
    return rx.el.ol(*lines, class_name="who-does-what")


def _step(step: NextStep) -> rx.Component:
    return rx.el.li(
        rx.el.h3(step.title), rx.el.p(step.who, class_name="who-acts"), rx.el.p(step.how, class_name="quiet-text")
    )
