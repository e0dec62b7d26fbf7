"""What OFFA announces: the banner above a page, calm and put away with one tap, and the texts of the help page."""

from typing import Any

import reflex as rx

from stageplus.components.button import button
from stageplus.components.callout import callout
from stageplus.components.link import link
from stageplus.components.props import Text, shown_if_filled
from stageplus.texts import _


def banner(words: Text, address: Text, hide: Any = None) -> Any:
    """Show a banner when there is one; its words are plain text, its link was checked when it was written."""
    more = shown_if_filled(address, link(_("En savoir plus"), href=address, native=True, description=words))
    away = button(_("Masquer"), variant="quiet", size="small", on_click=hide, description=words)
    box = callout(rx.el.p(words), rx.el.div(more, away, class_name="row"), tone="neutral")
    region = rx.el.section(box, class_name="banner", custom_attrs={"aria-label": _("Annonce")})
    return shown_if_filled(words, region)


def help_text(title: Text, words: Text, address: Text, *, heading: Any = rx.el.h2) -> rx.Component:
    """Show a text of the help page; its line breaks are kept."""
    more = shown_if_filled(address, link(_("En savoir plus"), href=address, native=True, description=title))
    return rx.el.section(heading(title), rx.el.p(words, class_name="typed"), more, class_name="card stack stack-tight")
