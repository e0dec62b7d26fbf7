"""The learners of an operator, those without a place first, and one of them."""

import reflex as rx

from stageplus.components import (
    badge,
    button_link,
    disclosure,
    empty_state,
    fact,
    fact_if,
    facts,
    link,
    said,
    search_field,
    section,
    select_field,
    status_badge,
)
from stageplus.components.filters import filters, list_head
from stageplus.components.pagination import page_links
from stageplus.components.table import Column, table
from stageplus.pages.operator.access import access_section
from stageplus.pages.operator.guidance import contact_section, notes_section, waiting_section
from stageplus.pages.operator.nav import operator_page
from stageplus.pages.page import Page
from stageplus.services.conversations.schemas import ShownConversation
from stageplus.services.followup.schemas import DatedStep, FollowedApplication, LearnerRow
from stageplus.states.audience import Audience
from stageplus.states.operator.access import OperatorAccessState
from stageplus.states.operator.guidance import OperatorGuidanceState
from stageplus.states.operator.learners import PATH, OperatorLearnersState, OperatorLearnerState
from stageplus.texts import _

TONES = (
    ("envoyée", "accent"),
    ("vue", "accent"),
    ("en contact", "accent"),
    ("retenue", "success"),
    ("sans réponse", "warning"),
    ("non aboutie", "warning"),
)


