"""One learner of an operator, in one page that prints: what staff may see, never what the learner wrote."""

import reflex as rx

from stageplus.components import (
    badge,
    button,
    button_link,
    disclosure,
    empty_state,
    fact,
    fact_if,
    facts,
    link,
    said,
    section,
    status_badge,
)
from stageplus.components.table import Column, table
from stageplus.pages.operator.access import access_section
from stageplus.pages.operator.caseload import assignment_section
from stageplus.pages.operator.guidance import contact_section, notes_section, waiting_section
from stageplus.pages.operator.learners import asks_badge, place_badge, two_lines, unreachable_badge
from stageplus.pages.operator.nav import operator_page
from stageplus.pages.page import Page
from stageplus.services.conversations.schemas import ShownConversation
from stageplus.services.followup.schemas import DatedStep, FollowedApplication
from stageplus.states.audience import Audience
from stageplus.states.operator.access import OperatorAccessState
from stageplus.states.operator.caseload import OperatorCaseloadState
from stageplus.states.operator.guidance import OperatorGuidanceState
from stageplus.states.operator.learners import PATH, OperatorLearnerState
from stageplus.texts import _

TONES = (
    ("envoyée", "accent"),
    ("vue", "accent"),
    ("en contact", "accent"),
    ("retenue", "success"),
    ("sans réponse", "warning"),
    ("non aboutie", "warning"),
)


def learner_page() -> rx.Component:
    """Build one learner's page: where each application stands and since when, never what the learner wrote."""
    columns = [
        Column(_("Place demandée"), lambda row: row.title),
        Column(_("Entreprise"), lambda row: two_lines(row.company, row.municipality)),
        Column(_("État"), _status, one_line=True),
        Column(_("Étapes"), _steps),
    ]
    return operator_page(
        rx.el.div(_sheet(columns), class_name="printed"),
        access_section(),
        title=OperatorLearnerState.learner.name,
        active="apprenants",
        back=(_("Mes apprenants"), PATH),
        actions=button(_("Imprimer la fiche"), variant="secondary", icon_name="print", custom_attrs={"data-print": ""}),
    )


def _sheet(columns: list[Column]) -> rx.Component:
    found = OperatorLearnerState.learner
    return rx.el.div(
        rx.el.div(
            place_badge(found.row),
            asks_badge(found.row),
            unreachable_badge(found.row),
            rx.cond(found.ended_words != "", badge(found.ended_words)),
            class_name="row",
        ),
        facts(
            fact(_("Métier"), found.row.trade),
            fact(_("Année"), found.row.year),
            fact(_("Commune"), found.row.municipality),
            fact(_("Adresse e-mail"), found.email),
            fact(_("Référence"), found.reference),
            fact(_("Jours en entreprise"), found.days),
            fact_if(_("Retenu par"), found.place_words),
            fact_if(_("Implantation"), found.row.implantation),
            fact_if(_("Sans lieu de stage depuis"), found.row.waiting),
            fact(_("Suivi par"), rx.cond(found.row.staff != "", found.row.staff, "—")),
            fact(_("Dernière visite"), found.row.last_there),
            fact_if(_("A cherché sans rien trouver"), found.row.asks),
            columns=2,
        ),
        contact_section(),
        rx.el.div(assignment_section(found.row.learner_id, found.row.staff_id), class_name="no-print"),
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
        _introductions(),
        waiting_section(),
        notes_section(),
        rx.cond(OperatorLearnerState.shown, _shown()),
        class_name="stack stack-wide",
    )


def _introductions() -> rx.Component:
    columns = [
        Column(_("Entreprise"), lambda row: two_lines(row.company, row.municipality)),
        Column(_("Retenue"), lambda row: row.since, one_line=True),
        Column(_("Reprise le"), lambda row: rx.cond(row.taken_over != "", row.taken_over, "—"), one_line=True),
        Column(_("Par"), lambda row: row.taken_by),
        Column(_("Issue"), lambda row: rx.cond(row.outcome != "", row.outcome, row.status)),
    ]
    rows = OperatorLearnerState.learner.introductions
    return rx.cond(
        rows,
        section(
            _("Mises en relation"),
            table(_("Mises en relation"), columns, rows, under_heading=True),
            aside=rx.el.span(link(_("Ouvrir la liste"), href="/operateur/mises-en-relation"), class_name="no-print"),
        ),
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


def _status(row: FollowedApplication) -> rx.Component:
    return status_badge(row.status_words, rx.match(row.status, *TONES, "neutral"))


def _steps(row: FollowedApplication) -> rx.Component:
    return rx.el.ol(rx.foreach(row.steps, _dated), class_name="dated-steps")


def _dated(step: DatedStep) -> rx.Component:
    return rx.el.li(step.words, " ", rx.el.span(step.day, class_name="quiet-text"))


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
        OperatorCaseloadState.load,
        OperatorAccessState.load,
    ],
)
