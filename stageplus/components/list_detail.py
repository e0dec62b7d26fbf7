"""A list beside the detail of one row; on a phone only one of both, with a way back."""

import reflex as rx

from stageplus.components.link import back_link
from stageplus.components.props import Content, Flag, Text, either


def list_detail(listing: Content, detail: Content, *, chosen: Flag, back: Text, back_href: Text) -> rx.Component:
    """Show both from 820 px on; `chosen` tells whether the address names a row."""
    return rx.el.div(
        rx.el.div(listing, class_name="pair-list"),
        rx.el.div(
            either(chosen, rx.el.div(back_link(back, back_href), class_name="back-to-list")),
            detail,
            class_name="pair-detail",
        ),
        class_name="pair",
        custom_attrs={"data-open": either(chosen, "detail", "list")},
    )
