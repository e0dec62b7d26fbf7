"""A real HTML form: Reflex's own always intercepts the submit, and signing in needs a plain POST."""

from typing import Literal

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from stageplus.components.props import Attributes, Content, Text


class NativeForm(BaseHTML):
    """The form element with working `action` and `method`."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[Literal["get", "post"]]
    auto_complete: rx.Var[str]
    no_validate: rx.Var[bool]
    enc_type: rx.Var[str]


def native_form(
    *content: Content,
    action: Text,
    method: Literal["get", "post"] = "post",
    csrf: Text = "",
    class_name: str = "stack",
    with_file: bool = False,
    custom_attrs: Attributes | None = None,
) -> rx.Component:
    """Build a form that the browser itself sends, with its protection token when posting, perhaps with a file."""
    token = [rx.el.input(type="hidden", name="csrf", value=csrf, read_only=True)] if method == "post" else []
    return NativeForm.create(
        *token,
        *content,
        action=action,
        method=method,
        no_validate=True,
        enc_type="multipart/form-data" if with_file else "application/x-www-form-urlencoded",
        class_name=class_name,
        custom_attrs=custom_attrs or {},
    )
