"""Lists to take along as spreadsheets."""

from typing import Any

import reflex as rx

from stageplus.components import button, native_form
from stageplus.texts import _


def export_form(action: str, csrf: Any, *fields: rx.Component) -> rx.Component:
    """Build the two buttons that give a list as a file; `fields` say which list it is."""
    return native_form(
        *fields,
        rx.el.div(
            _button(_("Exporter"), "xlsx", _("classeur Excel (.xlsx)")),
            _button(_("Exporter en CSV"), "csv", ""),
            class_name="row",
        ),
        action=action,
        csrf=csrf,
        custom_attrs={"data-free": ""},
    )


def asked_field(name: str, value: Any) -> rx.Component:
    """Build a hidden field with a part of the list's address."""
    return rx.el.input(type="hidden", name=name, value=value, read_only=True)


def _button(label: str, ending: str, description: str) -> rx.Component:
    return button(
        label,
        type="submit",
        variant="secondary",
        size="small",
        icon_name="download",
        description=description,
        custom_attrs={"name": "format", "value": ending},
    )
