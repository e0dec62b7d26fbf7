"""Grey shapes with the real size of what is coming: the page does not jump when data arrive."""

from typing import Literal

import reflex as rx

from stageplus.texts import _

Shape = Literal["line", "short", "half", "title", "pill", "block", "field"]


def bone(shape: Shape = "line") -> rx.Component:
    """Draw one grey bar."""
    return rx.el.div(class_name=f"bone bone-{shape}")


def skeleton_card() -> rx.Component:
    """Draw a card that is still loading."""
    return rx.el.div(
        bone("title"), bone("half"), bone("line"), bone("pill"), class_name="card", custom_attrs={"aria-hidden": "true"}
    )


def skeleton_cards(count: int = 4) -> rx.Component:
    """Draw several cards that are still loading, and say so to screen readers."""
    return _loading(rx.el.div(*[skeleton_card() for _index in range(count)], class_name="grid-cards"))


def skeleton_search(count: int = 4) -> rx.Component:
    """Draw a search form and its results that are still loading."""
    form = rx.el.div(
        *[bone("field") for _index in range(3)],
        bone("block"),
        bone("block"),
        class_name="card search-form",
        custom_attrs={"aria-hidden": "true"},
    )
    cards = rx.el.div(*[skeleton_card() for _index in range(count)], class_name="grid-cards")
    results = rx.el.div(bone("title"), cards, class_name="stack")
    return _loading(rx.el.div(form, results, class_name="search-page"))


def skeleton_offer() -> rx.Component:
    """Draw an offer that is still loading, with its key facts."""
    key_facts = [rx.el.div(bone("half"), bone("short"), class_name="stack stack-tight") for _index in range(5)]
    words = [bone("title"), bone("line"), bone("line"), bone("short")]
    return _loading(
        rx.el.div(
            rx.el.div(
                rx.el.div(*key_facts, class_name="card offer-key"),
                rx.el.div(*words, *words, class_name="stack stack-tight"),
                class_name="offer-read",
            ),
            class_name="offer",
            custom_attrs={"aria-hidden": "true"},
        )
    )


def skeleton_rows(count: int = 8) -> rx.Component:
    """Draw the lines of a table that is still loading."""
    lines = [bone("block") for _index in range(count)]
    return _loading(rx.el.div(*lines, class_name="card stack-tight", custom_attrs={"aria-hidden": "true"}))


def skeleton_text(lines: int = 5) -> rx.Component:
    """Draw a text that is still loading."""
    bars = [bone("short" if index == lines - 1 else "line") for index in range(lines)]
    return _loading(rx.el.div(*bars, class_name="stack stack-tight", custom_attrs={"aria-hidden": "true"}))


def _loading(shape: rx.Component) -> rx.Component:
    return rx.el.div(rx.el.p(_("Chargement…"), class_name="sr", role="status"), shape)
