"""Form fields: visible label, hint and error tied to the control, text kept on the device while typing."""

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from stageplus.components.field_parts import Options, control_attributes, field_box, group_box, option_rows
from stageplus.components.icons import IconName, icon
from stageplus.components.props import Attributes, Flag, Text, attributes, class_names
from stageplus.texts import _

InputType = Literal["text", "email", "number", "date", "time", "tel", "url", "search", "password"]
InputMode = Literal["text", "numeric", "decimal", "email", "tel", "search", "url"]


def text_field(
    name: str,
    label: Text,
    *,
    type: InputType = "text",  # noqa: A002
    value: Text | int = "",
    hint: Text = "",
    error: Text = "",
    required: bool = False,
    optional: bool = False,
    keep: Text | None = None,
    keep_session: str | None = None,
    autocomplete: str = "off",
    inputmode: InputMode | None = None,
    placeholder: Text = "",
    icon_name: IconName | None = None,
    short: bool = False,
    suggestions: str | None = None,
    field_id: str | None = None,
) -> rx.Component:
    """Build a one-line field; `suggestions` is the id of a datalist."""
    control_id = field_id or name
    control = rx.el.input(
        id=control_id,
        name=name,
        type=type,
        default_value=value,
        placeholder=placeholder,
        class_name=class_names("input", "input-short" if short else ""),
        custom_attrs={
            **control_attributes(control_id, hint, error, required=required, keep=keep, keep_session=keep_session),
            **attributes(autoComplete=autocomplete, inputMode=inputmode, list=suggestions),
        },
    )
    return field_box(control_id, label, _with_icon(control, icon_name), hint, error, optional=optional)


def email_field(name: str, label: Text, **options: Any) -> rx.Component:
    """Build a field for an e-mail address."""
    return text_field(name, label, **{"type": "email", "inputmode": "email", "autocomplete": "email", **options})


def number_field(name: str, label: Text, **options: Any) -> rx.Component:
    """Build a field for a whole number: the phone shows digits, the service checks the bounds."""
    return text_field(name, label, **{"inputmode": "numeric", "short": True, **options})


def date_field(name: str, label: Text, **options: Any) -> rx.Component:
    """Build a field for a day, with the calendar of the device."""
    return text_field(name, label, **{"type": "date", "short": True, **options})


def search_field(name: str, label: Text, **options: Any) -> rx.Component:
    """Build a search field."""
    return text_field(name, label, **{"type": "search", "inputmode": "search", "icon_name": "search", **options})


def password_field(
    name: str,
    label: Text,
    *,
    autocomplete: Literal["current-password", "new-password"] = "current-password",
    hint: Text = "",
    error: Text = "",
    field_id: str | None = None,
) -> rx.Component:
    """Build a password field with a button that shows what was typed."""
    control_id = field_id or name
    control = rx.el.div(
        rx.el.input(
            id=control_id,
            name=name,
            type="password",
            class_name="input",
            custom_attrs={
                **control_attributes(control_id, hint, error, required=True),
                "autoComplete": autocomplete,
                "spellCheck": "false",
                "autoCapitalize": "none",
            },
        ),
        _reveal_button(control_id),
        class_name="with-button",
    )
    return field_box(control_id, label, control, hint, error, optional=False)


def file_field(name: str, label: Text, *, accept: str, hint: Text = "", error: Text = "") -> rx.Component:
    """Build a choice of one file; it is sent by a native form `with_file`."""
    control = rx.el.input(
        id=name,
        name=name,
        type="file",
        accept=accept,
        class_name="input",
        custom_attrs=control_attributes(name, hint, error, required=True),
    )
    return field_box(name, label, control, hint, error, optional=False)


def textarea_field(
    name: str,
    label: Text,
    *,
    value: Text = "",
    hint: Text = "",
    error: Text = "",
    required: bool = False,
    optional: bool = False,
    keep: Text | None = None,
    max_length: int | None = None,
    rows: int = 5,
    field_id: str | None = None,
) -> rx.Component:
    """Build a long text field; the counter warns but never cuts what was typed."""
    control_id = field_id or name
    counter_id = f"{control_id}-compte"
    control = rx.el.textarea(
        id=control_id,
        name=name,
        default_value=value,
        rows=str(rows),
        class_name="input",
        custom_attrs={
            **control_attributes(control_id, hint, error, required=required, keep=keep),
            **attributes(data_counter=counter_id if max_length else None, data_max=max_length and str(max_length)),
        },
    )
    box = rx.el.div(control, _counter(counter_id), class_name="field") if max_length else control
    return field_box(control_id, label, box, hint, error, optional=optional)