def learners_page() -> rx.Component:
    """Build the list of learners."""
    state = OperatorLearnersState
    found = state.found
    columns = [
        Column(_("Apprenant"), _learner_link),
        Column(_("Métier et année"), lambda row: _two_lines(row.trade, row.year)),
        Column(_("Commune"), lambda row: row.municipality),
        Column(_("Candidatures"), lambda row: _two_lines(row.applications, row.unanswered), one_line=True),
        Column(_("Place"), _place, one_line=True),
        Column(_("Prochain contact"), _contact, one_line=True),
    ]
    return operator_page(
        _filters(),
        rx.el.section(
            list_head(found.found_words),
            rx.cond(
                found.rows,
                table(_("Mes apprenants"), columns, found.rows, under_heading=True, wide=True),
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


def learner_page() -> rx.Component:
    """Build one learner's page: where each application stands and since when, never what the learner wrote."""
    found = OperatorLearnerState.learner
    columns = [
        Column(_("Place demandée"), lambda row: row.title),
        Column(_("Entreprise"), lambda row: _two_lines(row.company, row.municipality)),
        Column(_("État"), _status, one_line=True),
        Column(_("Étapes"), _steps),
    ]
    return operator_page(
        rx.el.div(
            _place(found.row),
            _asks(found.row),
            _unreachable(found.row),
            rx.cond(found.ended_words != "", badge(found.ended_words)),
            class_name="row",
        ),
        facts(
            fact(_("Métier"), found.row.trade),
            fact(_("Année"), found.row.year),
            fact(_("Commune"), found.row.municipality),
            fact(_("Adresse e-mail"), found.email),
            fact_if(_("Retenu par"), found.place_words),
            fact(_("Dernière visite"), found.row.last_there),
            fact_if(_("A cherché sans rien trouver"), found.row.asks),
            columns=2,
        ),
        contact_section(),
        section(
            _("Candidatures"),
            rx.cond(
                found.applications,
                table(_("Candidatures"), columns, found.applications, under_heading=True),
                empty_state(
                    _("Aucune candidature"),
                    _("Un coup de pouce ? Cherchez une offre et suggérez-la."),
                    heading="h3",
                ),
            ),
            aside=button_link(
                _("Lui chercher une offre"),
                f"/operateur/offres?q={found.row.trade}&lieu={found.row.municipality}&rayon=25",
                variant="secondary",
                size="small",
                icon_name="search",
            ),
            hint=_("Vous voyez où en est chaque candidature, jamais ce que l’apprenant a écrit."),
        ),
        waiting_section(),
        notes_section(),
        rx.cond(OperatorLearnerState.shown, _shown()),
        access_section(),
        title=found.name,
        active="apprenants",
        back=(_("Mes apprenants"), PATH),
    )


def _shown() -> rx.Component:
    return section(
        _("Conversations montrées"),
        rx.el.div(rx.foreach(OperatorLearnerState.shown, _conversation), class_name="stack"),
        hint=_("L’apprenant vous les montre et peut arrêter à tout moment. Aucune autre ne vous est ouverte."),
    )


def _conversation(row: ShownConversation) -> rx.Component:
    return disclosure(
        rx.el.span(row.title, " · ", row.company, " · ", row.since),
        said(row.messages),
    )


def _filters() -> rx.Component:
    state = OperatorLearnersState
    places = [("sans", _("Sans lieu de stage")), ("avec", _("Avec un lieu de stage"))]
    sorts = [("place", _("Place")), ("nom", _("Nom"))]
    return filters(
        search_field("q", _("Nom, métier ou commune"), value=state.asked["q"]),
        select_field("place", _("Place"), places, empty=_("Toutes"), value=state.asked["place"]),
        select_field("metier", _("Métier"), state.trades, empty=_("Tous"), value=state.asked["metier"]),
        select_field("annee", _("Année"), state.years, empty=_("Toutes"), value=state.asked["annee"]),
        select_field(
            "contact", _("Contact"), [("du", _("À contacter"))], empty=_("Tous"), value=state.asked["contact"]
        ),
        select_field("tri", _("Trier par"), sorts, value=rx.cond(state.asked["tri"], state.asked["tri"], "place")),
        on_submit=state.search,
        form_round=state.form_round,
    )


def _learner_link(row: LearnerRow) -> rx.Component:
    there = rx.el.div(_("Dernière visite : "), row.last_there, class_name="second-line")
    named = rx.el.div(link(row.name, href=f"{PATH}/{row.learner_id}"), there)
    return rx.el.div(named, _asks(row), _unreachable(row), class_name="row")


def _asks(row: LearnerRow) -> rx.Component:
    return rx.cond(row.asks != "", badge(_("Demande de l’aide"), tone="sun", icon_name="letter"))


def _unreachable(row: LearnerRow) -> rx.Component:
    return rx.cond(row.unreachable, badge(_("E-mails en retour"), tone="danger", icon_name="letter"))


def _contact(row: LearnerRow) -> rx.Component:
    day = rx.cond(row.contact_due, badge(row.contact, tone="warning", icon_name="clock"), rx.el.span(row.contact))
    return rx.el.div(day, rx.el.div(row.situation, class_name="second-line"))


def _place(row: LearnerRow) -> rx.Component:
    return rx.cond(
        row.has_place, badge(_("A une place"), tone="success"), badge(_("Sans lieu de stage"), tone="warning")
    )


def _status(row: FollowedApplication) -> rx.Component:
    return status_badge(row.status_words, rx.match(row.status, *TONES, "neutral"))


def _steps(row: FollowedApplication) -> rx.Component:
    return rx.el.ol(rx.foreach(row.steps, _dated), class_name="dated-steps")


def _dated(step: DatedStep) -> rx.Component:
    return rx.el.li(step.words, " ", rx.el.span(step.day, class_name="quiet-text"))


def _two_lines(first: rx.Var[str], second: rx.Var[str]) -> rx.Component:
    return rx.el.div(rx.el.div(first), rx.el.div(second, class_name="second-line"))


LIST = Page(
    PATH,
    _("Mes apprenants"),
    Audience.OPERATOR,
    learners_page,
    loads=[OperatorLearnersState.load, OperatorLearnersState.follow],
)
DETAIL = Page(
    f"{PATH}/[apprenant]",
    _("Apprenant"),
    Audience.OPERATOR,
    learner_page,
    loads=[
        OperatorLearnerState.load,
        OperatorLearnerState.follow,
        OperatorGuidanceState.load,
        OperatorGuidanceState.follow,
        OperatorAccessState.load,
    ],
)
