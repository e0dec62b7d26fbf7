"""The bar of filters above a list: a choice acts at once, words are sent with the button or the return key."""

from typing import Any

import reflex as rx

from stageplus.components.button import submit_button
from stageplus.components.props import Text
from stageplus.texts import _


def filters(
    *fields: rx.Component, on_submit: Any, form_round: Any, ticks: tuple[rx.Component, ...] = ()
) -> rx.Component:
    """Line up filters, the words first; `form_round` changes when an address brings other values into them."""
    boxes = [rx.el.div(*ticks, class_name="row filters-ticks")] if ticks else []
    return rx.el.form(
        *fields,
        # Says to the handler that a choice was made, whose address our script writes afterwards.
        rx.el.input(type="hidden", name="intent"),
        submit_button(_("Rechercher")),
        *boxes,
        on_submit=on_submit,
        class_name="card filters",
        role="search",
        key=form_round,
        custom_attrs={"data-free": "", "data-eager": ""},
    )


def list_head(found: Text, *beside: rx.Component) -> rx.Component:
    """Say how many rows a list has; screen readers hear it change."""
    return rx.el.div(rx.el.div(rx.el.h2(found), role="status"), *beside, class_name="section-head")
