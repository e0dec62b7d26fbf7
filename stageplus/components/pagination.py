"""Previous and next page as links, so that a page of results can be shared."""

from typing import Any

import reflex as rx

from stageplus.components.button import button_link
from stageplus.components.props import Text, either, shown_if_filled
from stageplus.texts import _


def pagination(position: Text, previous: Text, following: Text) -> rx.Component:
    """Show where one is ("Page 2 sur 7") between links; an empty address means there is no such page."""
    before = button_link(_("Page précédente"), previous, variant="secondary", class_name="page-before")
    after = button_link(_("Page suivante"), following, variant="secondary", class_name="page-next")
    return rx.el.nav(
        shown_if_filled(previous, before),
        rx.el.p(position, class_name="quiet-text"),
        shown_if_filled(following, after),
        class_name="pages",
        custom_attrs={"aria-label": _("Pages de résultats")},
    )


def page_links(page: Any, pages: Any, previous: Text, following: Text) -> rx.Component:
    """Lead to the pages beside this one; nothing where there is but one page."""
    position = rx.el.span(_("Page"), " ", page, " ", _("sur"), " ", pages)
    links: rx.Component = either(pages > 1, pagination(position, previous, following))
    return links
