"""Boxes before the rows of a list, and the one that ticks them all; the state of the list remembers which."""

from typing import Any

import reflex as rx

from stageplus.components.props import Text
from stageplus.texts import _


def row_box(name: str, number: Any, label: Text, state: Any) -> rx.Component:
    """Build the box of one row; its form sends the ticked ones as `name[]`."""
    ticked = rx.el.input(
        type="checkbox",
        name=f"{name}[]",
        value=f"{number}",
        default_checked=state.ticked.contains(number),
        on_change=lambda wanted: state.pick(number, wanted),
        class_name="box",
        custom_attrs={"aria-label": label},
    )
    return rx.el.label(ticked, class_name="box-area", key=f"{number}-{state.round}")


def tick_all(state: Any) -> rx.Component:
    """Build the box that ticks every row of the page, or none."""
    every = rx.el.input(
        type="checkbox",
        default_checked=state.ticked.length() > 0,
        on_change=state.tick,
        key=state.round,
        class_name="box",
    )
    return rx.el.label(every, rx.el.span(_("Tout cocher")), class_name="tick-all")
