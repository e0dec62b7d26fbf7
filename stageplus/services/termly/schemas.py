"""The report of a term: counts per implantation, never a person."""

from dataclasses import dataclass, field

from stageplus.texts import _

REPORT = "/operateur/rapport/{term}.pdf"
FIGURES = (
    ("learners", _("Apprenants"), _("Inscrits qui ont un compte sur Stage+, au jour du rapport.")),
    ("without", _("Sans lieu de stage"), _("Parmi eux, ceux dont aucune place n’est notée, au jour du rapport.")),
    ("sent", _("Candidatures"), _("Envoyées pendant le trimestre, sans compter celles qui ont été retirées.")),
    ("answered", _("Réponses"), _("Parmi ces candidatures, celles auxquelles l’entreprise a répondu, à ce jour.")),
    ("introduced", _("Mises en relation"), _("Apprenants retenus par une entreprise pendant le trimestre.")),
    ("started", _("Débuts"), _("Premiers jours dans l’entreprise, confirmés par l’équipe, pendant le trimestre.")),
    ("failed", _("Sans suite"), _("Mises en relation notées « n’a pas abouti » pendant le trimestre.")),
)
"""Each figure with its name and what it counts, in the order of the report."""


@dataclass(frozen=True)
class TermLine:
    """The figures of one implantation, in the order of `FIGURES`."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class TermReport:
    """Everything that the sheet says."""

    operator: str
    title: str
    period: str
    made: str
    lines: list[TermLine] = field(default_factory=list)
    total: tuple[int, ...] = ()


@dataclass(frozen=True)
class TermRow:
    """A term whose report may be asked for."""

    name: str
    file: str
