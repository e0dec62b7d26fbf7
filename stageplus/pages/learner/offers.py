"""Offers near a learner."""

import reflex as rx

from stageplus.components import (
    badge,
    button_link,
    callout,
    card,
    card_foot,
    checkbox,
    cover_link,
    empty_state,
    learner_shell,
    link,
    meta,
    meta_item,
    pagination,
    search_field,
    select_field,
    skeleton_cards,
    submit_button,
    text_field,
)
from stageplus.pages.page import Page, frame
from stageplus.services.offers.schemas import RADII, OfferCard, TradeLink
from stageplus.states.audience import Audience
from stageplus.states.learner.offers import LearnerOffersState as State
from stageplus.texts import _

DEFAULT_RADIUS = "15"


def offers_page() -> rx.Component:
    """Build the search with its results."""
    return learner_shell(
        _search(),
        _results(),
        title=_("Trouver une place"),
        active="offres",
        frame=frame(),
        skeleton=skeleton_cards(),
    )


def _search() -> rx.Component:
    radii = [(str(radius), _("{n} km").format(n=radius)) for radius in RADII]
    sorts = [("pertinence", _("Pertinence")), ("distance", _("Distance"))]
    return rx.el.form(
        rx.el.input(type="hidden", name="intent"),
        search_field(
            "q", _("Rechercher un métier ou un mot-clé"), value=State.asked["q"], error=State.errors.get("text", "")
        ),
        rx.el.div(
            text_field(
                "lieu",
                _("Commune ou code postal"),
                value=State.asked["lieu"],
                error=State.errors.get("place", ""),
                autocomplete="postal-code",
            ),
            select_field(
                "rayon",
                _("Rayon"),
                radii,
                value=rx.cond(State.asked["rayon"], State.asked["rayon"], DEFAULT_RADIUS),
                error=State.errors.get("radius", ""),
                short=True,
            ),
            select_field(
                "tri",
                _("Trier par"),
                sorts,
                value=rx.cond(State.asked["tri"], State.asked["tri"], "pertinence"),
                short=True,
            ),
            class_name="row",
        ),
        rx.el.div(
            checkbox("jours", _("Seulement mes jours en entreprise"), checked=State.asked["jours"] == "oui"),
            checkbox("permis", _("Sans permis de conduire"), checked=State.asked["permis"] == "oui"),
            class_name="row",
        ),
        submit_button(_("Rechercher")),
        on_submit=State.search,
        class_name="card stack",
        role="search",
        key=State.form_round,
        custom_attrs={"data-free": "", "data-eager": ""},
    )


def _results() -> rx.Component:
    found = State.found
    return rx.el.div(
        rx.el.h2(found.total_words, class_name="result-count"),
        rx.cond(found.widened, callout(rx.el.p(found.widened), tone="sun")),
        rx.cond(
            found.total > 0,
            offer_cards(State.cards),
            _nothing(),
        ),
        rx.cond(
            found.pages > 1,
            pagination(
                rx.el.span(_("Page"), " ", found.page, " ", _("sur"), " ", found.pages), State.before, State.after
            ),
        ),
        class_name="stack",
        custom_attrs={"data-results": "", "aria-live": "polite"},
    )


def offer_cards(offers: list[OfferCard]) -> rx.Component:
    """Build a grid of offers."""
    return rx.el.div(rx.foreach(offers, lambda offer: offer_card(offer=offer)), class_name="grid-cards")


@rx.memo
def offer_card(offer: rx.Var[OfferCard]) -> rx.Component:
    """Build one result; the browser draws it again only when it changed."""
    return card(
        rx.el.h3(offer.title),
        rx.el.p(offer.company),
        meta(
            meta_item(
                rx.cond(offer.distance != "", f"{offer.municipality}, {offer.distance}", offer.municipality), "map-pin"
            ),
            meta_item(offer.days, "calendar"),
            meta_item(offer.start, "clock"),
            meta_item(offer.places_left, "people"),
        ),
        card_foot(
            rx.el.div(
                rx.cond(offer.applied, badge(_("Tu as déjà postulé"), tone="success")),
                rx.cond(offer.is_new, badge(_("Nouveau"), tone="sun")),
                rx.cond(offer.days_fit, badge(_("Tes jours"), tone="accent", icon_name="check")),
                class_name="row",
            ),
            cover_link(_("Voir l’offre"), f"/offres/{offer.offer_id}", description=offer.title),
        ),
        tappable=True,
    )


def _nothing() -> rx.Component:
    return rx.el.div(
        empty_state(
            _("Pas encore de place ici"),
            _("Essaie un rayon plus grand ou un métier voisin. Les entreprises publient toute l’année : reviens vite."),
            button_link(_("Voir toutes les offres"), "/offres?q="),
        ),
        rx.cond(
            State.found.neighbours,
            rx.el.div(
                rx.el.h3(_("Métiers voisins")),
                rx.el.ul(rx.foreach(State.found.neighbours, _neighbour), class_name="chips"),
                class_name="stack stack-tight",
            ),
        ),
        class_name="stack",
    )


def _neighbour(trade: TradeLink) -> rx.Component:
    return rx.el.li(link(trade.label, href=f"/offres?q={trade.words}", class_name="chip"))


PAGE = Page("/offres", _("Offres"), Audience.LEARNER, offers_page, loads=[State.load])
