"""The offers of a coach's sectors, with counts, filters in the address bar, and the whole list as a file."""

import reflex as rx

from stageplus.components import (
    checkbox,
    coach_nav,
    desk_shell,
    empty_state,
    link,
    search_field,
    select_field,
    skeleton_rows,
)
from stageplus.components.filters import filters, list_head
from stageplus.components.pagination import page_links
from stageplus.components.saved_views import views_bar
from stageplus.components.table import table
from stageplus.pages.coach.columns import columns_choice, columns_kept
from stageplus.pages.coach.parts import export_links, offer_columns
from stageplus.pages.page import Page, frame
from stageplus.services.coaching.schemas import OFFERS
from stageplus.states.audience import Audience
from stageplus.states.coach.offers import CoachOffersState as State
from stageplus.states.coach.views import CoachViewsState
from stageplus.texts import _


def offers_page() -> rx.Component:
    """Build the list of offers."""
    found, columns = State.found, offer_columns()
    return desk_shell(
        coach_nav(),
        rx.el.div(
            _filters(),
            rx.el.div(
                views_bar(CoachViewsState, State.view), columns_choice(columns, State), class_name="stack stack-tight"
            ),
            rx.el.section(
                list_head(found.found_words, export_links(State.csv, State.xlsx)),
                rx.cond(
                    found.rows,
                    table(
                        _("Offres de vos secteurs"),
                        columns,
                        found.rows,
                        under_heading=True,
                        wide=True,
                        shown=State.shown,
                    ),
                    empty_state(
                        _("Aucune offre ne correspond"),
                        _("Essayez un autre état, moins de filtres. Rien ? Appelez les entreprises silencieuses."),
                        link(_("Voir toutes les offres ouvertes"), href=OFFERS),
                        icon_name="layers",
                        heading="h3",
                    ),
                ),
                page_links(found.page, found.pages, State.before, State.after),
                class_name="stack stack-tight",
            ),
            class_name="stack",
        ),
        title=_("Offres"),
        lead=_("Des chiffres seulement : vous ne voyez jamais qui postule."),
        active="offres",
        frame=frame(),
        skeleton=skeleton_rows(),
    )


def _filters() -> rx.Component:
    asked = State.asked
    states = [
        ("ouvertes", _("Ouvertes")),
        ("suspendues", _("Suspendues")),
        ("pourvues", _("Pourvues")),
        ("cloturees", _("Clôturées")),
        ("expirees", _("Expirées")),
        ("toutes", _("Toutes")),
    ]
    sorts = [
        ("fin", _("Fin la plus proche")),
        ("recentes", _("Les plus récentes")),
        ("candidatures", _("Peu de candidatures")),
        ("entreprise", _("Entreprise")),
    ]
    return filters(
        search_field("q", _("Entreprise, métier ou commune"), value=asked["q"]),
        select_field("secteur", _("Secteur"), State.sectors, empty=_("Tous"), value=asked["secteur"]),
        select_field("etat", _("État"), states, value=rx.cond(asked["etat"], asked["etat"], "ouvertes")),
        select_field("tri", _("Trier par"), sorts, value=rx.cond(asked["tri"], asked["tri"], "fin")),
        columns_kept(State),
        on_submit=State.search,
        form_round=State.form_round,
        ticks=(
            checkbox("sans", _("Sans candidature"), checked=asked["sans"] == "oui"),
            checkbox("attente", _("Réponse attendue"), checked=asked["attente"] == "oui"),
            checkbox("bientot", State.found.soon_words, checked=asked["bientot"] == "oui"),
        ),
    )


PAGE = Page(OFFERS, _("Offres"), Audience.COACH, offers_page, loads=[State.load, State.follow, CoachViewsState.load])
