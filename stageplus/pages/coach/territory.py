"""Where places are missing: free places against learners who look for one, basin by basin."""

import reflex as rx

from stageplus.components import coach_nav, desk_shell, section, select_field, skeleton_rows
from stageplus.components.chart import drawn_beside
from stageplus.components.document import versioned
from stageplus.components.filters import filters
from stageplus.components.table import Column, table
from stageplus.domain.disclosure import FLOOR
from stageplus.domain.drawing import KM_ACROSS, KM_DOWN
from stageplus.domain.tension import Level
from stageplus.pages.page import Page, frame
from stageplus.services.territories.schemas import BasinRow
from stageplus.states.audience import Audience
from stageplus.states.coach.territory import CoachTerritoryState as State
from stageplus.texts import _

DRAWING = versioned("basins.svg")
TOP = 0.28
"""Part of the drawing above the basins, which holds none."""
BOX = f"0 {10 * KM_DOWN * TOP:.0f} {10 * KM_ACROSS:.0f} {10 * KM_DOWN * (1 - TOP):.0f}"
LOOKS = ((Level.TIGHT.value, "basin-tight"), (Level.NONE.value, "basin-none"), (Level.EASY.value, "basin-easy"))


def territory_page() -> rx.Component:
    """Build the choice of a trade, the map and its table."""
    return desk_shell(
        coach_nav(),
        _filters(),
        _basins(),
        title=_("Mon territoire"),
        lead=_("Où les places manquent, pour savoir quelles entreprises inviter."),
        active="territoire",
        frame=frame(),
        skeleton=skeleton_rows(),
    )


def _filters() -> rx.Component:
    found = State.found
    return filters(
        select_field("secteur", _("Secteur"), found.sectors, value=found.sector),
        select_field("metier", _("Métier"), found.trades, empty=_("Tous les métiers"), value=found.trade),
        on_submit=State.search,
        form_round=State.form_round,
    )


def _basins() -> rx.Component:
    columns = [
        Column(_("Bassin"), lambda row: row.name),
        Column(_("Places libres"), lambda row: row.places, figures=True),
        Column(_("En recherche"), lambda row: row.looking, figures=True),
        Column(_("Tension"), lambda row: row.tension, figures=True),
        Column(_("Ce que cela dit"), lambda row: row.level_words),
    ]
    words = _(
        "Tension : apprenants sans lieu de stage qui habitent le bassin, par place libre qui s’y trouve. Au-dessus de "
        "1, il manque des places. Un nombre d’apprenants plus petit que {floor} est masqué, d’autres parfois avec lui. "
        "Source : inscriptions et offres de Stage+."
    )
    return section(
        _("Bassin par bassin"),
        drawn_beside(
            _map(),
            table(_("Bassin par bassin"), columns, State.found.rows, under_heading=True),
        ),
        rx.el.p(words.format(floor=FLOOR), class_name="hint"),
        hint=State.found.counted,
    )


def _map() -> rx.Component:
    return rx.el.figure(
        rx.el.figcaption(rx.el.strong(_("Tension par bassin")), " ", rx.el.span(_("Apprenants par place libre"))),
        rx.el.svg(
            rx.foreach(State.found.rows, _shape),
            rx.foreach(State.found.rows, _words),
            view_box=BOX,
            class_name="basins",
            custom_attrs={"aria-hidden": "true"},
        ),
        class_name="chart-box",
    )


def _shape(row: BasinRow) -> rx.Component:
    return rx.el.svg.use(href=f"{DRAWING}#" + row.code, class_name=rx.match(row.level, *LOOKS, "basin-quiet"))


def _words(row: BasinRow) -> rx.Component:
    return rx.el.svg.text(row.tension, x=row.x, y=row.y)


PAGE = Page("/coach/territoire", _("Mon territoire"), Audience.COACH, territory_page, loads=[State.load])
