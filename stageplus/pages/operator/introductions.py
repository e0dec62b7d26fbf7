"""What an operator's staff has to take over, and what it took over."""

import reflex as rx

from stageplus.components import (
    button,
    callout,
    empty_state,
    form_error,
    link,
    next_steps,
    section,
    status_badge,
)
from stageplus.components.pagination import page_links
from stageplus.components.table import Column, table
from stageplus.pages.operator.extracts import export_form
from stageplus.pages.operator.nav import operator_page
from stageplus.pages.operator.outcomes import failure, outcome
from stageplus.pages.page import Page
from stageplus.services.extracts.schemas import INTRODUCTIONS
from stageplus.services.followup.schemas import IntroductionRow
from stageplus.services.placements.schemas import FOR_EVERYBODY
from stageplus.states.audience import Audience
from stageplus.states.operator.introductions import PATH
from stageplus.states.operator.introductions import OperatorIntroductionsState as State
from stageplus.texts import _


def introductions_page() -> rx.Component:
    """Build both lists around what comes next."""
    return operator_page(
        rx.cond(
            (form_error(State.errors, "form") != "") & (State.asking == 0),
            callout(rx.el.p(form_error(State.errors, "form")), tone="warning"),
        ),
        _waiting(),
        section(
            _("Après la reprise : qui fait quoi"),
            next_steps(FOR_EVERYBODY),
            hint=_("Rien de ceci ne se passe sur Stage+ : continuez dans vos outils habituels."),
        ),
        _taken(),
        _settled(),
        title=_("Mises en relation"),
        active="mises-en-relation",
        actions=export_form(INTRODUCTIONS, State.csrf),
        lead=_("Une entreprise a retenu votre apprenant. Contactez les deux, puis notez que vous prenez la suite."),
    )


def _waiting() -> rx.Component:
    lists = State.lists
    columns = [
        *_parties(),
        Column(_("Retenue"), lambda row: row.since, one_line=True),
        Column(_("Suite"), _take_over, one_line=True),
    ]
    return section(
        _("À reprendre"),
        rx.el.p(lists.waiting_words, class_name="sr", role="status"),
        rx.cond(
            lists.waiting,
            table(_("À reprendre, la plus ancienne d’abord"), columns, lists.waiting, under_heading=True, wide=True),
            empty_state(
                _("Tout est repris"),
                _("Dès qu’une entreprise retient l’un de vos apprenants, la mise en relation arrive ici."),
                icon_name="check",
                heading="h3",
            ),
        ),
        page_links(lists.waiting_page, lists.waiting_pages, State.waiting_before, State.waiting_after),
        aside=rx.el.span(lists.waiting_words, class_name="quiet-text", custom_attrs={"aria-hidden": "true"}),
    )


def _taken() -> rx.Component:
    lists = State.lists
    columns = [
        *_parties(),
        Column(_("Reprise le"), lambda row: row.taken_over, one_line=True),
        Column(_("Par"), lambda row: row.taken_by),
        Column(_("Suite"), outcome, one_line=True),
    ]
    return rx.cond(
        lists.taken,
        section(
            _("Déjà reprises"),
            table(_("Déjà reprises, la plus récente d’abord"), columns, lists.taken, under_heading=True, wide=True),
            page_links(lists.taken_page, lists.taken_pages, State.taken_before, State.taken_after),
            aside=rx.el.span(lists.taken_words, class_name="quiet-text"),
        ),
    )


def _settled() -> rx.Component:
    lists = State.lists
    columns = [
        *_parties(),
        Column(_("Issue"), _outcome_pill),
        Column(_("Notée le"), lambda row: row.settled, one_line=True),
    ]
    return rx.cond(
        lists.settled,
        section(
            _("Terminées"),
            table(_("Terminées, la plus récente d’abord"), columns, lists.settled, under_heading=True, wide=True),
            page_links(lists.settled_page, lists.settled_pages, State.settled_before, State.settled_after),
            aside=rx.el.span(lists.settled_words, class_name="quiet-text"),
        ),
    )


def _outcome_pill(row: IntroductionRow) -> rx.Component:
    return status_badge(row.outcome, rx.cond(row.status == "commencée", "success", "neutral"))


def _parties() -> list[Column]:
    return [
        Column(_("Apprenant"), _learner),
        Column(_("Métier"), lambda row: row.trade),
        Column(_("Entreprise"), _company),
        Column(_("Commune"), lambda row: row.municipality),
    ]


def _learner(row: IntroductionRow) -> rx.Component:
    return rx.el.div(
        link(row.learner, href=f"/operateur/apprenants/{row.learner_id}"),
        rx.el.div(row.learner_email, class_name="second-line address"),
    )


def _company(row: IntroductionRow) -> rx.Component:
    house = rx.el.div(row.establishment, class_name="second-line")
    return rx.el.div(rx.el.div(row.company), rx.cond(row.establishment != "", house))


def _take_over(row: IntroductionRow) -> rx.Component:
    takes = button(
        _("Reprendre"),
        variant="secondary",
        size="small",
        description=row.learner,
        on_click=State.take(row.introduction_id),
    )
    return rx.el.div(takes, failure(row), class_name="row")


PAGE = Page(PATH, _("Mises en relation"), Audience.OPERATOR, introductions_page, loads=[State.load, State.follow])
