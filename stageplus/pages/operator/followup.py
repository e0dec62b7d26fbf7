"""What an operator's staff works on: introductions to take over, learners without a place."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button,
    callout,
    checkbox,
    desk_shell,
    empty_state,
    fact,
    facts,
    form_error,
    link,
    operator_nav,
    search_field,
    section,
    skeleton_rows,
    submit_button,
)
from stageplus.components.table import Column, table
from stageplus.pages.operator.access import access_section
from stageplus.pages.page import Page, frame
from stageplus.services.followup.schemas import IntroductionRow, LearnerRow
from stageplus.states.audience import Audience
from stageplus.states.operator.access import OperatorAccessState
from stageplus.states.operator.followup import (
    OperatorIntroductionsState,
    OperatorLearnersState,
    OperatorLearnerState,
)
from stageplus.texts import _

LEARNERS = "/operateur/apprenants"


def introductions_page() -> rx.Component:
    """Build the list of introductions."""
    state = OperatorIntroductionsState
    columns = [
        Column(_("Apprenant"), lambda row: rx.el.div(row.learner, rx.el.br(), row.learner_email)),
        Column(_("Métier"), lambda row: row.trade),
        Column(_("Entreprise"), lambda row: rx.el.div(row.company, rx.el.br(), row.establishment)),
        Column(_("Depuis"), lambda row: row.since),
        Column(_("Suite"), _take_over),
    ]
    return _page(
        rx.el.p(state.open_count, " ", _("à reprendre"), class_name="lead", role="status"),
        rx.cond(form_error(state.errors, "form") != "", callout(rx.el.p(form_error(state.errors, "form")))),
        rx.cond(
            state.rows,
            table(_("Mises en relation"), columns, state.rows),
            empty_state(
                _("Aucune mise en relation"),
                _("Dès qu’une entreprise retient l’un de vos apprenants, la suite vous attend ici."),
                icon_name="people",
            ),
        ),
        callout(
            rx.el.p(
                _("Contrat d’alternance, plan de formation, Dimona, visite médicale, assurance : dans vos outils.")
            ),
            title=_("Ce qui reste à faire après la reprise"),
        ),
        title=_("Mises en relation"),
        active="mises-en-relation",
    )


def learners_page() -> rx.Component:
    """Build the list of learners."""
    state = OperatorLearnersState
    columns = [
        Column(_("Apprenant"), _learner_link),
        Column(_("Métier"), lambda row: row.trade),
        Column(_("Année"), lambda row: row.year, figures=True),
        Column(_("Commune"), lambda row: row.municipality),
        Column(_("Candidatures"), lambda row: row.applications),
        Column(_("Place"), _place),
    ]
    return _page(
        rx.el.form(
            search_field("q", _("Rechercher un nom, un métier ou une commune"), value=state.text),
            checkbox("sans_place", _("Seulement sans lieu de stage"), checked=state.without_place),
            submit_button(_("Rechercher")),
            on_submit=state.search,
            class_name="card row",
            role="search",
            custom_attrs={"data-free": ""},
        ),
        rx.cond(
            state.rows,
            table(_("Mes apprenants"), columns, state.rows),
            empty_state(_("Personne ne correspond"), _("Essayez un autre mot, ou retirez le filtre.")),
        ),
        title=_("Mes apprenants"),
        active="apprenants",
    )


def learner_page() -> rx.Component:
    """Build one learner's page."""
    found = OperatorLearnerState.learner
    columns = [
        Column(_("Offre"), lambda row: row.title),
        Column(_("Entreprise"), lambda row: row.company),
        Column(_("Envoyée le"), lambda row: row.sent),
        Column(_("État"), lambda row: row.status_words),
    ]
    return _page(
        facts(
            fact(_("Métier"), found.row.trade),
            fact(_("Année"), f"{found.row.year}"),
            fact(_("Commune"), found.row.municipality),
            fact(_("Adresse e-mail"), found.email),
            columns=2,
        ),
        section(
            _("Candidatures"),
            rx.cond(
                found.applications,
                table(_("Candidatures"), columns, found.applications),
                empty_state(
                    _("Aucune candidature"),
                    _("Un coup de pouce ? Cherchez ensemble une offre sur Stage+."),
                    heading="h3",
                ),
            ),
        ),
        access_section(),
        title=found.row.name,
        active="apprenants",
        back=(_("Mes apprenants"), LEARNERS),
    )


def _page(*content: Any, title: Any, active: str, **options: Any) -> rx.Component:
    return desk_shell(
        operator_nav(), *content, title=title, active=active, frame=frame(), skeleton=skeleton_rows(), **options
    )


def _take_over(row: IntroductionRow) -> rx.Component:
    act = button(
        _("Reprendre"),
        size="small",
        description=row.learner,
        on_click=OperatorIntroductionsState.take(row.introduction_id),
    )
    return rx.cond(row.is_open, act, badge(row.taken_over, tone="success"))


def _learner_link(row: LearnerRow) -> rx.Component:
    return link(row.name, href=f"{LEARNERS}/{row.learner_id}")


def _place(row: LearnerRow) -> rx.Component:
    return rx.cond(
        row.has_place, badge(_("A une place"), tone="success"), badge(_("Sans lieu de stage"), tone="warning")
    )


INTRODUCTIONS = Page(
    "/operateur/mises-en-relation",
    _("Mises en relation"),
    Audience.OPERATOR,
    introductions_page,
    loads=[OperatorIntroductionsState.load, OperatorIntroductionsState.follow],
)
LEARNERS_PAGE = Page(
    LEARNERS, _("Mes apprenants"), Audience.OPERATOR, learners_page, loads=[OperatorLearnersState.load]
)
LEARNER = Page(
    f"{LEARNERS}/[apprenant]",
    _("Apprenant"),
    Audience.OPERATOR,
    learner_page,
    loads=[OperatorLearnerState.load, OperatorAccessState.load],
)
