"""Boxes that draw attention, and the place where a page says what just happened."""

import reflex as rx

from stageplus.components.icons import IconName, icon
from stageplus.components.props import Content, Text, Tone, attributes, class_names, either, filled, shown_if_filled

ICONS: dict[Tone, IconName] = {
    "neutral": "info",
    "accent": "info",
    "success": "check",
    "warning": "alert",
    "danger": "alert",
    "sun": "spark",
}


def callout(
    *content: Content, title: Text = "", tone: Tone = "accent", icon_name: IconName | None = None, class_name: str = ""
) -> rx.Component:
    """Build a box for something worth knowing before acting."""
    return rx.el.div(
        icon(icon_name or ICONS[tone], 24),
        rx.el.div(shown_if_filled(title, rx.el.h2(title)), *content),
        class_name=class_names("callout", class_name),
        custom_attrs={"data-tone": tone},
    )


def answer_box(box: rx.Component, **data: str) -> rx.Component:
    """Say what came of what was just asked: the box takes the focus when it appears, for eyes and screen readers."""
    return rx.el.div(box, role="alert", tab_index=-1, custom_attrs=attributes(data_error_summary="", **data))


def notice(message: Text, *, tone: Tone = "success") -> rx.Component:
    """Say what just happened; screen readers hear it without losing their place."""
    return rx.el.div(
        either(filled(message), callout(rx.el.p(message), tone=tone)),
        class_name="notice",
        role="status",
    )
