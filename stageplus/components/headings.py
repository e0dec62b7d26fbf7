"""Headings of pages and sections."""

import reflex as rx

from stageplus.components.props import Content, Text, shown_if_filled


def page_head(title: Text, *, lead: Text = "", actions: Content | None = None) -> rx.Component:
    """Build the one `h1` of a page with its introduction and main actions."""
    words = rx.el.div(rx.el.h1(title), shown_if_filled(lead, rx.el.p(lead, class_name="lead")))
    side = [] if actions is None else [rx.el.div(actions, class_name="row")]
    return rx.el.div(words, *side, class_name="page-head")


def section(title: Text, *content: Content, aside: Content | None = None, hint: Text = "") -> rx.Component:
    """Build a part of a page under its `h2`."""
    side = [] if aside is None else [aside]
    head = rx.el.div(rx.el.h2(title), *side, class_name="section-head")
    return rx.el.section(head, shown_if_filled(hint, rx.el.p(hint, class_name="hint")), *content)


def stack(*content: Content, tight: bool = False) -> rx.Component:
    """Put contents under each other at an even distance."""
    return rx.el.div(*content, class_name="stack stack-tight" if tight else "stack")


def row(*content: Content) -> rx.Component:
    """Put contents beside each other, wrapping when there is no room."""
    return rx.el.div(*content, class_name="row")
