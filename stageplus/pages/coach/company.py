"""One company of a coach's sectors: how it does, its houses and agréments, a year of offers, and the contacts."""

import reflex as rx

from stageplus.components import (
    coach_nav,
    desk_shell,
    fact,
    facts,
    section,
    skeleton_rows,
    status_badge,
)
from stageplus.components.figure import figure, figures
from stageplus.components.props import Text
from stageplus.components.table import Column, cut_line, table
from stageplus.pages.coach.contacts import contacts_section, follow_up_section
from stageplus.pages.coach.parts import offer_columns
from stageplus.pages.page import Page, frame
from stageplus.services.coaching.schemas import COMPANIES, DeskFigure, HouseRow, MonthRow
from stageplus.states.audience import Audience
from stageplus.states.coach.companies import CoachCompanyState as State
from stageplus.states.coach.contacts import CoachContactsState
from stageplus.texts import _

APPROVAL_TONES = (("accordé", "success"), ("suspendu", "warning"), ("retiré", "danger"))


def company_page() -> rx.Component:
    """Build the sheet of a company."""
    sheet = State.sheet
    return desk_shell(
        coach_nav(),
        rx.el.div(status_badge(sheet.standing, sheet.tone), class_name="row"),
        facts(fact(_("Numéro d’entreprise"), sheet.number)),
        figures(rx.foreach(sheet.figures, _figure)),
        follow_up_section(),
        contacts_section(),
        _houses(),
        _approvals(),
        _months(),
        _offers(),
        title=sheet.name,
        active="entreprises",
        back=(_("Entreprises"), COMPANIES),
        frame=frame(),
        skeleton=skeleton_rows(),
    )


def _figure(each: DeskFigure) -> rx.Component:
    return figure(each.value, each.label, each.definition)


def _houses() -> rx.Component:
    columns = [
        Column(_("Établissement"), lambda row: row.name),
        Column(_("Commune"), lambda row: row.municipality),
        Column(_("Travailleurs"), lambda row: row.workers, figures=True),
        Column(_("Agréments accordés"), lambda row: row.approvals, figures=True),
        Column(_("Capacité promise"), _capacity),
    ]
    return section(
        _("Établissements"),
        table(_("Établissements"), columns, State.sheet.houses, under_heading=True),
        hint=_(
            "Capacité : jamais plus d’apprenants que de travailleurs, un au moins. Promise : les places de toutes les "
            "offres publiées ou suspendues de l’établissement, aussi d’autres secteurs."
        ),
    )


def _approvals() -> rx.Component:
    columns = [
        Column(_("Métier"), lambda row: row.trade),
        Column(_("Établissement"), lambda row: row.establishment),
        Column(_("État"), lambda row: status_badge(row.state_words, rx.match(row.state, *APPROVAL_TONES, "neutral"))),
        Column(_("Depuis le"), lambda row: row.since, one_line=True),
        Column(_("Offres en ligne"), lambda row: row.open_offers, figures=True),
    ]
    return section(
        _("Agréments de vos secteurs"),
        table(_("Agréments de vos secteurs"), columns, State.sheet.approvals, under_heading=True),
    )


def _months() -> rx.Component:
    columns = [
        Column(_("Mois"), lambda row: row.month, one_line=True),
        Column(_("Offres publiées"), lambda row: row.published, figures=True),
        Column(_("En ligne à la fin du mois"), _on_line),
    ]
    return section(
        _("Douze mois d’offres"),
        rx.el.div(
            table(_("Douze mois d’offres"), columns, State.sheet.months, under_heading=True), class_name="measure"
        ),
        hint=_("Dans vos secteurs, d’après l’histoire de chaque offre ; pour ce mois-ci, à cette heure."),
    )


def _offers() -> rx.Component:
    offers = State.sheet.offers
    return section(
        _("Offres de l’entreprise"),
        rx.cond(
            offers,
            table(
                _("Offres de l’entreprise"),
                offer_columns(of_one_company=True),
                offers,
                under_heading=True,
                wide=True,
            ),
            rx.el.p(_("Aucune offre publiée dans vos secteurs jusqu’ici."), class_name="quiet-text"),
        ),
        cut_line(State.sheet.offers_cut),
    )


def _capacity(row: HouseRow) -> rx.Component:
    return _bar(row.share, row.capacity)


def _on_line(row: MonthRow) -> rx.Component:
    return _bar(row.share, row.on_line)


def _bar(share: int, words: Text) -> rx.Component:
    part = rx.el.span(style={"width": f"{share}%"})
    bar = rx.el.span(part, class_name="share", custom_attrs={"aria-hidden": "true"})
    return rx.el.div(bar, rx.el.span(words, class_name="share-words"), class_name="share-line")


PAGE = Page(
    f"{COMPANIES}/[entreprise]",
    _("Entreprise"),
    Audience.COACH,
    company_page,
    loads=[State.load, State.follow, CoachContactsState.load, CoachContactsState.follow],
)
