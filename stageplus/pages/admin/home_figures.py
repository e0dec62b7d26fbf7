"""How far applications come: the parts of OFFA's overview that are drawn from the figures of each day."""

import reflex as rx

from stageplus.components import section, select_field, stat, stats
from stageplus.components.chart import chart, drawn_beside
from stageplus.components.filters import filters
from stageplus.components.table import Column, table
from stageplus.states.admin.figures import OffaFiguresState as State
from stageplus.texts import _


def followed_sections() -> list[rx.Component]:
    """Build the filters, the funnel, the trend and the ends of applications."""
    return [_funnel(), _trend(), _endings()]


def _filters() -> rx.Component:
    asked, choices = State.asked, State.choices
    periods = [
        ("12-mois", _("12 derniers mois")),
        ("3-mois", _("3 derniers mois")),
        ("30-jours", _("30 derniers jours")),
        ("tout", _("Depuis le début")),
    ]
    return filters(
        select_field("periode", _("Période"), periods, value=rx.cond(asked["periode"], asked["periode"], "12-mois")),
        select_field("secteur", _("Secteur"), choices.sectors, empty=_("Tous"), value=asked["secteur"]),
        select_field("bassin", _("Bassin"), choices.basins, empty=_("Tous"), value=asked["bassin"]),
        select_field("operateur", _("Opérateur"), choices.operators, empty=_("Tous"), value=asked["operateur"]),
        select_field("dispositif", _("Dispositif"), choices.schemes, empty=_("Tous"), value=asked["dispositif"]),
        on_submit=State.search,
        form_round=State.form_round,
    )


def _funnel() -> rx.Component:
    found = State.found
    columns = [
        Column(_("Étape"), lambda row: row.label),
        Column(_("Nombre"), lambda row: row.value, figures=True),
        Column(_("Part des envoyées"), lambda row: row.share, figures=True),
        Column(_("Part de l’étape d’avant"), lambda row: row.kept, figures=True),
        Column(_("Perdues depuis"), lambda row: row.lost, figures=True),
        Column(_("Définition"), lambda row: row.meaning),
    ]
    return section(
        _("Le chemin des candidatures"),
        _filters(),
        stats(
            stat(found.answer_rate, _("Taux de réponse : part des candidatures envoyées qui ont reçu une réponse")),
            stat(found.answer_days, _("Délai médian de la première réponse, en jours de calendrier")),
            dense=True,
        ),
        drawn_beside(
            chart(found.funnel_chart, _("Jusqu’où vont les candidatures"), unit=_("Nombre de candidatures")),
            table(_("Jusqu’où vont les candidatures"), columns, found.funnel, under_heading=True),
        ),
        _source(
            _(
                "Candidatures envoyées dans la période, jusqu’où elles sont allées depuis : les plus récentes peuvent "
                "encore avancer. Les offres consultées ne se comptent pas par opérateur."
            )
        ),
        hint=found.counted,
    )


def _trend() -> rx.Component:
    found, unit = State.found, _("Candidatures par mois")
    columns = [
        Column(_("Mois"), lambda row: row.month, one_line=True),
        Column(_("Offres publiées"), lambda row: row.published, figures=True),
        Column(_("Envoyées"), lambda row: row.sent, figures=True),
        Column(_("Répondues"), lambda row: row.answered, figures=True),
        Column(_("Retenues"), lambda row: row.introduced, figures=True),
        Column(_("Commencées"), lambda row: row.started, figures=True),
    ]
    return section(
        _("Mois par mois"),
        drawn_beside(
            chart(found.sent_chart, _("Envoyées"), unit=unit),
            chart(found.answered_chart, _("Répondues"), unit=unit),
            chart(found.introduced_chart, _("Retenues"), unit=unit),
            several=True,
        ),
        table(_("Mois par mois"), columns, found.months, under_heading=True),
        _source(_("Ce qui s’est passé dans chaque mois, quel que soit le jour de l’envoi. Le mois en cours continue.")),
    )


def _endings() -> rx.Component:
    columns = [
        Column(_("Fin"), lambda row: row.label),
        Column(_("Nombre"), lambda row: row.value, figures=True),
        Column(_("Part des envoyées"), lambda row: row.share, figures=True),
        Column(_("Définition"), lambda row: row.meaning),
    ]
    return section(
        _("Pourquoi elles s’arrêtent"),
        table(_("Pourquoi elles s’arrêtent"), columns, State.found.endings, under_heading=True),
        _source(_("Candidatures envoyées dans la période, là où elles en sont aujourd’hui.")),
    )


def _source(words: str) -> rx.Component:
    return rx.el.p(words, " ", _("Source : journal des étapes de Stage+."), class_name="hint")
