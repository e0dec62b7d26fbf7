"""What whoever knocks at the wrong door is told: whose page this is, and where theirs is."""

import reflex as rx

from stageplus.components import answer_box, button_link, callout


def other_door(title: str, words: str, label: str, href: str | rx.Var[str]) -> rx.Component:
    """Lead somebody from a form that is not theirs to their own; the box takes the focus, above what was typed."""
    return answer_box(callout(rx.el.p(words), button_link(label, href), title=title, tone="sun"))
