"""Figures ready to show: numbers in words, charts laid out, never a person."""

from dataclasses import dataclass, field
from typing import Literal

from stageplus.domain.charts import Chart
from stageplus.services.inputs import Input, Line
from stageplus.texts import _

PERIODS = {"30-jours": 30, "3-mois": 91, "12-mois": 365}
"""Days of each period that ends today; any other means from the beginning."""


class FiguresSearch(Input):
    """Which figures OFFA looks at; an empty part means all."""

    period: Literal["30-jours", "3-mois", "12-mois", "tout"] = "12-mois"
    sector: Line = ""
    basin: Line = ""
    operator: Line = ""
    scheme: Line = ""


@dataclass(frozen=True)
class FunnelRow:
    """How many applications came this far, as parts of those sent and of the step before, and how many fewer."""

    label: str
    value: str
    share: str
    kept: str
    lost: str
    meaning: str


@dataclass(frozen=True)
class MonthRow:
    """What happened in a month."""

    month: str
    published: str
    sent: str
    answered: str
    introduced: str
    started: str


@dataclass(frozen=True)
class EndingRow:
    """How many applications stand at an end, and their part of those sent."""

    label: str
    value: str
    share: str
    meaning: str


@dataclass(frozen=True)
class Choices:
    """What the figures may be narrowed to, by code and name."""

    sectors: list[tuple[str, str]] = field(default_factory=list)
    basins: list[tuple[str, str]] = field(default_factory=list)
    operators: list[tuple[str, str]] = field(default_factory=list)
    schemes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class FollowedFigures:
    """The funnel, the trend and the ends of applications; `counted` says until when."""

    counted: str = ""
    answer_rate: str = "—"
    answer_days: str = "—"
    funnel: list[FunnelRow] = field(default_factory=list)
    funnel_chart: Chart = field(default_factory=Chart)
    months: list[MonthRow] = field(default_factory=list)
    sent_chart: Chart = field(default_factory=Chart)
    answered_chart: Chart = field(default_factory=Chart)
    introduced_chart: Chart = field(default_factory=Chart)
    endings: list[EndingRow] = field(default_factory=list)
    choices: Choices = field(default_factory=Choices)


SETS = ("mois", "bassins", "secteurs", "metiers")
"""The open data sets: everything by month, then by month and basin, sector or trade."""
VERSION = "v1"
"""Of the columns: one that changes its name or meaning makes another version, whose address stands beside this one."""
OPEN_DATA = f"/donnees/{VERSION}"
OPEN_FILE = f"{OPEN_DATA}/{{name}}.csv"
DICTIONARY = "dictionnaire"

COLUMNS = (
    "mois",
    "code",
    "nom",
    "offres_publiees",
    "candidatures_envoyees",
    "premieres_reponses",
    "mises_en_relation",
    "premiers_jours",
)
"""Of every open data set, version 1: never renamed, never given another meaning."""
_MEANINGS = (
    (
        "texte (AAAA-MM)",
        _("Mois civil, heure de Bruxelles. Seuls les mois terminés sont publiés, et ne changent plus."),
    ),
    ("texte", _("Code du bassin, du secteur ou du métier. Vide dans « mois », qui porte sur tout le site.")),
    ("texte", _("Nom du bassin, du secteur ou du métier, au féminin et au masculin.")),
    ("entier", _("Offres mises en ligne pour la première fois dans le mois.")),
    ("entier", _("Candidatures envoyées dans le mois, retirées depuis ou non.")),
    (
        "entier",
        _("Candidatures qui ont reçu leur première réponse dans le mois : contact, appel, accord ou refus."),
    ),
    ("entier", _("Candidatures retenues dans le mois, que l’opérateur a reprises ou doit reprendre.")),
    ("entier", _("Premiers jours en entreprise que l’opérateur a confirmés dans le mois.")),
)
DICTIONARY_LINES = tuple((name, *meaning) for name, meaning in zip(COLUMNS, _MEANINGS, strict=True))
"""Each column: its name, its type, what it counts."""


class MonthSearch(Input):
    """Which month somebody looks at, as `2026-11`; the last one when it is not published."""

    month: Line = ""


@dataclass(frozen=True)
class OpenRow:
    """What is published of a month and a basin, sector or trade; words, for some of it is hidden."""

    name: str
    published: str
    sent: str
    answered: str
    introduced: str
    started: str


@dataclass(frozen=True)
class OpenFigures:
    """The published months, and one of them by basin, sector and trade."""

    months: list[tuple[str, str]] = field(default_factory=list)
    month: str = ""
    month_words: str = ""
    trend: list[OpenRow] = field(default_factory=list)
    trend_chart: Chart = field(default_factory=Chart)
    basins: list[OpenRow] = field(default_factory=list)
    basin_chart: Chart = field(default_factory=Chart)
    sectors: list[OpenRow] = field(default_factory=list)
    sector_chart: Chart = field(default_factory=Chart)
    trades: list[OpenRow] = field(default_factory=list)


@dataclass(frozen=True)
class OpenFile:
    """A data set as a file."""

    name: str
    content: str
