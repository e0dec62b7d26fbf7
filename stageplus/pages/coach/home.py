"""The totals of a coach's sectors and their offers, with counts."""

import reflex as rx

from stageplus.components import (
    checkbox,
    coach_nav,
    desk_shell,
    empty_state,
    link,
    search_field,
    section,
    select_field,
    skeleton_rows,
    status_badge,
)
from stageplus.components.filters import filters, list_head
from stageplus.components.pagination import page_links
from stageplus.components.table import Column, table
from stageplus.pages.page import Page, frame
from stageplus.services.reporting.schemas import FollowedOffer
from stageplus.states.audience import Audience
from stageplus.states.coach.offers import PATH
from stageplus.states.coach.offers import CoachOffersState as State
from stageplus.texts import _

TONES = (("publiée", "success"), ("suspendue", "warning"), ("pourvue", "accent"))


def home_page() -> rx.Component:
    """Build the totals per sector and the list of offers."""
    return desk_shell(
        coach_nav(),
        _totals(),
        rx.el.div(_filters(), _offers(), class_name="stack"),
        title=_("Mes secteurs"),
        lead=_("Des chiffres seulement : vous ne voyez jamais qui postule."),
        active="accueil",
        frame=frame(),
        skeleton=skeleton_rows(),
    )


def _totals() -> rx.Component:
    columns = [
        Column(_("Secteur"), lambda row: row.sector),
        Column(_("Offres ouvertes"), lambda row: row.open_offers, figures=True),
        Column(_("Places libres"), lambda row: row.places_left, figures=True),
        Column(_("Sans candidature"), lambda row: row.without_application, figures=True),
        Column(_("Se terminent bientôt"), lambda row: row.ending_soon, figures=True),
        Column(_("Candidatures"), lambda row: row.applications, figures=True),
        Column(_("Répondues"), lambda row: row.answered, figures=True),
    ]
    return section(
        _("Les offres ouvertes, par secteur"),
        table(_("Totaux par secteur"), columns, State.totals, under_heading=True, wide=True),
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
        on_submit=State.search,
        form_round=State.form_round,
        ticks=(
            checkbox("sans", _("Sans candidature"), checked=asked["sans"] == "oui"),
            checkbox("bientot", State.found.soon_words, checked=asked["bientot"] == "oui"),
        ),
    )


def _offers() -> rx.Component:
    found = State.found
    columns = [
        Column(_("Offre"), lambda row: row.title),
        Column(_("Entreprise"), lambda row: row.company),
        Column(_("Commune"), lambda row: row.municipality),
        Column(_("État"), _status, one_line=True),
        Column(_("Places prises"), lambda row: row.places, figures=True),
        Column(_("Candidatures"), lambda row: row.applications, figures=True),
        Column(_("Répondues"), lambda row: row.answered, figures=True),
        Column(_("Fin"), _end, one_line=True),
    ]
    return rx.el.section(
        list_head(found.found_words),
        rx.cond(
            found.rows,
            table(_("Offres de vos secteurs"), columns, found.rows, under_heading=True, wide=True),
            empty_state(
                _("Aucune offre ne correspond"),
                _("Essayez un autre état ou moins de filtres. Rien ? C’est le moment d’inviter les entreprises."),
                link(_("Voir toutes les offres ouvertes"), href=PATH),
                icon_name="layers",
                heading="h3",
            ),
        ),
        page_links(found.page, found.pages, State.before, State.after),
        class_name="stack stack-tight",
    )


def _status(row: FollowedOffer) -> rx.Component:
    return status_badge(row.status_words, rx.match(row.status, *TONES, "neutral"))


def _end(row: FollowedOffer) -> rx.Component:
    return rx.el.span(row.ends, class_name=rx.cond(row.ends_soon, "soon", ""))


PAGE = Page(PATH, _("Mes secteurs"), Audience.COACH, home_page, loads=[State.load, State.follow])