def select_field(
    name: str,
    label: Text,
    options: Options,
    *,
    value: Text = "",
    empty: Text | None = None,
    hint: Text = "",
    error: Text = "",
    required: bool = False,
    optional: bool = False,
    keep: Text | None = None,
    short: bool = False,
    field_id: str | None = None,
) -> rx.Component:
    """Build a choice list from (value, label) pairs or a variable of such pairs; `empty` names no choice."""
    control_id = field_id or name
    first = [] if empty is None else [rx.el.option(empty, value="")]
    control = rx.el.select(
        *first,
        *option_rows(options, lambda key, text: rx.el.option(text, value=key)),
        id=control_id,
        name=name,
        default_value=value,
        class_name=class_names("input", "input-short" if short else ""),
        custom_attrs=control_attributes(control_id, hint, error, required=required, keep=keep),
    )
    return field_box(control_id, label, control, hint, error, optional=optional)


def radio_cards(
    name: str,
    legend: Text,
    options: Options,
    *,
    value: Text = "",
    hint: Text = "",
    error: Text = "",
    optional: bool = False,
    keep: Text | None = None,
    side_by_side: bool = False,
) -> rx.Component:
    """Build a single choice shown as large cards."""

    def card(key: Text, text: Text) -> rx.Component:
        return _option("radio", name, key, text, checked=value == key, keep=keep)

    return group_box(name, legend, options, card, hint, error, optional=optional, side_by_side=side_by_side)


def checkbox_group(
    name: str,
    legend: Text,
    options: Options,
    *,
    chosen: Sequence[str] | rx.Var[Any] = (),
    hint: Text = "",
    error: Text = "",
    keep: Text | None = None,
    side_by_side: bool = False,
) -> rx.Component:
    """Build several choices; the form sends `name[]` as a list."""

    def card(key: Text, text: Text) -> rx.Component:
        return _option("checkbox", f"{name}[]", key, text, checked=_is_chosen(chosen, key), keep=keep)

    return group_box(name, legend, options, card, hint, error, side_by_side=side_by_side)


def checkbox(
    name: str, label: Text, *, checked: Flag = False, hint: Text = "", keep: Text | None = None
) -> rx.Component:
    """Build one yes-or-no choice."""
    return _option("checkbox", name, "oui", label, checked=checked, keep=keep, hint=hint)


def form_key(key: Text) -> rx.Component:
    """Build the hidden fields that our script fills: one makes a repeated sending harmless, one says who writes."""
    return rx.fragment(
        rx.el.input(type="hidden", name="form_key", custom_attrs={"data-form-key": key}),
        rx.el.input(type="hidden", name="writer"),
    )


def draft_sent(key: Text) -> rx.Component:
    """Forget the typed text and the form key kept under this name: put it on the receipt."""
    return rx.el.span(hidden=True, custom_attrs={"data-keep-clear": key})


def _is_chosen(chosen: Sequence[str] | rx.Var[Any], key: Text) -> Any:
    return chosen.to(list[str]).contains(key) if isinstance(chosen, rx.Var) else key in chosen


def _option(
    kind: Literal["radio", "checkbox"],
    name: str,
    key: Text,
    text: Text,
    *,
    checked: Any,
    keep: Text | None,
    hint: Text = "",
) -> rx.Component:
    control = rx.el.input(
        type=kind, name=name, value=key, default_checked=checked, custom_attrs=attributes(data_keep=keep)
    )
    words = [rx.el.span(text, class_name="option-label")]
    if hint:
        words.append(rx.el.span(hint, class_name="hint"))
    return rx.el.label(control, rx.el.span(*words, class_name="field"), class_name="option")


def _with_icon(control: rx.Component, name: IconName | None) -> rx.Component:
    return rx.el.div(icon(name), control, class_name="with-icon") if name else control


def _reveal_button(control_id: str) -> rx.Component:
    texts: Attributes = {"data-show-text": _("Afficher"), "data-hide-text": _("Masquer")}
    return rx.el.button(
        _("Afficher"),
        type="button",
        class_name="btn btn-quiet btn-small",
        custom_attrs={"data-reveal": control_id, "aria-pressed": "false", "aria-controls": control_id, **texts},
    )


def _counter(counter_id: str) -> rx.Component:
    texts = {
        "data-one": _("Il reste {n} caractère"),
        "data-many": _("Il reste {n} caractères"),
        "data-over": _("{n} caractères de trop"),
    }
    return rx.el.p(id=counter_id, class_name="counter", role="status", custom_attrs=texts)
