"""Status pills: tone, icon and words together, so that colour is never alone."""

from collections.abc import Mapping
from typing import cast

import reflex as rx

from stageplus.components.icons import IconName, icon
from stageplus.components.props import Text, Tone

TONE_ICONS: dict[Tone, IconName] = {
    "neutral": "info",
    "accent": "clock",
    "success": "check",
    "warning": "alert",
    "danger": "stop",
    "sun": "spark",
}


def badge(label: Text, *, tone: Tone = "neutral", icon_name: IconName | None = None) -> rx.Component:
    """Build a small pill."""
    return rx.el.span(
        icon(icon_name or TONE_ICONS[tone], 18), label, class_name="pill", custom_attrs={"data-tone": tone}
    )


def status_badge(label: Text, tone: Text) -> rx.Component:
    """Build a pill whose tone a row decides: neutral, accent, success, warning, danger or sun."""
    if not isinstance(tone, rx.Var):
        return badge(label, tone=cast(Tone, tone))
    drawn = [(name, icon(drawing, 18)) for name, drawing in TONE_ICONS.items()]
    return rx.el.span(
        rx.match(tone, *drawn[1:], drawn[0][1]), label, class_name="pill", custom_attrs={"data-tone": tone}
    )


def status_of(status: Text, looks: Mapping[str, tuple[str, Tone]]) -> rx.Component:
    """Build the pill of a status from a table status → (words, tone)."""
    pills = [(name, badge(words, tone=tone)) for name, (words, tone) in looks.items()]
    return rx.match(status, *pills, rx.fragment())
