"""The front page."""

import reflex as rx

from stageplus.components import public_shell
from stageplus.pages.page import Page, frame
from stageplus.states.audience import Audience
from stageplus.texts import _


def home_page() -> rx.Component:
    """Build the front page."""
    return public_shell(title="Stage+", frame=frame())


PAGE = Page("/", _("Accueil"), Audience.EVERYONE, home_page)
