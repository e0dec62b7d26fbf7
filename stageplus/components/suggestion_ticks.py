"""Suggestions that fill a field: our script writes what is ticked into it, where it stays editable."""

from typing import Any

import reflex as rx

from stageplus.components.props import Text


def suggestion_ticks(field: str, legend: Text, words: Any) -> rx.Component:
    """Build one tick for each suggestion; they have no name, for only the field itself is sent."""
    return rx.el.fieldset(
        rx.el.legend(legend),
        rx.el.div(rx.foreach(words, lambda each: _tick(field, each))),
        class_name="ticks",
    )


def _tick(field: str, words: Any) -> rx.Component:
    box = rx.el.input(type="checkbox", value=words, custom_attrs={"data-fills": field})
    return rx.el.label(box, rx.el.span(words), class_name="tick", key=words)
