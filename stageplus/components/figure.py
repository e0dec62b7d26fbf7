"""A figure that says what it counts: its definition under it, what it was before, and the list behind it."""

import reflex as rx

from stageplus.components.link import link
from stageplus.components.props import Text, ToneText, either, filled, shown_if_filled


def figures(*tiles: rx.Component) -> rx.Component:
    """Line up figures with their definitions."""
    return rx.el.div(*tiles, class_name="stats stats-said")


def figure(
    value: Text, label: Text, definition: Text, *, href: Text = "", before: Text = "", tone: ToneText = "neutral"
) -> rx.Component:
    """Build one figure; with an address, the whole tile leads to the rows that it counts."""
    leads = link(label, href=href, class_name="card-cover stat-label", description=value)
    return rx.el.div(
        rx.el.span(value, class_name="stat-number"),
        either(filled(href), leads, rx.el.span(label, class_name="stat-label")),
        shown_if_filled(before, rx.el.span(before, class_name="stat-before")),
        rx.el.span(definition, class_name="hint"),
        class_name=either(filled(href), "stat card-link", "stat"),
        custom_attrs={"data-tone": tone},
    )
