"""« Aussi à … »: the same place in other establishments of the company."""

import reflex as rx

from stageplus.components import link, section
from stageplus.states.learner.elsewhere import LearnerElsewhereState as State
from stageplus.texts import _


def elsewhere_section() -> rx.Component:
    """List the linked offers, nothing when there is none."""
    lines = rx.foreach(State.also, lambda each: rx.el.li(link(each.words, href=f"/offres/{each.offer_id}")))
    return rx.cond(State.also, section(_("Aussi à"), rx.el.ul(lines, class_name="plain-list")))
