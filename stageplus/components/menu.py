"""What may be done less often, under one « Plus » button: a native disclosure that also closes on Esc or elsewhere."""

import reflex as rx

from stageplus.components.icons import icon
from stageplus.components.props import Content, Text, attributes, or_nothing
from stageplus.texts import _


def more_menu(*acts: Content, description: Text = "") -> rx.Component:
    """Put further acts, each one button or link, under « Plus »; choosing one closes the list."""
    return rx.el.details(
        rx.el.summary(
            _("Plus"),
            icon("chevron-right", 20),
            class_name="btn btn-secondary",
            custom_attrs=attributes(aria_description=or_nothing(description)),
        ),
        rx.el.div(*acts, class_name="menu-list"),
        class_name="menu",
        custom_attrs={"data-menu": ""},
    )
