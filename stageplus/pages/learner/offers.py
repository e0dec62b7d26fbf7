"""Offers near a learner."""

import reflex as rx

from stageplus.components import (
    badge,
    button,
    button_link,
    callout,
    card,
    card_foot,
    checkbox,
    chip,
    cover_link,
    empty_state,
    form_error,
    learner_shell,
    meta,
    meta_item,
    pagination,
    search_field,
    select_field,
    skeleton_search,
    submit_button,
    text_field,
    unfold_button,
    unfolding,
)
from stageplus.pages.learner.alert_form import alert_dialog, alert_opener
from stageplus.pages.learner.ask_form import ask_dialog, ask_opener
from stageplus.pages.learner.keep import keep_star, keep_toast
from stageplus.pages.learner.map import map_section, map_switch
from stageplus.pages.learner.suggested import suggested_link, suggested_section, suggestion_mark
from stageplus.pages.page import Page, frame
from stageplus.services.offers.schemas import OfferCard
from stageplus.states.audience import Audience
from stageplus.states.learner.offers import FILTERS, SearchLink
from stageplus.states.learner.offers import LearnerOffersState as State
from stageplus.states.learner.suggestions import LearnerSuggestionsState as SuggestionsState
from stageplus.texts import _

PANEL = "filtres"
SORTS = [("pertinence", _("Pertinence")), ("distance", _("Distance")), ("date", _("Date"))]


def offers_page() -> rx.Component:
    """Build the search with its results."""
    return learner_shell(
        rx.el.div(_search(), _results(), map_section(), class_name="search-page"),
        suggested_section(offer_card),
        alert_dialog(State.here),
        ask_dialog(State.here),
        keep_toast(),
        title=_("Trouver une place"),
        active="offres",
        frame=frame(),
        skeleton=skeleton_search(),
        width="wide",
    )


def _search() -> rx.Component:
    errors = State.errors
    return rx.el.form(
        search_field(
            "q", _("Rechercher un métier ou un mot-clé"), value=State.chosen["q"], error=form_error(errors, "text")
        ),
        text_field(
            "lieu",
            _("Commune ou code postal"),
            value=State.chosen["lieu"],
            error=form_error(errors, "place"),
            autocomplete="postal-code",
        ),
        # A list that gets its choices after it was drawn is made anew, else the browser chooses its first one.
        rx.fragment(
            select_field(
                "rayon", _("Rayon"), State.radii, value=State.chosen["rayon"], error=form_error(errors, "radius")
            ),
            key=State.radii.length(),
        ),
        unfold_button(_filters_label(), PANEL, icon_name="filter"),
        submit_button(_("Rechercher")),
        _filters(),
        rx.el.input(type="hidden", name="intent"),
        rx.el.input(type="hidden", name="carte", default_value=State.chosen["carte"]),
        on_submit=State.search,
        class_name="card search-form",
        role="search",
        key=State.form_round,
        custom_attrs={"data-free": "", "data-eager": ""},
    )


def _filters_label() -> rx.Var[str]:
    words = _("Filtres")
    return rx.cond(State.filters > 0, rx.Var.create(words) + f" ({State.filters})", words)


def _filters() -> rx.Component:
    """Build the lists and ticks once they are seen; until then, what the address bar says of them stays in the form."""
    kept = [rx.el.input(type="hidden", name=name, default_value=State.chosen[name]) for name in FILTERS]
    ask = button(_("Voir les filtres"), variant="quiet", on_click=State.count, custom_attrs={"data-ask": ""})
    return unfolding(PANEL, rx.cond(State.counted, _choices(), rx.fragment(*kept, ask)))


