"""The desk of an operator's staff: what waits, who has no place, each number with the list behind it."""

from typing import Any

import reflex as rx

from stageplus.components import badge, button_link, empty_state, link, section, stat, stats
from stageplus.components.table import Column, table
from stageplus.pages.operator.nav import operator_page
from stageplus.pages.page import Page
from stageplus.services.caseload.schemas import DeskFigure
from stageplus.services.followup.schemas import LearnerRow
from stageplus.services.termly.schemas import TermRow
from stageplus.states.audience import Audience
from stageplus.states.operator.caseload import OperatorDeskState as State
from stageplus.texts import _

LEARNERS = "/operateur/apprenants"


def home_page() -> rx.Component:
    """Build the page that says where to begin."""
    return operator_page(
        section(_("Aujourd’hui"), _figures(State.desk.to_do)),
        section(
            _("Sans lieu de stage"),
            _figures(State.desk.without),
            rx.el.h3(_("Où en est leur recherche")),
            _figures(State.desk.situations),
            hint=_(
                "Apprenants inscrits dont aucune place n’est notée. Les jours se comptent depuis le plus récent : "
                "l’ouverture du compte, la fin d’une place ailleurs, une mise en relation qui n’a pas abouti."
            ),
        ),
        _longest(),
        _reports(),
        title=_("À faire"),
        active="accueil",
        lead=_("Chaque nombre ouvre la liste qu’il compte, à l’instant même."),
        actions=button_link(_("Mes apprenants"), LEARNERS, variant="secondary", icon_name="account"),
    )


def _longest() -> rx.Component:
    columns = [
        Column(_("Apprenant"), lambda row: link(row.name, href=f"{LEARNERS}/{row.learner_id}")),
        Column(_("Sans lieu depuis"), lambda row: row.waiting, one_line=True),
        Column(_("Métier"), lambda row: row.trade),
        Column(_("Candidatures"), lambda row: _two(row.applications, row.unanswered), one_line=True),
        Column(_("Prochain contact"), contact, one_line=True),
        Column(_("Suivi par"), lambda row: rx.cond(row.staff != "", row.staff, "—")),
    ]
    everybody = empty_state(
        _("Chacun a une place"),
        _("Qui en perd une revient ici de lui-même."),
        icon_name="check",
        heading="h3",
    )
    return section(
        _("Depuis le plus longtemps"),
        rx.cond(
            State.desk.longest,
            table(_("Sans lieu de stage depuis le plus longtemps"), columns, State.desk.longest, under_heading=True),
            everybody,
        ),
        aside=link(_("Tout voir"), href=f"{LEARNERS}?place=sans&tri=attente"),
    )


def _reports() -> rx.Component:
    """List the reports of terms, whose figures say what they count."""
    return section(
        _("Rapport trimestriel"),
        rx.el.div(rx.foreach(State.terms, _report), class_name="row"),
        hint=_("Un PDF par trimestre, avec une ligne par implantation et la définition de chaque chiffre. Aucun nom."),
    )


def _report(term: TermRow) -> rx.Component:
    return button_link(term.name, term.file, variant="secondary", size="small", icon_name="download", download=True)


def contact(row: LearnerRow) -> rx.Component:
    """Show when one speaks next, and where the search stands."""
    day = rx.cond(row.contact_due, badge(row.contact, tone="warning", icon_name="clock"), rx.el.span(row.contact))
    return rx.el.div(day, rx.el.div(row.situation, class_name="second-line"))


def _figures(figures: Any) -> rx.Component:
    return stats(rx.foreach(figures, _figure), dense=True)


def _figure(figure: DeskFigure) -> rx.Component:
    return stat(figure.value, figure.label, href=figure.href, tone=figure.tone)


def _two(first: rx.Var[str], second: rx.Var[str]) -> rx.Component:
    return rx.el.div(rx.el.div(first), rx.el.div(second, class_name="second-line"))


PAGE = Page("/operateur", _("À faire"), Audience.OPERATOR, home_page, loads=[State.load, State.follow])
