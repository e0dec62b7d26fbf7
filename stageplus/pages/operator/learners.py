"""The learners of an operator, those without a place first, to find, share out and plan for several at once."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    empty_state,
    link,
    search_field,
    select_field,
)
from stageplus.components.filters import filters, list_head
from stageplus.components.pagination import page_links
from stageplus.components.saved_views import views_bar
from stageplus.components.table import Column, table
from stageplus.pages.operator.caseload import SITUATIONS, box, with_several
from stageplus.pages.operator.extracts import asked_field, export_form
from stageplus.pages.operator.home import contact
from stageplus.pages.operator.nav import operator_page
from stageplus.pages.page import Page
from stageplus.services.extracts.schemas import LEARNERS
from stageplus.services.followup.schemas import ADDRESS, LearnerRow
from stageplus.states.audience import Audience
from stageplus.states.operator.caseload import OperatorCaseloadState
from stageplus.states.operator.learners import PATH, OperatorLearnersState
from stageplus.states.operator.views import OperatorViewsState
from stageplus.texts import _


def learners_page() -> rx.Component:
    """Build the list of learners."""
    state = OperatorLearnersState
    found = state.found
    columns = [
        Column(_("Apprenant"), _learner_link),
        Column(_("Métier et année"), _training),
        Column(_("Candidatures"), lambda row: two_lines(row.applications, row.unanswered), one_line=True),
        Column(_("Place"), _place_since, one_line=True),
        Column(_("Suivi par"), lambda row: two_lines(rx.cond(row.staff != "", row.staff, "—"), row.implantation)),
        Column(_("Prochain contact"), contact, one_line=True),
    ]
    return operator_page(
        _filters(),
        views_bar(OperatorViewsState, state.view, _("Filtres et ordre de la liste, sans les mots recherchés.")),
        rx.el.section(
            list_head(found.found_words, _export()),
            rx.cond(
                found.rows,
                with_several(table(_("Mes apprenants"), columns, found.rows, under_heading=True, wide=True)),
                empty_state(
                    _("Personne ne correspond"),
                    _("Essayez un autre mot ou moins de filtres. Les accents et les majuscules ne comptent pas."),
                    link(_("Voir tous mes apprenants"), href=PATH),
                    heading="h3",
                ),
            ),
            page_links(found.page, found.pages, state.before, state.after),
            class_name="stack stack-tight",
            custom_attrs={"data-keep-scroll": ""},
        ),
        title=_("Mes apprenants"),
        lead=found.all_words,
        active="apprenants",
    )


def _export() -> rx.Component:
    state = OperatorLearnersState
    asked = [asked_field(name, rx.cond(state.asked[name], state.asked[name], "")) for name in ADDRESS if name != "page"]
    return export_form(LEARNERS, state.csrf, *asked)


def _filters() -> rx.Component:
    state = OperatorLearnersState
    places = [("sans", _("Sans lieu de stage")), ("avec", _("Avec un lieu de stage"))]
    contacts = [("du", _("À contacter")), ("aucun", _("Aucun de prévu"))]
    situations = [*SITUATIONS, ("aucune", _("Pas encore notée"))]
    sorts = [
        ("place", _("Place")),
        ("nom", _("Nom")),
        ("attente", _("Sans lieu depuis")),
        ("contact", _("Prochain contact")),
    ]
    choices = OperatorCaseloadState.choices

    def choice(name: str, label: str, options: Any, empty: str) -> rx.Component:
        return select_field(name, label, options, empty=empty, value=state.asked[name])

    return filters(
        search_field("q", _("Nom, métier ou commune"), value=state.asked["q"]),
        choice("place", _("Place"), places, _("Toutes")),
        choice("attente", _("Sans lieu"), choices.waiting, _("Peu importe")),
        choice("suivi", _("Suivi par"), choices.staff, _("Tout le monde")),
        choice("implantation", _("Implantation"), choices.implantations, _("Toutes")),
        choice("situation", _("Situation"), situations, _("Toutes")),
        choice("contact", _("Contact"), contacts, _("Tous")),
        choice("reponse", _("Réponses"), choices.answers, _("Toutes")),
        choice("metier", _("Métier"), state.trades, _("Tous")),
        choice("annee", _("Année"), state.years, _("Toutes")),
        select_field("tri", _("Trier par"), sorts, value=rx.cond(state.asked["tri"], state.asked["tri"], "place")),
        on_submit=state.search,
        form_round=state.form_round,
    )


def _learner_link(row: LearnerRow) -> rx.Component:
    there = rx.el.div(_("Dernière visite : "), row.last_there, class_name="second-line")
    named = rx.el.div(link(row.name, href=f"{PATH}/{row.learner_id}"), there)
    return rx.el.div(box(row), named, asks_badge(row), unreachable_badge(row), class_name="row")


def _training(row: LearnerRow) -> rx.Component:
    where = rx.el.div(row.year, " · ", row.municipality, class_name="second-line")
    return rx.el.div(rx.el.div(row.trade), where)


def asks_badge(row: LearnerRow) -> rx.Component:
    """Say that a learner asked for help."""
    return rx.cond(row.asks != "", badge(_("Demande de l’aide"), tone="sun", icon_name="letter"))


def unreachable_badge(row: LearnerRow) -> rx.Component:
    """Say that mail to a learner comes back."""
    return rx.cond(row.unreachable, badge(_("E-mails en retour"), tone="danger", icon_name="letter"))


def place_badge(row: LearnerRow) -> rx.Component:
    """Say whether a learner has a place."""
    return rx.cond(
        row.has_place, badge(_("A une place"), tone="success"), badge(_("Sans lieu de stage"), tone="warning")
    )


def _place_since(row: LearnerRow) -> rx.Component:
    return rx.el.div(place_badge(row), rx.cond(row.waiting != "", rx.el.div(row.waiting, class_name="second-line")))


def two_lines(first: rx.Var[str], second: rx.Var[str]) -> rx.Component:
    """Put a second, quieter line under a first."""
    return rx.el.div(rx.el.div(first), rx.el.div(second, class_name="second-line"))


LIST = Page(
    PATH,
    _("Mes apprenants"),
    Audience.OPERATOR,
    learners_page,
    loads=[
        OperatorCaseloadState.load,
        OperatorLearnersState.begin,
        OperatorLearnersState.load,
        OperatorLearnersState.follow,
        OperatorViewsState.load,
    ],
)