def _choices() -> rx.Component:
    facets, ticks = State.facets, State.facets.ticks
    return rx.fragment(
        rx.el.div(
            _choice("metier", _("Métier"), facets.trades, _("Tous")),
            _choice("secteur", _("Secteur"), facets.sectors, _("Tous")),
            _choice("debut", _("Début"), facets.starts, _("Peu importe")),
            _choice("langue", _("Langue"), facets.languages, _("Toutes")),
            _choice("dispositif", _("Dispositif"), facets.schemes, _("Tous")),
            select_field(
                "tri", _("Trier par"), SORTS, value=State.chosen["tri"], error=form_error(State.errors, "sort")
            ),
            class_name="filter-lists",
            key=State.lists,
        ),
        rx.el.fieldset(
            rx.el.legend(_("Conditions"), class_name="field-label"),
            checkbox("jours", ticks["days"], checked=State.chosen["jours"] == "oui"),
            checkbox("soir", ticks["evening"], checked=State.chosen["soir"] == "oui"),
            checkbox("weekend", ticks["no_weekend"], checked=State.chosen["weekend"] == "oui"),
            checkbox("permis", ticks["no_licence"], checked=State.chosen["permis"] == "oui"),
            class_name="filter-ticks",
        ),
    )


def _choice(name: str, label: str, options: list[tuple[str, str]], empty: str) -> rx.Component:
    error = form_error(State.errors, "start") if name == "debut" else ""
    return select_field(name, label, options, value=State.chosen[name], empty=empty, error=error)


def _results() -> rx.Component:
    found = State.found
    unknown_place = form_error(State.errors, "place") != ""
    return rx.el.div(
        suggested_link(),
        rx.el.div(
            rx.el.div(
                rx.el.h2(found.total_words, class_name="result-count", custom_attrs={"data-results": ""}),
                rx.cond(found.understood, rx.el.p(found.understood, class_name="quiet-text")),
                rx.cond(found.note, rx.el.p(found.note, class_name="quiet-text")),
                role="status",
            ),
            map_switch(),
            rx.cond(found.total > 0, alert_opener(_("M’avertir des nouvelles"))),
            class_name="results-head",
        ),
        rx.cond((found.total > 1) & (State.chosen["tri"] == "pertinence"), _why_this_order()),
        rx.cond(State.elsewhere.label, rx.el.div(chip(State.elsewhere.label, State.elsewhere.href), class_name="row")),
        rx.cond(found.widened, callout(rx.el.p(found.widened), _links(State.larger), _links(State.fewer), tone="sun")),
        rx.cond(
            found.total > 0,
            rx.fragment(rx.cond(found.widened, _neighbours()), _cards()),
            rx.cond(unknown_place, _unknown_place(), _nothing()),
        ),
        rx.cond(
            found.pages > 1,
            pagination(
                rx.el.span(_("Page"), " ", found.page, " ", _("sur"), " ", found.pages), State.before, State.after
            ),
        ),
        class_name="stack results",
        custom_attrs={"data-keep-scroll": ""},
    )


def _why_this_order() -> rx.Component:
    words = _(
        "Dans l’ordre : d’abord ce que tu cherches, puis ce qui va avec ton métier, ton année et tes jours, "
        "le plus près, le plus récent, avec peu de candidatures par place et une entreprise qui répond. "
        "Celles qui ont assez de candidatures viennent à la fin."
    )
    return rx.el.p(words, class_name="quiet-text order-words")


def _cards() -> rx.Component:
    """Build the offers of the page: each keeps its place in the document while others leave and come."""
    cards = rx.foreach(State.shown, lambda shown: offer_card(offer=State.held[shown], note="", key=shown.to_string()))
    return rx.el.div(cards, class_name="grid-cards")


def offer_cards(offers: list[OfferCard]) -> rx.Component:
    """Build a grid of offers."""
    return rx.el.div(rx.foreach(offers, lambda offer: offer_card(offer=offer, note="")), class_name="grid-cards")


