"""The star that keeps an offer, wherever the offer is shown, and the line that says what came of it."""

import reflex as rx

from stageplus.components import button, icon, link
from stageplus.components.props import Text
from stageplus.states.learner.favourites import LearnerKeepState as State
from stageplus.texts import _

KEEP = _("Garder dans mes favoris")


def keep_star(offer_id: rx.Var[int] | int, title: Text) -> rx.Component:
    """Build the star of a card: it fills at the tap, and the server has the last word."""
    return _toggle(offer_id, title, icon("star", 26), look="star")


def keep_button(offer_id: rx.Var[int] | int, title: Text) -> rx.Component:
    """Build the star of an offer's own page, with its words."""
    words = rx.el.span(_("Garder"), class_name="not-kept"), rx.el.span(_("Dans mes favoris"), class_name="when-kept")
    return _toggle(offer_id, title, icon("star"), *words, look="btn btn-quiet btn-small keep")


def keep_toast() -> rx.Component:
    """Say above the tabs what just happened to an offer, with the way to the list, or back."""
    undo = button(_("Remettre"), variant="quiet", size="small", on_click=State.keep(State.last, True))
    way = rx.cond(
        State.kept.contains(State.last), link(_("Mes favoris"), href="/favoris", class_name="btn btn-quiet"), undo
    )
    said = rx.el.div(
        rx.el.span(State.said), rx.cond(State.refused, rx.fragment(), way), class_name="toast", key=State.answers
    )
    return rx.el.div(
        rx.cond(State.said != "", said),
        class_name="toasts",
        role="status",
        custom_attrs={"data-answers": State.answers},
    )


def _toggle(offer_id: rx.Var[int] | int, title: Text, *content: rx.Component, look: str) -> rx.Component:
    is_kept = State.kept.contains(offer_id)
    return rx.el.button(
        *content,
        type="button",
        class_name=look,
        on_click=State.keep(offer_id, ~is_kept),
        custom_attrs={
            "aria-label": KEEP,
            "aria-description": title,
            "aria-pressed": rx.cond(is_kept, "true", "false"),
            "data-wish": "",
        },
    )
