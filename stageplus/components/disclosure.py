"""What may stay folded: details below a line, and the filters of a search, which only a phone folds."""

import reflex as rx

from stageplus.components.icons import IconName, icon
from stageplus.components.props import Content, Text


def disclosure(summary: Text, *content: Content) -> rx.Component:
    """Fold details under one line, which anybody can open."""
    return rx.el.details(
        rx.el.summary(icon("chevron-right", 20), summary),
        rx.el.div(*content, class_name="stack stack-tight"),
        class_name="more",
    )


def unfold_button(label: Text, panel_id: str, *, icon_name: IconName) -> rx.Component:
    """Build the button that unfolds a panel on a phone; larger screens always show the panel."""
    opens = {"data-unfold": panel_id, "aria-expanded": "false", "aria-controls": panel_id}
    return rx.el.button(
        icon(icon_name), label, type="button", class_name="btn btn-secondary unfold", custom_attrs=opens
    )


def unfolding(panel_id: str, *content: Content) -> rx.Component:
    """Build the panel of an `unfold_button`."""
    return rx.el.div(*content, id=panel_id, class_name="unfolding")
