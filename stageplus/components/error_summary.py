"""The list of what is wrong, at the top of a form: it takes the focus and leads to each field."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

import reflex as rx

from stageplus.components.link import link
from stageplus.components.props import Flag, Text, either, filled, shown_if_filled
from stageplus.texts import _

Errors: TypeAlias = dict[str, str] | rx.Var[Any]


def error_summary(errors: Errors, fields: Sequence[str] | Mapping[str, str], *, general: Text = "") -> rx.Component:
    """Sum up the errors of the named fields, in the order of the form, then a general message, which may stand alone.

    In a long form, `fields` maps each name to its label: « Ce champ est à compléter » alone would not say which.
    """
    labels = fields if isinstance(fields, Mapping) else {}
    messages = [(name, form_error(errors, name)) for name in fields]
    lines = [
        shown_if_filled(message, rx.el.li(_jump(name, message, labels.get(name, "")))) for name, message in messages
    ]
    of_fields = [message for _name, message in messages]
    box = rx.el.div(
        either(
            _any_filled(*of_fields), rx.fragment(rx.el.h2(_("Il reste quelque chose à corriger")), rx.el.ul(*lines))
        ),
        shown_if_filled(general, rx.el.p(general)),
        class_name="error-summary",
        role="alert",
        tab_index=-1,
        custom_attrs={"data-error-summary": ""},
    )
    return either(_any_filled(general, *of_fields), box)


def form_error(errors: Errors, field: str) -> Text:
    """Return the message of one field, empty when there is none."""
    if isinstance(errors, rx.Var):
        return errors.to(dict[str, str]).get(field, "").to(str)
    return errors.get(field, "")


def _jump(field: str, message: Text, label: str) -> rx.Component:
    named = [label, _(" : ")] if label else []
    return link(*named, message, href=f"#{field}", native=True, class_name="")


def _any_filled(*texts: Text) -> Flag:
    plain = any(text for text in texts if isinstance(text, str))
    variables = [filled(text) for text in texts if isinstance(text, rx.Var)]
    if plain or not variables:
        return plain
    return reduce(or_, variables)
