"""Totals and the health of the site."""

import reflex as rx

from stageplus.components import badge, desk_shell, offa_nav, section, skeleton_rows, stat
from stageplus.components.table import Column, table
from stageplus.pages.page import Page, frame
from stageplus.states.admin.totals import OffaTotalsState as State
from stageplus.states.audience import Audience
from stageplus.texts import _


def home_page() -> rx.Component:
    """Build the overview of OFFA."""
    totals = State.totals
    applications = [
        Column(_("État"), lambda row: row.label),
        Column(_("Candidatures"), lambda row: row.value, figures=True),
    ]
    health = [Column(_("Quoi"), lambda row: row.label), Column(_("Valeur"), lambda row: row.value, figures=True)]
    return desk_shell(
        offa_nav(),
        rx.el.div(rx.foreach(totals.figures, lambda figure: stat(figure.value, figure.label)), class_name="stats"),
        section(_("Candidatures par état"), table(_("Candidatures par état"), applications, totals.applications)),
        section(
            _("Santé du site"),
            table(_("Courrier et tâches"), health, totals.health),
            aside=rx.cond(
                totals.is_healthy, badge(_("Tout va bien"), tone="success"), badge(_("À regarder"), tone="danger")
            ),
        ),
        title=_("Vue d’ensemble"),
        active="accueil",
        frame=frame(),
        skeleton=skeleton_rows(),
    )


PAGE = Page("/offa", _("Vue d’ensemble"), Audience.OFFA, home_page, loads=[State.load, State.follow])
