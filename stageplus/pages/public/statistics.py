"""The open figures: for everybody at `/statistiques`, inside the desk of OFFA at `/offa/statistiques`."""

from typing import Any

import reflex as rx

from stageplus.components import (
    callout,
    desk_shell,
    disclosure,
    download_link,
    empty_state,
    offa_nav,
    own_shell,
    section,
    select_field,
    skeleton_text,
)
from stageplus.components.chart import chart, drawn_beside
from stageplus.components.filters import filters
from stageplus.components.link import link
from stageplus.components.table import Column, table
from stageplus.domain.disclosure import FLOOR
from stageplus.pages.page import Page, frame
from stageplus.services.statistics.schemas import DICTIONARY, DICTIONARY_LINES, OPEN_FILE
from stageplus.states.audience import Audience
from stageplus.states.statistics import OpenFiguresState as State
from stageplus.texts import _

LEAD = _("Les places et les candidatures, mois par mois : pour les bassins, les secteurs et toute personne curieuse.")
LICENCE = "https://creativecommons.org/licenses/by/4.0/deed.fr"
UNIT = _("Candidatures envoyées")


def open_page() -> rx.Component:
    """Build the page that everybody reads."""
    return own_shell(
        *_content(), title=_("Statistiques"), lead=LEAD, frame=frame(), skeleton=skeleton_text(), width="wide"
    )


def desk_page() -> rx.Component:
    """Build the same figures inside OFFA's desk."""
    return desk_shell(
        offa_nav(),
        *_content(),
        title=_("Statistiques ouvertes"),
        lead=_("Exactement ce que tout le monde lit à l’adresse /statistiques."),
        active="statistiques",
        frame=frame(),
        skeleton=skeleton_text(),
    )


def _content() -> list[rx.Component]:
    nothing = empty_state(
        _("Rien n’est encore publié"),
        _("Un mois paraît ici une fois terminé, avec assez de chiffres pour que personne ne s’y reconnaisse."),
        link(_("Retour à l’accueil"), href="/"),
        icon_name="calendar",
    )
    shown = rx.el.div(_trend(), _one_month(), class_name="stack stack-wide")
    return [_promise(), rx.cond(State.found.month, shown, nothing), _files()]


def _promise() -> rx.Component:
    words = _(
        "Ces chiffres ne contiennent aucune donnée personnelle. Un nombre plus petit que {floor} n’est jamais montré : il "
        "est « masqué ». D’autres le sont avec lui, pour qu’on ne puisse pas le retrouver par soustraction."
    )
    return callout(rx.el.p(words.format(floor=FLOOR)), title=_("Des nombres, jamais des personnes"), icon_name="shield")


def _trend() -> rx.Component:
    found = State.found
    return section(
        _("Mois par mois"),
        drawn_beside(
            chart(found.trend_chart, _("Candidatures envoyées par mois"), unit=_("En nombre")),
            table(_("Mois par mois"), _columns(_("Mois")), found.trend, under_heading=True),
        ),
        _source(),
    )


def _one_month() -> rx.Component:
    found = State.found
    return section(
        found.month_words,
        filters(
            select_field("mois", _("Mois"), found.months, value=found.month),
            on_submit=State.search,
            form_round=State.form_round,
        ),
        _part(_("Par bassin"), _("Bassin"), found.basin_chart, found.basins),
        _part(_("Par secteur"), _("Secteur"), found.sector_chart, found.sectors),
        disclosure(
            _("Par métier"), table(_("Par métier"), _columns(_("Métier")), found.trades, under_heading=True, wide=True)
        ),
        _source(),
    )


def _part(title: str, name: str, drawn: Any, rows: Any) -> rx.Component:
    return rx.el.div(
        rx.el.h3(title),
        drawn_beside(
            chart(drawn, UNIT, unit=State.found.month_words),
            table(title, _columns(name), rows, under_heading=True),
        ),
        class_name="stack stack-tight",
    )


def _columns(first: str) -> list[Column]:
    return [
        Column(first, lambda row: row.name),
        Column(_("Offres publiées"), lambda row: row.published, figures=True),
        Column(_("Candidatures envoyées"), lambda row: row.sent, figures=True),
        Column(_("Premières réponses"), lambda row: row.answered, figures=True),
        Column(_("Mises en relation"), lambda row: row.introduced, figures=True),
        Column(_("Premiers jours"), lambda row: row.started, figures=True),
    ]


def _source() -> rx.Component:
    words = _(
        "Chaque événement compte le jour où il arrive : une réponse de novembre peut suivre une candidature d’octobre."
    )
    return rx.el.p(words, " ", _("Source : Stage+, OFFA."), class_name="hint")


def _files() -> rx.Component:
    names = {
        "mois": _("Tout le site, par mois"),
        "bassins": _("Par mois et bassin"),
        "secteurs": _("Par mois et secteur"),
        "metiers": _("Par mois et métier"),
    }
    columns = [
        Column(_("Colonne"), lambda line: rx.el.code(line[0])),
        Column(_("Type"), lambda line: line[1]),
        Column(_("Ce qu’elle compte"), lambda line: line[2]),
    ]
    return section(
        _("Les données ouvertes"),
        rx.el.ul(
            *[rx.el.li(download_link(words, href=OPEN_FILE.format(name=name))) for name, words in names.items()],
            class_name="bullets",
        ),
        rx.el.p(
            _("Des fichiers CSV (UTF-8, virgules). Leur adresse ne change pas, leurs colonnes non plus."),
            " ",
            _("Une cellule vide est un nombre masqué ; une ligne absente vaut zéro partout."),
        ),
        rx.el.p(
            _("Licence :"),
            " ",
            link(_("Creative Commons Attribution 4.0 (CC BY 4.0)"), href=LICENCE, native=True),
            ". ",
            _("Citez « Stage+, OFFA »."),
        ),
        rx.el.h3(_("Dictionnaire")),
        table(_("Dictionnaire des données"), columns, DICTIONARY_LINES, under_heading=True),
        download_link(_("Le dictionnaire en CSV"), href=OPEN_FILE.format(name=DICTIONARY)),
    )


PAGES = (
    Page("/statistiques", _("Statistiques"), Audience.EVERYONE, open_page, loads=[State.load]),
    Page("/offa/statistiques", _("Statistiques ouvertes"), Audience.OFFA, desk_page, loads=[State.load]),
)
