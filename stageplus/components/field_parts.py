"""What every form field shares: the box with label, hint and error, and the attributes that tie them together."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import reflex as rx

from stageplus.components.icons import icon
from stageplus.components.props import ABSENT, Attributes, Content, Text, attributes, either, filled, shown_if_filled
from stageplus.texts import _

Options: TypeAlias = Sequence[tuple[Text, Text]] | rx.Var[Any]


def control_attributes(
    control_id: str,
    hint: Text,
    error: Text,
    *,
    required: bool = False,
    keep: Text | None = None,
    keep_session: str | None = None,
) -> Attributes:
    """Tie a control to its hint and error, and name the draft it is kept under."""
    return attributes(
        aria_describedby=_described_by(control_id, hint, error),
        aria_invalid=_invalid(error),
        aria_required="true" if required else None,
        data_keep=keep,
        data_keep_session=keep_session,
    )


def field_box(
    control_id: str, label: Text, control: Content, hint: Text, error: Text, *, optional: bool
) -> rx.Component:
    """Put label, hint, error and control in reading order."""
    return rx.el.div(
        rx.el.div(
            rx.el.label(label, html_for=control_id, class_name="field-label"),
            optional_mark(optional=optional),
        ),
        shown_if_filled(hint, rx.el.p(hint, id=f"{control_id}-aide", class_name="hint")),
        field_error(control_id, error),
        control,
        class_name="field",
    )


def group_box(
    name: str,
    legend: Text,
    options: Options,
    card: Callable[[Text, Text], rx.Component],
    hint: Text,
    error: Text,
    *,
    optional: bool = False,
    side_by_side: bool = False,
) -> rx.Component:
    """Put several choices under one legend."""
    look = "options options-row" if side_by_side else "options"
    return rx.el.fieldset(
        rx.el.legend(legend, optional_mark(optional=optional)),
        shown_if_filled(hint, rx.el.p(hint, id=f"{name}-aide", class_name="hint")),
        field_error(name, error),
        rx.el.div(*option_rows(options, card), class_name=look),
        id=name,
        class_name="field",
        custom_attrs={"tabIndex": "-1", **attributes(aria_describedby=_described_by(name, hint, error))},
    )


def option_rows(options: Options, row: Callable[[Text, Text], rx.Component]) -> list[rx.Component]:
    """Draw one row per (value, label) pair, from a list or from a variable."""
    if isinstance(options, rx.Var):
        return [rx.foreach(options, lambda pair: row(pair[0], pair[1]))]
    return [row(key, text) for key, text in options]


def field_error(control_id: str, error: Text) -> rx.Component:
    """Say what is wrong, right above the control."""
    message = rx.el.p(icon("alert", 20), rx.el.span(error), id=f"{control_id}-erreur", class_name="field-error")
    return shown_if_filled(error, message)


def optional_mark(*, optional: bool) -> rx.Component:
    """Mark what may be left empty; it stays outside the label, whose exact words name the field."""
    return rx.el.span(" ", _("(facultatif)"), class_name="field-optional") if optional else rx.fragment()


def _described_by(control_id: str, hint: Text, error: Text) -> Any:
    hint_id, error_id = f"{control_id}-aide", f"{control_id}-erreur"
    if isinstance(hint, rx.Var) or isinstance(error, rx.Var):
        with_hint = either(filled(hint), f"{hint_id} {error_id}", error_id)
        return either(filled(error), with_hint, either(filled(hint), hint_id, ABSENT))
    return " ".join(part for part, text in ((hint_id, hint), (error_id, error)) if text) or None


def _invalid(error: Text) -> Any:
    if isinstance(error, rx.Var):
        return either(filled(error), "true", ABSENT)
    return "true" if error else None
