"""The offers that a learner keeps: open ones, and those that have closed with others like them."""

import reflex as rx

from stageplus.components import (
    badge,
    button_link,
    card,
    cover_link,
    empty_state,
    learner_shell,
    link,
    section,
    skeleton_cards,
)
from stageplus.pages.learner.keep import keep_star, keep_toast
from stageplus.pages.learner.offers import offer_card
from stageplus.pages.page import Page, frame
from stageplus.services.favourites.schemas import FavouriteRow
from stageplus.services.offers.schemas import OfferCard
from stageplus.states.audience import Audience
from stageplus.states.learner.favourites import LearnerFavouritesState as State
from stageplus.states.learner.favourites import LearnerKeepState
from stageplus.texts import _


def favourites_page() -> rx.Component:
    """Build the list, what still can be applied for first."""
    return learner_shell(
        rx.cond(State.total > 0, rx.fragment(_open(), _closed()), _nothing()),
        keep_toast(),
        title=_("Mes favoris"),
        active="favoris",
        frame=frame(),
        skeleton=skeleton_cards(),
    )


def _open() -> rx.Component:
    cards = rx.foreach(State.open, lambda row: offer_card(offer=row.card, note=row.ends_words))
    return rx.cond(State.open, section(_("Encore ouvertes"), rx.el.div(cards, class_name="grid-cards")))


def _closed() -> rx.Component:
    gone = rx.el.div(rx.foreach(State.closed, lambda row: _gone(row)), class_name="grid-cards")
    return rx.cond(
        State.closed,
        section(_("Plus ouvertes"), gone, hint=_("Touche l’étoile pour les enlever de ta liste.")),
    )


def _gone(row: FavouriteRow) -> rx.Component:
    offer = row.card
    similar = rx.el.div(
        rx.el.h4(_("À la place, près de chez toi"), class_name="field-label"),
        rx.el.ul(rx.foreach(row.similar, lambda each: _other(each)), class_name="plain-list"),
        class_name="stack stack-tight",
    )
    return card(
        keep_star(offer.offer_id, offer.title),
        rx.el.div(
            rx.el.h3(cover_link(offer.title, f"/offres/{offer.offer_id}", description=offer.company)),
            rx.el.p(offer.company),
            class_name="offer-who",
        ),
        rx.el.p(badge(row.state_words, icon_name="stop"), " ", row.closed_words),
        rx.cond(row.similar, similar),
        class_name="offer-card",
    )


def _other(offer: OfferCard) -> rx.Component:
    way = link(offer.title, href=f"/offres/{offer.offer_id}", description=offer.company)
    where = rx.el.p(offer.company, ", ", offer.municipality, ", ", offer.distance, class_name="second-line")
    return rx.el.li(way, where)


def _nothing() -> rx.Component:
    return empty_state(
        _("Pas encore de favori"),
        _("Touche l’étoile d’une offre pour la garder ici : tu vois quand elle va fermer, et tu postules plus tard."),
        button_link(_("Voir les offres"), "/offres"),
        icon_name="star",
    )


PAGE = Page(
    "/favoris",
    _("Mes favoris"),
    Audience.LEARNER,
    favourites_page,
    loads=[LearnerKeepState.load, State.load, State.follow],
)
