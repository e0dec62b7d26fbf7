"""The companies of a coach's sectors: who is silent, who never posted, whom to call, and the whole list as a file."""

import reflex as rx

from stageplus.components import (
    badge,
    button,
    button_link,
    coach_nav,
    desk_shell,
    empty_state,
    error_summary,
    link,
    search_field,
    select_field,
    skeleton_rows,
    status_badge,
)
from stageplus.components.filters import filters, list_head
from stageplus.components.pagination import page_links
from stageplus.components.props import shown_if_filled
from stageplus.components.saved_views import views_bar
from stageplus.components.table import Column, table
from stageplus.components.ticks import row_box, tick_all
from stageplus.pages.coach.columns import columns_choice, columns_kept
from stageplus.pages.coach.parts import export_links
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
        Column(_("Situation"), lambda row: status_badge(row.standing, row.tone), one_line=True, key="situation"),
        Column(_("Agréments"), lambda row: row.approvals, figures=True, key="agrements"),
        Column(_("Offres en ligne"), lambda row: row.open_offers, figures=True, key="offres"),
        Column(_("Places libres"), lambda row: row.places_left, figures=True, key="places"),
        Column(_("Dernière activité"), lambda row: row.activity, one_line=True, key="activite"),
        Column(_("Candidatures répondues"), lambda row: row.answers, figures=True, key="reponses"),
        Column(_("À rappeler"), _due, one_line=True, key="rappel"),
    ]
    return desk_shell(
        coach_nav(),
        rx.el.div(
            _filters(),
            rx.el.div(
                views_bar(CoachViewsState, State.view), columns_choice(columns, State), class_name="stack stack-tight"
            ),
            rx.el.section(
                list_head(found.found_words, export_links(State.csv, State.xlsx)),
                shown_if_filled(found.hint, rx.el.p(found.hint, class_name="hint")),
                rx.cond(
                    found.rows,
                    _with_ticks(
                        table(
                            _("Entreprises de vos secteurs"),
                            columns,
                            found.rows,
                            under_heading=True,
                            wide=True,
                            shown=State.shown,
                        )
                    ),
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


def _with_ticks(listed: rx.Component) -> rx.Component:
    return rx.el.form(
        error_summary(State.errors, ("companies",)),
        rx.el.div(
            tick_all(State),
            button(_("Écrire aux entreprises cochées"), variant="secondary", type="submit", icon_name="letter"),
            button_link(_("Écrire à toute la liste"), State.to_all, variant="quiet"),
            class_name="row",
        ),
        rx.el.div(listed, id="companies", custom_attrs={"tabIndex": "-1"}),
        on_submit=State.write,
        class_name="stack stack-tight",
        custom_attrs={"data-free": ""},
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
        columns_kept(State),
        on_submit=State.search,
        form_round=State.form_round,
    )


def _named(row: FollowedCompany) -> rx.Component:
    named = rx.el.div(
        link(row.name, href=f"{COMPANIES}/{row.company_id}"), rx.el.div(row.towns, class_name="second-line")
    )
    return rx.el.div(row_box("companies", row.company_id, row.name, State), named, class_name="boxed")


def _due(row: FollowedCompany) -> rx.Component:
    return rx.cond(row.is_due, badge(row.due, tone="warning", icon_name="clock"), rx.el.span(row.due))


PAGE = Page(
    COMPANIES,
    _("Entreprises"),
    Audience.COACH,
    companies_page,
    loads=[State.begin, State.load, State.follow, CoachViewsState.load],
)
