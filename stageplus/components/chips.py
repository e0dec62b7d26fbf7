"""Filters and tabs as links: the address bar holds the choice, so it can be shared and undone."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from stageplus.components.link import link
from stageplus.components.props import ABSENT, Flag, Text, either


def chip(label: Text, href: Text, *, current: Flag = False) -> rx.Component:
    """Build one choice; the current one is marked for eyes and for screen readers."""
    mark: dict[str, Any] = {}
    if isinstance(current, rx.Var):
        mark = {"aria-current": either(current, "true", ABSENT)}
    elif current:
        mark = {"aria-current": "true"}
    return link(label, href=href, class_name="chip", custom_attrs=mark)


def chips(label: Text, items: Sequence[rx.Component]) -> rx.Component:
    """Group choices under a spoken name."""
    return rx.el.nav(
        rx.el.ul(*[rx.el.li(item) for item in items], class_name="chips"), custom_attrs={"aria-label": label}
    )


def chips_of(label: Text, choices: Sequence[Any] | rx.Var[Any]) -> rx.Component:
    """Group choices from rows with `label`, `href` and `current`."""

    def item(choice: Any) -> rx.Component:
        return rx.el.li(chip(choice.label, choice.href, current=choice.current))

    lines = [rx.foreach(choices, item)] if isinstance(choices, rx.Var) else [item(choice) for choice in choices]
    return rx.el.nav(rx.el.ul(*lines, class_name="chips"), custom_attrs={"aria-label": label})
