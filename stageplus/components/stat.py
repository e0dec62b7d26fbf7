"""Figures with their words."""

import reflex as rx

from stageplus.components.link import link
from stageplus.components.props import Text, ToneText


def stats(*figures: rx.Component, dense: bool = False) -> rx.Component:
    """Line up several figures; `dense` for a desk that reads many at once."""
    return rx.el.div(*figures, class_name="stats stats-dense" if dense else "stats")


def stat(number: Text | int, label: Text, *, href: Text | None = None, tone: ToneText = "neutral") -> rx.Component:
    """Build one figure; with an address, the whole tile leads to the list behind it."""
    words = (
        rx.el.span(label, class_name="stat-label")
        if href is None
        else link(label, href=href, class_name="card-cover stat-label")
    )
    look = "stat" if href is None else "stat card-link"
    return rx.el.div(
        rx.el.span(number, class_name="stat-number"), words, class_name=look, custom_attrs={"data-tone": tone}
    )
