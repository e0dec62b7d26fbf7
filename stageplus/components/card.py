"""Cards: one thing each, a whole card can be tapped through its single main link."""

from typing import Literal

import reflex as rx

from stageplus.components.icons import IconName, icon
from stageplus.components.link import link
from stageplus.components.props import Attributes, Content, Flag, Text, class_names, either

Surface = Literal["plain", "sunken", "sun", "accent"]


def card(
    *content: Content,
    surface: Surface = "plain",
    current: Flag = False,
    tappable: bool = False,
    class_name: str = "",
    custom_attrs: Attributes | None = None,
) -> rx.Component:
    """Build a card; `tappable` lifts it under the pointer, for cards that hold a `cover_link`."""
    marked = {"aria-current": either(current, "true", "false")} if isinstance(current, rx.Var) or current else {}
    look = class_names("card", "" if surface == "plain" else f"card-{surface}", "card-link" if tappable else "")
    return rx.el.article(
        *content, class_name=class_names(look, class_name), custom_attrs={**marked, **(custom_attrs or {})}
    )


def cover_link(label: Content, href: Text, *, description: Text = "") -> rx.Component:
    """Build the main link of a card: its tap area is the whole card."""
    return link(label, href=href, class_name="card-cover", description=description)


def meta(*items: rx.Component) -> rx.Component:
    """Line up short facts under a title."""
    return rx.el.div(*items, class_name="meta")


def meta_item(label: Text, icon_name: IconName) -> rx.Component:
    """Build one short fact with its icon."""
    return rx.el.span(icon(icon_name, 20), rx.el.span(label), class_name="meta-item")


def card_foot(*content: Content) -> rx.Component:
    """Build the last line of a card: state on the left, what can be done on the right."""
    return rx.el.div(*content, class_name="card-foot")
