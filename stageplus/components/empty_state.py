"""What to say and offer when there is nothing to list."""

import reflex as rx

from stageplus.components.icons import IconName, icon
from stageplus.components.props import Content, Text


def empty_state(
    title: Text, explanation: Text, *actions: Content, icon_name: IconName = "search", heading: str = "h2"
) -> rx.Component:
    """Say what is missing, why, and the next step."""
    head = rx.el.h3(title) if heading == "h3" else rx.el.h2(title)
    buttons = [rx.el.div(*actions, class_name="row")] if actions else []
    return rx.el.div(icon(icon_name, 60), head, rx.el.p(explanation), *buttons, class_name="empty")
