"""Buttons and links that look like buttons."""

from typing import Any, Literal

import reflex as rx

from stageplus.components.icons import IconName, icon
from stageplus.components.link import link
from stageplus.components.props import ABSENT, Attributes, Flag, Text, attributes, class_names, either, or_nothing

Variant = Literal["primary", "secondary", "quiet", "danger", "sun"]
Size = Literal["small", "medium", "large"]


def button(
    label: Text,
    *,
    variant: Variant = "primary",
    size: Size = "medium",
    type: Literal["submit", "button", "reset"] = "button",  # noqa: A002
    icon_name: IconName | None = None,
    busy: Flag = False,
    disabled: Flag = False,
    wide: bool = False,
    description: Text = "",
    on_click: Any = None,
    custom_attrs: Attributes | None = None,
) -> rx.Component:
    """Build a button; `busy` shows that the answer is on its way, without taking the focus away."""
    extra = attributes(aria_description=or_nothing(description), aria_busy=_true_or_none(busy))
    props = {} if on_click is None else {"on_click": on_click}
    return rx.el.button(
        icon(icon_name) if icon_name else rx.fragment(),
        label,
        type=type,
        disabled=disabled,
        class_name=_look(variant, size, wide=wide),
        custom_attrs={**extra, **(custom_attrs or {})},
        **props,
    )


def submit_button(label: Text, *, busy: Flag = False, wide: bool = False, size: Size = "medium") -> rx.Component:
    """Build the main button of a form."""
    return button(label, type="submit", busy=busy, wide=wide, size=size)


def button_link(
    label: Text,
    href: Text,
    *,
    variant: Variant = "primary",
    size: Size = "medium",
    icon_name: IconName | None = None,
    native: bool = False,
    download: bool = False,
    wide: bool = False,
    description: Text = "",
    class_name: str = "",
) -> rx.Component:
    """Build a link that looks like a button; `download` gives a file, and the page stays connected."""
    content = [icon(icon_name), label] if icon_name else [label]
    look = class_names(_look(variant, size, wide=wide), class_name)
    file = {"download": ""} if download else None
    return link(
        *content, href=href, native=native or download, class_name=look, description=description, custom_attrs=file
    )


def _look(variant: Variant, size: Size, *, wide: bool) -> str:
    return class_names("btn", f"btn-{variant}", "" if size == "medium" else f"btn-{size}", "btn-wide" if wide else "")


def _true_or_none(flag: Flag) -> Any:
    if isinstance(flag, rx.Var):
        return either(flag, "true", ABSENT)
    return "true" if flag else None
