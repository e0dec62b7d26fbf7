"""The companies of a coach's sectors: who is silent, who never posted, whom to call, and the whole list as a file."""

import reflex as rx

from stageplus.components import (
    badge,
    coach_nav,
    desk_shell,
    empty_state,
    link,
    search_field,
    select_field,
    skeleton_rows,
    status_badge,
)
from stageplus.components.filters import filters, list_head
from stageplus.components.pagination import page_links
from stageplus.components.props import shown_if_filled
from stageplus.components.table import Column, table
from stageplus.pages.coach.parts import export_links
from stageplus.pages.coach.views import views_bar
from stageplus.pages.page import Page, frame
from stageplus.services.coaching.schemas import COMPANIES, FollowedCompany
from stageplus.states.audience import Audience
from stageplus.states.coach.companies import CoachCompaniesState as State
from stageplus.states.coach.views import CoachViewsState
from stageplus.texts import _


def companies_page() -> rx.Component:
    """Build the list of companies."""
    found = State.found
    columns = [
        Column(_("Entreprise"), _named),
        Column(_("Situation"), lambda row: status_badge(row.standing, row.tone), one_line=True),
        Column(_("Agréments"), lambda row: row.approvals, figures=True),
        Column(_("Offres en ligne"), lambda row: row.open_offers, figures=True),
        Column(_("Places libres"), lambda row: row.places_left, figures=True),
        Column(_("Dernière activité"), lambda row: row.activity, one_line=True),
        Column(_("Candidatures répondues"), lambda row: row.answers, figures=True),
        Column(_("À rappeler"), _due, one_line=True),
    ]
    return desk_shell(
        coach_nav(),
        rx.el.div(
            _filters(),
            views_bar(State.view),
            rx.el.section(
                list_head(found.found_words, export_links(State.csv, State.xlsx)),
                shown_if_filled(found.hint, rx.el.p(found.hint, class_name="hint")),
                rx.cond(
                    found.rows,
                    table(_("Entreprises de vos secteurs"), columns, found.rows, under_heading=True, wide=True),
                    empty_state(
                        _("Aucune entreprise ne correspond"),
                        _("Essayez une autre situation ou moins de filtres."),
                        link(_("Voir toutes les entreprises"), href=COMPANIES),
                        icon_name="building",
                        heading="h3",
                    ),
                ),
                page_links(found.page, found.pages, State.before, State.after),
                class_name="stack stack-tight",
            ),
            class_name="stack",
        ),
        title=_("Entreprises"),
        lead=_("Celles dont un agrément a été décidé dans vos secteurs."),
        active="entreprises",
        frame=frame(),
        skeleton=skeleton_rows(),
    )


def _filters() -> rx.Component:
    asked = State.asked
    states = [
        ("toutes", _("Toutes")),
        ("en-ligne", _("Avec une offre en ligne")),
        ("muettes", _("Silencieuses")),
        ("jamais", _("Jamais publié")),
        ("nouveaux", _("Nouvel agrément sans offre")),
        ("a-rappeler", _("À rappeler")),
        ("ecrites", _("Message de coach reçu")),
    ]
    sorts = [
        ("nom", _("Nom")),
        ("activite", _("La moins active")),
        ("offres", _("Le plus d’offres")),
        ("reponses", _("Répond le moins")),
        ("rappel", _("Date de rappel")),
    ]
    return filters(
        search_field("q", _("Entreprise, numéro, métier ou commune"), value=asked["q"]),
        select_field("secteur", _("Secteur"), State.sectors, empty=_("Tous"), value=asked["secteur"]),
        select_field("etat", _("Situation"), states, value=rx.cond(asked["etat"], asked["etat"], "toutes")),
        select_field("tri", _("Trier par"), sorts, value=rx.cond(asked["tri"], asked["tri"], "nom")),
        on_submit=State.search,
        form_round=State.form_round,
    )


def _named(row: FollowedCompany) -> rx.Component:
    return rx.el.div(
        link(row.name, href=f"{COMPANIES}/{row.company_id}"), rx.el.div(row.towns, class_name="second-line")
    )


def _due(row: FollowedCompany) -> rx.Component:
    return rx.cond(row.is_due, badge(row.due, tone="warning", icon_name="clock"), rx.el.span(row.due))


PAGE = Page(
    COMPANIES,
    _("Entreprises"),
    Audience.COACH,
    companies_page,
    loads=[State.load, State.follow, CoachViewsState.load],
)
