"""The mark of Stage+: its name and a plus."""

import reflex as rx

PLUS = "M16 7.5v17M7.5 16h17"


def logo_mark(size: int = 32) -> rx.Component:
    """Draw the plus on its tile."""
    return rx.el.svg(
        rx.el.rect(width="32", height="32", rx="9"),
        rx.el.path(d=PLUS),
        class_name="mark",
        view_box="0 0 32 32",
        width=str(size),
        height=str(size),
        custom_attrs={"aria-hidden": "true"},
    )


def logo() -> rx.Component:
    """Draw the name followed by the plus."""
    return rx.el.span(rx.el.span("Stage", aria_hidden="true"), logo_mark(28), class_name="wordmark")
