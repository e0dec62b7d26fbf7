"""A coach's sectors now: figures that lead to their lists, whom to call today, and each of several sectors."""

from collections.abc import Callable

import reflex as rx

from stageplus.components import badge, coach_nav, desk_shell, link, section, skeleton_rows
from stageplus.components.figure import figure, figures
from stageplus.components.table import Column, cut_line, table
from stageplus.pages.page import Page, frame
from stageplus.services.coaching.schemas import COMPANIES, CallRow, DeskFigure, SectorLine
from stageplus.states.audience import Audience
from stageplus.states.coach.desk import PATH
from stageplus.states.coach.desk import CoachDeskState as State
from stageplus.texts import _

HEADINGS = (
    _("Offres en ligne"),
    _("Places libres"),
    _("Sans candidature"),
    _("Se terminent bientôt"),
    _("Réponse attendue"),
    _("Entreprises silencieuses"),
    _("Nouvel agrément sans offre"),
    _("Jamais publié"),
    _("Message de coach reçu"),
)
"""As the service orders its figures; a test compares them."""


def home_page() -> rx.Component:
    """Build the desk."""
    return desk_shell(
        coach_nav(),
        figures(rx.foreach(State.desk.figures, _figure)),
        _calls(),
        rx.cond(State.desk.sectors, _sectors()),
        title=_("Mes secteurs"),
        lead=_("Des chiffres seulement : vous ne voyez jamais qui postule."),
        active="accueil",
        frame=frame(),
        skeleton=skeleton_rows(),
    )


def _figure(each: DeskFigure) -> rx.Component:
    return figure(each.value, each.label, each.definition, href=each.href, before=each.before, tone=each.tone)


def _sectors() -> rx.Component:
    columns = [
        Column(_("Secteur"), lambda row: row.sector),
        *[Column(heading, _cell(place), figures=True) for place, heading in enumerate(HEADINGS)],
    ]
    return section(
        _("Par secteur"),
        table(_("Chiffres par secteur"), columns, State.desk.sectors, under_heading=True, wide=True),
    )


def _cell(place: int) -> Callable[[SectorLine], rx.Component]:
    def cell(row: SectorLine) -> rx.Component:
        counted = row.cells[place]
        return link(counted.value, rx.el.span(" ", counted.label, class_name="sr"), href=counted.href)

    return cell


def _calls() -> rx.Component:
    columns = [
        Column(_("Entreprise"), lambda row: link(row.company, href=f"{COMPANIES}/{row.company_id}")),
        Column(_("Secteur"), lambda row: row.sector),
        Column(_("Rappel"), _due, one_line=True),
        Column(_("Dernier contact"), lambda row: row.last_contact, one_line=True),
    ]
    calls = State.desk.calls
    return section(
        _("À rappeler aujourd’hui"),
        rx.cond(
            calls,
            rx.el.div(
                table(_("À rappeler aujourd’hui"), columns, calls, under_heading=True),
                cut_line(State.desk.calls_cut),
                class_name="stack stack-tight",
            ),
            rx.el.p(
                _("Personne à rappeler. Une date de rappel se pose sur la fiche d’une entreprise."),
                class_name="quiet-text",
            ),
        ),
        aside=link(_("Voir la liste des rappels"), href=f"{COMPANIES}?etat=a-rappeler&tri=rappel"),
    )


def _due(row: CallRow) -> rx.Component:
    return rx.cond(row.is_late, badge(row.due, tone="warning"), badge(row.due, tone="accent"))


PAGE = Page(PATH, _("Mes secteurs"), Audience.COACH, home_page, loads=[State.load, State.follow])
