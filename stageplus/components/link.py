"""Links: inside the site without reloading, or plain ones for files, mails and our HTTP routes."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML
from reflex_components_core.react_router.dom import ReactRouterLink

from stageplus.components.icons import IconName, icon
from stageplus.components.props import Attributes, Content, Text, attributes, or_nothing


class PlainLink(BaseHTML):
    """An anchor that the browser follows itself: Reflex turns its own ones into router links."""

    tag = "a"

    href: rx.Var[str]


def link(
    *content: Content,
    href: Text,
    native: bool = False,
    class_name: str = "text-link",
    description: Text = "",
    custom_attrs: Attributes | None = None,
    on_click: Any = None,
) -> rx.Component:
    """Build a link; `native` makes the browser load the address (downloads, /auth/…, other sites, anchors).

    `on_click` is told before a link inside the site leads on.
    """
    extra = {**attributes(aria_description=or_nothing(description)), **(custom_attrs or {})}
    if native:
        return PlainLink.create(*content, href=href, class_name=class_name, custom_attrs=extra)
    told = {} if on_click is None else {"on_click": on_click}
    return ReactRouterLink.create(*content, to=href, class_name=class_name, custom_attrs=extra, **told)


def download_link(label: Text, href: Text, *, description: Text = "") -> rx.Component:
    """Give a file of ours; a plain link would end the page's connection, as if it were left."""
    return link(label, href=href, native=True, description=description, custom_attrs={"download": ""})


def back_link(label: Text, href: Text) -> rx.Component:
    """Lead one level up; coming from that very list, it returns to the same filters and place."""
    return link(icon("arrow-left"), label, href=href, class_name="back", custom_attrs={"data-back": ""})


def icon_link(label: Text, href: Text, name: IconName, *, native: bool = False) -> rx.Component:
    """Build a text link that begins with an icon."""
    return link(icon(name), label, href=href, native=native, class_name="back")
