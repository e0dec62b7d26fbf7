"""What a coach types and reads of a message to several companies, and what a company reads and chooses."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Annotated, Any, Self
from urllib.parse import parse_qsl

from pydantic import StringConstraints

from stageplus.domain.circulars import Spared, Way
from stageplus.services.coaching.schemas import COMPANY_WORDS, CompanySearch
from stageplus.services.inputs import FilledLine, FilledWords, FormKey, Input, Line, Yes, identifier
from stageplus.texts import _

WRITE = "/coach/message"
"""Where the message is written; the address says to whom, with the words of the list of companies, or `TICKED`."""
TICKED = "cochees"
"""The address bar's word for companies named one by one, as numbers with hyphens between."""
MOST_TICKED = 2000
LONGEST = 4000
WAYS: Mapping[Way, tuple[str, str]] = {
    Way.PUBLISH: ("/entreprise/offres/nouvelle", _("Publier une offre")),
    Way.OFFERS: ("/entreprise/offres", _("Voir mes offres")),
    Way.HOME: ("/entreprise", _("Ouvrir mon espace")),
}
"""Where each button leads, and what it says."""
SPARED_WORDS: Mapping[Spared, str] = {
    Spared.STOPPED: _("ne veut plus de messages de coachs"),
    Spared.RECENT: _("a déjà reçu un message de coach récemment"),
    Spared.NOBODY: _("personne n’a de compte actif pour ce secteur"),
    Spared.ROOM: _("au-delà du nombre permis"),
}


class CircularInput(Input):
    """A message, and the companies that it is for: `query` is the address of the list that the coach came from.

    `sector` names one of the coach's sectors; it is needed when there are several and the list shows them all.
    """

    subject: FilledLine
    words: FilledWords
    way: Way = Way.PUBLISH
    sector: Line = ""
    query: Annotated[str, StringConstraints(max_length=20_000)] = ""


class SendInput(CircularInput):
    """A message as its preview showed it, whose `query` names each company."""

    form_key: FormKey


class WantedInput(Input):
    """Whether a company wants messages of coaches."""

    wanted: Yes = False


@dataclass(frozen=True)
class Asked:
    """The companies that an address means: what a search finds, or those ticked."""

    search: CompanySearch
    ticked: tuple[int, ...] = ()


def asked_by(query: str) -> Asked:
    """Read which companies an address means; what it does not know is left out."""
    typed = dict(parse_qsl(query.removeprefix("?")))
    search = CompanySearch.read_address({name: typed[word] for word, name in COMPANY_WORDS.items() if word in typed})
    named = [identifier(each) for each in typed.get(TICKED, "").split("-")[:MOST_TICKED]]
    return Asked(search, tuple(sorted({each for each in named if each})))


@dataclass(frozen=True)
class Template:
    """A message to begin with."""

    key: str
    name: str
    subject: str
    words: str
    way: str


TEMPLATES: tuple[Template, ...] = (
    Template(
        "nouvelles-offres",
        _("Nouvelles offres"),
        _("Une place en alternance pour la prochaine rentrée ?"),
        _(
            "Bonjour,\n\nDes apprenants de votre région cherchent une entreprise formatrice dans vos métiers. Publier "
            "une offre sur Stage+ prend quelques minutes ; elle est vue par tous les opérateurs de formation.\n\nUne "
            "question sur l’agrément, la rétribution ou le tutorat ? Je vous rappelle volontiers.\n\nBien à vous"
        ),
        Way.PUBLISH.value,
    ),
    Template(
        "offres-a-jour",
        _("Offres à mettre à jour"),
        _("Vos offres sont-elles encore à jour ?"),
        _(
            "Bonjour,\n\nUne offre à jour reçoit plus de candidatures. Pourriez-vous relire les vôtres, garder celles "
            "qui valent encore et fermer celles dont la place est prise ?\n\nMerci pour les apprenants qui attendent "
            "votre réponse.\n\nBien à vous"
        ),
        Way.OFFERS.value,
    ),
    Template(
        "invitation",
        _("Invitation à une rencontre"),
        _("Rencontre des entreprises formatrices du secteur"),
        _(
            "Bonjour,\n\nJe vous invite à une rencontre sur l’alternance dans notre secteur :\n\nLe …, à … h, à …\n\n"
            "Au programme : publier une offre, accueillir un apprenant, vos questions.\n\nPouvez-vous me dire si vous "
            "venez ?\n\nBien à vous"
        ),
        Way.HOME.value,
    ),
)
"""What coaches often write; each is a start, which the coach changes."""


@dataclass(frozen=True)
class CircularDraft:
    """What was typed, as it stands again in the form when the preview is left."""

    subject: str = ""
    words: str = ""
    way: str = Way.PUBLISH.value
    sector: str = ""

    @classmethod
    def typed(cls, typed: Mapping[str, Any]) -> Self:
        """Keep what a form holds, whatever it is worth."""
        return cls(**{each.name: str(typed.get(each.name) or "")[:LONGEST] for each in fields(cls)})


@dataclass(frozen=True)
class CircularDesk:
    """Whom a message would be for: how many companies, and the coach's sectors when he has to choose one of them."""

    chosen_words: str = ""
    chosen: int = 0
    limits_words: str = ""
    sectors: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class SparedRow:
    """A company that does not get the message, and why."""

    company_id: int
    company: str
    why: str


@dataclass(frozen=True)
class CircularPreview:
    """A message just as the first company will read it, to how many it goes, and who is left out.

    `query` names the companies that it goes to, so that sending reaches no other.
    """

    subject: str = ""
    text: str = ""
    to_words: str = ""
    count: int = 0
    spared: list[SparedRow] = field(default_factory=list)
    spared_words: str = ""
    spared_cut: str = ""
    query: str = ""


@dataclass(frozen=True)
class SentCircular:
    """What became of a message, in words."""

    words: str = ""


@dataclass(frozen=True)
class CircularChoice:
    """Whether a company wants messages of coaches; empty for whoever acts for none."""

    company: str = ""
    wanted: bool = True
    words: str = ""
