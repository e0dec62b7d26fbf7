"""What one's operator suggested: a section below the results, with a link above them, and a line on the offer."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from stageplus.components import button, callout, icon, section
from stageplus.services.suggestions.schemas import SuggestedOffer
from stageplus.states.learner.suggestions import LearnerSuggestionsState as State
from stageplus.texts import _

SECTION = "suggerees"


def suggested_link() -> rx.Component:
    """Lead to the suggestions from above the results, which stay in sight; nothing without suggestions."""
    words = rx.el.a(
        icon("people", 20),
        rx.el.span(_("Suggéré par ton opérateur :"), " ", State.suggestions.length()),
        href=f"#{SECTION}",
        class_name="chip",
        custom_attrs={"data-jump": ""},
    )
    return rx.cond(State.suggestions, rx.el.div(words, class_name="row", role="status"))


def suggested_section(card: Callable[..., rx.Component]) -> rx.Component:
    """Build one row of cards, which scrolls sideways; nothing without suggestions."""
    return rx.cond(
        State.suggestions,
        rx.el.div(
            section(
                _("Suggéré par ton opérateur"),
                rx.el.div(rx.foreach(State.suggestions, _one(card)), class_name="suggested-row"),
            ),
            class_name="stack stack-tight suggested",
            id=SECTION,
        ),
    )


def suggestion_mark(offer_id: Any) -> rx.Component:
    """Say on a card who suggested the offer and why; nothing for any other offer."""
    return rx.cond(_words(offer_id), rx.el.p(icon("people", 20), _words(offer_id), class_name="suggested-by"))


def suggestion_note(offer_id: Any) -> rx.Component:
    """Say it at the top of the offer's own page."""
    return rx.cond(_words(offer_id), callout(rx.el.p(_words(offer_id)), tone="sun", icon_name="people"))


def _words(offer_id: Any) -> Any:
    return State.said[offer_id.to(str)]


def _one(card: Callable[..., rx.Component]) -> Callable[[SuggestedOffer], rx.Component]:
    def suggestion(each: SuggestedOffer) -> rx.Component:
        hide = button(
            _("Masquer"),
            variant="quiet",
            size="small",
            icon_name="close",
            description=each.card.title,
            on_click=State.hide(each.card.offer_id),
        )
        return rx.el.div(card(offer=each.card, note=""), hide, class_name="suggestion")

    return suggestion
