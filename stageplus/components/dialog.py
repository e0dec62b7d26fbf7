"""One confirmation in a native dialog: it opens and closes in the browser, only the answer travels."""

from typing import Any

import reflex as rx

from stageplus.components.button import Variant, button
from stageplus.components.error_summary import error_summary
from stageplus.components.icons import IconName
from stageplus.components.props import Content, Text, attributes
from stageplus.texts import _


def dialog_opener(
    label: Text,
    dialog_id: Text,
    *,
    variant: Variant = "quiet",
    icon_name: IconName | None = None,
    description: Text = "",
) -> rx.Component:
    """Build the button that opens a dialog without asking the server."""
    opens = {"data-dialog-open": dialog_id, "aria-haspopup": "dialog"}
    return button(label, variant=variant, icon_name=icon_name, description=description, custom_attrs=opens)


def dialog(dialog_id: Text, title: Text, *content: Content, done: Text | int | None = None) -> rx.Component:
    """Build a dialog with any content; put a `close_button` in it.

    `done` counts what the server accepted: our script closes the dialog when it rises, so that a refusal finds the
    dialog open with all that was typed.
    """
    title_id = dialog_id + "-titre"
    return rx.el.dialog(
        rx.el.h2(title, id=title_id),
        *content,
        id=dialog_id,
        class_name="dialog",
        custom_attrs={"aria-labelledby": title_id, **attributes(data_done=done)},
    )


def close_button(label: Text = "") -> rx.Component:
    """Build the button that closes the dialog it is in."""
    return button(label or _("Annuler"), variant="quiet", custom_attrs={"data-dialog-close": ""})


def confirm_dialog(
    dialog_id: Text,
    title: Text,
    explanation: Text,
    confirm: Text,
    on_confirm: Any,
    *,
    danger: bool = False,
    cancel: Text = "",
) -> rx.Component:
    """Ask once before something that cannot be taken back; the confirm button acts and closes."""
    look: Variant = "danger" if danger else "primary"
    closes = {"data-dialog-close": ""}
    acts = button(confirm, variant=look, on_click=on_confirm, custom_attrs=closes)
    return dialog(
        dialog_id,
        title,
        rx.el.p(explanation, class_name="quiet-text"),
        rx.el.div(close_button(cancel), acts, class_name="row"),
    )


def answered_dialog(
    dialog_id: Text,
    title: Text,
    explanation: Text,
    confirm: Text,
    on_submit: Any,
    *,
    done: Text | int,
    refusal: Text,
    danger: bool = False,
) -> rx.Component:
    """Ask once before something that the server may refuse: the dialog stays, with the refusal, until it accepts."""
    look: Variant = "danger" if danger else "primary"
    return dialog(
        dialog_id,
        title,
        rx.el.form(
            error_summary({}, (), general=refusal),
            rx.el.p(explanation, class_name="quiet-text"),
            rx.el.div(close_button(), button(confirm, type="submit", variant=look), class_name="row"),
            on_submit=on_submit,
            class_name="stack",
        ),
        done=done,
    )
