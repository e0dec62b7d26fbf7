"""What the words of a field should not say, right below it, with what to write instead."""

from typing import Any

import reflex as rx

from stageplus.components.icons import icon
from stageplus.components.props import Flag
from stageplus.texts import _


def wording_help(field: str, remarks: Any) -> rx.Component:
    """List the remarks on one field; screen readers hear them as they come, without losing their place."""
    return rx.el.div(
        rx.foreach(remarks, lambda each: rx.cond(each.field == field, _remark(each))),
        role="status",
        class_name="wording",
    )


def wording_summary(examined: Flag) -> rx.Component:
    """Say, beside the button that publishes, what follows from words that are left as they are."""
    words = _("Des mots sont à revoir. Si vous les gardez, OFFA relira l’offre.")
    return rx.cond(examined, rx.el.p(icon("alert", 20), rx.el.span(words), class_name="wording-summary"))


def _remark(each: Any) -> rx.Component:
    advice = rx.cond(each.advice, rx.el.span(_("Conseil :"), " ", each.advice, ".", class_name="wording-advice"))
    return rx.el.div(
        rx.cond(each.examined, icon("alert", 20), icon("info", 20)),
        rx.el.p(
            rx.el.strong("« ", each.words, " »"),
            " — ",
            rx.cond(each.examined, each.concern, _("À préciser")),
            ". ",
            advice,
        ),
        class_name="wording-remark",
        custom_attrs={"data-tone": rx.cond(each.examined, "warning", "neutral")},
    )