@rx.memo
def offer_card(offer: rx.Var[OfferCard], note: rx.Var[str]) -> rx.Component:
    """Build one offer with a note, such as that it closes soon; the browser draws it again only when it changed."""
    place = rx.cond(offer.distance != "", f"{offer.municipality}, {offer.distance}", offer.municipality)
    return card(
        keep_star(offer.offer_id, offer.title),
        rx.el.div(
            rx.el.h3(_marked(offer.title, offer.title_pieces)),
            rx.el.p(_marked(offer.company, offer.company_pieces)),
            class_name="offer-who",
        ),
        meta(meta_item(place, "map-pin"), meta_item(offer.start, "clock"), meta_item(offer.places_left, "people")),
        meta(meta_item(offer.days, "calendar"), _my_days(offer)),
        rx.cond(offer.excerpt, rx.el.p(_pieces(offer.excerpt), class_name="offer-excerpt")),
        suggestion_mark(offer.offer_id),
        card_foot(
            rx.el.div(
                rx.cond(offer.has_enough, badge(_("Assez de candidatures pour l’instant"), icon_name="stop")),
                rx.cond(offer.applied, badge(_("Tu as déjà postulé"), tone="success")),
                rx.cond(note != "", badge(note, tone="warning", icon_name="clock")),
                rx.cond(offer.is_new, badge(_("Nouveau"), tone="sun")),
                class_name="row",
            ),
            cover_link(_("Voir l'offre"), f"/offres/{offer.offer_id}", description=offer.title),
        ),
        tappable=True,
        class_name="offer-card",
    )


def _marked(text: rx.Var[str], pieces: rx.Var[list[str]]) -> rx.Component:
    return rx.cond(pieces, _pieces(pieces), rx.fragment(text))


def _pieces(pieces: rx.Var[list[str]]) -> rx.Component:
    return rx.foreach(pieces, lambda text, number: rx.cond(number % 2 == 1, rx.el.mark(text), rx.fragment(text)))


def _my_days(offer: rx.Var[OfferCard]) -> rx.Component:
    fitting = badge(offer.days_words, tone="accent", icon_name="check")
    return rx.cond(offer.days_fit, fitting, badge(offer.days_words, tone="neutral"))


def _links(links: list[SearchLink]) -> rx.Component:
    rows = rx.el.ul(rx.foreach(links, lambda link: rx.el.li(chip(link.label, link.href))), class_name="chips")
    return rx.cond(links, rows)


def _neighbours() -> rx.Component:
    named = rx.el.div(
        rx.el.h3(_("Près de là, dans des métiers voisins")), _links(State.neighbours), class_name="stack stack-tight"
    )
    return rx.cond(State.neighbours, named)


def _nothing() -> rx.Component:
    fewer = button_link(_("Enlever les filtres"), State.unfiltered, variant="secondary")
    everything = button_link(_("Voir toutes les offres"), "/offres?q=", variant="secondary")
    advice = rx.cond(
        State.filters > 0,
        _("Enlève les filtres ou choisis un métier voisin : les entreprises publient toute l’année."),
        _("Choisis un métier voisin ou regarde toutes les offres : les entreprises publient toute l’année."),
    )
    return rx.fragment(
        empty_state(
            _("Pas encore de place ici"),
            advice,
            _links(State.fewer),
            alert_opener(_("M’avertir dès qu’il y en a"), variant="primary"),
            ask_opener(),
            rx.cond(State.filters > 0, fewer),
            everything,
        ),
        _neighbours(),
    )


def _unknown_place() -> rx.Component:
    return empty_state(
        _("Où cherches-tu ?"),
        _("Écris une commune ou un code postal dans le champ « Commune ou code postal », puis relance la recherche."),
        rx.cond(State.places, rx.fragment(rx.el.p(_("Tu voulais dire :")), _links(State.places))),
        icon_name="map-pin",
    )


LOADS = [State.load, SuggestionsState.see, SuggestionsState.follow]
PAGE = Page("/offres", _("Offres"), Audience.LEARNER, offers_page, loads=LOADS)
