"""Open offers for an operator's staff, and one of them with the learners to suggest it to."""

import reflex as rx

from stageplus.components import (
    badge,
    button,
    callout,
    checkbox,
    empty_state,
    fact,
    fact_if,
    facts,
    form_error,
    link,
    search_field,
    section,
    select_field,
    text_field,
)
from stageplus.components.filters import filters, list_head
from stageplus.components.pagination import page_links
from stageplus.components.table import Column, table
from stageplus.pages.operator.nav import operator_page
from stageplus.pages.operator.suggest import sent_section, suggest_section
from stageplus.pages.page import Page
from stageplus.services.offers.schemas import OfferCard, OfferDetail
from stageplus.states.audience import Audience
from stageplus.states.operator.offers import OperatorOffersState, OperatorOfferState
from stageplus.states.operator.picks import OperatorPicksState
from stageplus.texts import _

PATH = "/operateur/offres"
SORTS = [("pertinence", _("Pertinence")), ("distance", _("Distance")), ("date", _("Date"))]


def offers_page() -> rx.Component:
    """Build the list of open offers."""
    state, found = OperatorOffersState, OperatorOffersState.found
    columns = [
        Column(_("Place"), _offer_link),
        Column(_("Entreprise"), lambda row: row.company),
        Column(_("Où"), _where),
        Column(_("Jours"), lambda row: row.days),
        Column(_("Début"), lambda row: row.start, one_line=True),
        Column(_("Libres"), _left, one_line=True),
    ]
    return operator_page(
        _picked(),
        _filters(),
        rx.el.section(
            list_head(found.total_words),
            rx.cond(found.understood, rx.el.p(found.understood, class_name="quiet-text")),
            rx.cond(found.note, rx.el.p(found.note, class_name="quiet-text")),
            rx.cond(found.widened, callout(rx.el.p(found.widened), tone="sun")),
            rx.cond(
                found.cards,
                table(_("Offres ouvertes"), columns, found.cards, under_heading=True, wide=True),
                empty_state(
                    _("Aucune offre ne correspond"),
                    _("Essayez un autre mot, un rayon plus grand ou moins de filtres."),
                    link(_("Voir toutes les offres"), href=PATH),
                    heading="h3",
                ),
            ),
            page_links(found.page, found.pages, state.before, state.after),
            class_name="stack stack-tight",
            custom_attrs={"data-keep-scroll": ""},
        ),
        title=_("Offres"),
        lead=_("Trouvez une place ouverte, puis suggérez-la à vos apprenants : ils voient qui la propose et pourquoi."),
        active="offres",
    )


def offer_page() -> rx.Component:
    """Build one offer beside whom to suggest it to."""
    shown = OperatorOfferState.shown
    offer = shown.offer
    return operator_page(
        rx.cond(shown.closed_words != "", callout(rx.el.p(shown.closed_words), tone="warning")),
        rx.el.div(_about(offer), suggest_section(offer.offer_id), class_name="suggesting"),
        sent_section(),
        title=offer.title,
        lead=rx.cond(offer.company, offer.company, ""),
        active="offres",
        back=(_("Offres"), PATH),
    )


def _picked() -> rx.Component:
    words = OperatorPicksState.words
    forget = button(_("Ne plus chercher pour eux"), variant="quiet", size="small", on_click=OperatorPicksState.forget)
    return rx.cond(words != "", callout(rx.el.div(rx.el.p(words), forget, class_name="line-between")))


def _filters() -> rx.Component:
    state = OperatorOffersState
    facets, ticks, asked = state.found.facets, state.found.facets.ticks, state.asked
    return filters(
        search_field("q", _("Métier ou mot-clé"), value=asked["q"]),
        text_field("lieu", _("Commune ou code postal"), value=asked["lieu"], error=form_error(state.errors, "place")),
        select_field("rayon", _("Rayon"), facets.radii, value=rx.cond(asked["rayon"], asked["rayon"], "15")),
        select_field("secteur", _("Secteur"), facets.sectors, empty=_("Tous"), value=asked["secteur"]),
        select_field("metier", _("Métier"), facets.trades, empty=_("Tous"), value=asked["metier"]),
        select_field("debut", _("Début"), facets.starts, empty=_("Peu importe"), value=asked["debut"]),
        select_field("tri", _("Trier par"), SORTS, value=rx.cond(asked["tri"], asked["tri"], "pertinence")),
        on_submit=state.search,
        form_round=state.form_round,
        ticks=(
            checkbox("soir", ticks["evening"], checked=asked["soir"] == "oui"),
            checkbox("weekend", ticks["no_weekend"], checked=asked["weekend"] == "oui"),
            checkbox("permis", ticks["no_licence"], checked=asked["permis"] == "oui"),
        ),
    )


def _offer_link(row: OfferCard) -> rx.Component:
    return rx.el.div(
        link(row.title, href=f"{PATH}/{row.offer_id}"),
        rx.cond(row.has_enough, badge(_("Assez de candidatures"), icon_name="stop")),
        rx.cond(row.is_new, badge(_("Nouvelle"), tone="sun")),
        class_name="row",
    )


def _where(row: OfferCard) -> rx.Component:
    far = rx.el.div(row.distance, class_name="second-line")
    return rx.el.div(rx.el.div(row.municipality), rx.cond(row.distance != "", far))


def _left(row: OfferCard) -> rx.Component:
    return rx.fragment(row.places_left)


def _about(offer: OfferDetail) -> rx.Component:
    return section(
        _("La place"),
        facts(
            fact(_("Établissement"), offer.establishment),
            fact(_("Commune"), offer.municipality),
            fact(_("Jours en entreprise"), offer.days),
            fact(_("Horaire"), offer.hours),
            fact(_("Début"), offer.start),
            fact(_("Places libres"), offer.places_left),
            fact(_("Rétribution"), offer.pay_from),
            fact(_("Années bienvenues"), offer.years),
            fact(_("Langue"), offer.language),
            fact_if(_("Transport"), offer.transport),
            fact_if(_("Déplacements"), offer.own_transport),
            fact_if(_("Équipement"), offer.equipment),
            fact_if(_("Risques"), offer.risks),
            fact_if(_("Accessibilité"), offer.accessibility),
            fact(_("Fin de l’offre"), offer.ends_on),
            columns=2,
        ),
        rx.el.h3(_("Ce que l’apprenant fera et apprendra")),
        rx.el.p(offer.tasks, class_name="typed"),
    )


LIST = Page(PATH, _("Offres"), Audience.OPERATOR, offers_page, loads=[OperatorOffersState.load])
DETAIL = Page(
    f"{PATH}/[offre]",
    _("Offre"),
    Audience.OPERATOR,
    offer_page,
    loads=[OperatorOfferState.load, OperatorOfferState.follow],
)
