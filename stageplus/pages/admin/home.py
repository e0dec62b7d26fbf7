"""Totals and the health of the site."""

import reflex as rx

from stageplus.components import (
    badge,
    desk_shell,
    disclosure,
    link,
    offa_nav,
    section,
    skeleton_rows,
    stat,
    stats,
    status_badge,
)
from stageplus.components.table import Column, table
from stageplus.pages.admin.home_figures import followed_sections
from stageplus.pages.page import Page, frame
from stageplus.services.reporting.schemas import Figure, JobRow, RefusedMail
from stageplus.states.admin.figures import OffaFiguresState
from stageplus.states.admin.totals import OffaTotalsState as State
from stageplus.states.audience import Audience
from stageplus.texts import _

TONES = (("fine", "success"), ("running", "accent"), ("late", "warning"), ("failed", "danger"), ("never", "neutral"))


def home_page() -> rx.Component:
    """Build the overview of OFFA."""
    totals = State.totals
    return desk_shell(
        offa_nav(),
        stats(rx.foreach(totals.figures, _figure), dense=True),
        *followed_sections(),
        section(
            _("Candidatures par état"),
            rx.el.div(
                table(_("Candidatures par état"), _status_columns(), totals.applications, under_heading=True),
                class_name="measure",
            ),
        ),
        section(
            _("Santé du site"),
            stats(rx.foreach(totals.mails, _figure), dense=True),
            _refused(),
            table(_("Tâches automatiques"), _job_columns(), totals.jobs, wide=True),
            aside=rx.cond(
                totals.is_healthy, badge(_("Tout va bien"), tone="success"), badge(_("À regarder"), tone="danger")
            ),
        ),
        _keeping(),
        title=_("Vue d’ensemble"),
        active="accueil",
        frame=frame(),
        skeleton=skeleton_rows(),
    )


def _figure(figure: Figure) -> rx.Component:
    return stat(figure.value, figure.label, tone=figure.tone)


def _share(row: Figure) -> rx.Component:
    part = rx.el.span(style={"width": f"{row.share}%"})
    bar = rx.el.span(part, class_name="share", custom_attrs={"aria-hidden": "true"})
    return rx.el.div(bar, rx.el.span(row.share, " %", class_name="share-words"), class_name="share-line")


def _status_columns() -> list[Column]:
    return [
        Column(_("État"), lambda row: row.label),
        Column(_("Candidatures"), lambda row: row.value, figures=True),
        Column(_("Part"), _share),
    ]


def _keeping() -> rx.Component:
    columns = [
        Column(_("Données"), lambda row: row.what),
        Column(_("Gardées"), lambda row: row.period, one_line=True),
        Column(_("À effacer"), lambda row: row.waiting, figures=True),
        Column(_("État"), lambda row: status_badge(row.state, row.tone), one_line=True),
        Column(_("Dernier passage"), lambda row: row.last_run),
    ]
    keeping = State.keeping
    return section(
        _("Données gardées"),
        stats(rx.foreach(keeping.storage, _figure), dense=True),
        table(_("À effacer selon les durées en vigueur"), columns, keeping.due, wide=True),
        hint=_("Les tâches effacent une fois par jour ; en retard après deux jours. Les durées sont des paramètres."),
    )


def _refused() -> rx.Component:
    """List which mails came back, where any did; the people whom mail does not reach are at `/offa/comptes`."""
    columns = [
        Column(_("Adresse"), lambda row: row.address),
        Column(_("Courrier"), lambda row: row.kind),
        Column(_("Quand"), lambda row: row.at, one_line=True),
        Column(_("Pourquoi"), _why_refused),
    ]
    totals = State.totals
    return rx.cond(
        totals.refused,
        disclosure(
            _("Courriers refusés par leur adresse"),
            table(_("Courriers refusés par leur adresse"), columns, totals.refused, wide=True),
            rx.cond(totals.refused_more != "", rx.el.p(totals.refused_more, class_name="quiet-text")),
            rx.el.p(
                _("À sa prochaine visite, chaque personne lit que son adresse refuse nos messages. "),
                link(_("Voir les comptes concernés"), href="/offa/comptes?etat=injoignable"),
            ),
        ),
    )


def _why_refused(row: RefusedMail) -> rx.Component:
    return rx.fragment(row.reason, rx.cond(row.code != "", rx.el.div(row.code, class_name="second-line")))


def _job_columns() -> list[Column]:
    return [
        Column(_("Tâche"), _job_name),
        Column(
            _("État"), lambda row: status_badge(row.state_words, rx.match(row.state, *TONES, "neutral")), one_line=True
        ),
        Column(_("Dernière exécution"), lambda row: row.last_run),
        Column(_("Durée"), lambda row: row.duration, figures=True),
        Column(_("Lignes"), lambda row: row.rows, figures=True),
        Column(_("Échecs de suite"), lambda row: row.failures, figures=True),
        Column(_("Résultat"), lambda row: row.result),
        Column(_("Prochaine"), lambda row: row.due),
    ]


def _job_name(row: JobRow) -> rx.Component:
    return rx.el.div(rx.el.div(row.name), rx.el.div(row.explanation, class_name="second-line"))


PAGE = Page(
    "/offa", _("Vue d’ensemble"), Audience.OFFA, home_page, loads=[State.load, OffaFiguresState.load, State.follow]
)
