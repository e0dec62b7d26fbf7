"""A search as it was typed, turned into what is wanted."""

from dataclasses import dataclass

from sqlmodel import Session

from stageplus.db.words import words_like
from stageplus.models import Learner, Municipality
from stageplus.services.offers.lexicon import Lexicon, Typed, Understood
from stageplus.services.offers.schemas import OfferSearch
from stageplus.services.offers.search import Wanted
from stageplus.services.offers.words import errors_allowed, most_alike
from stageplus.texts import _
from stageplus.texts.formats import of_place

MOST_NAMED = 3


@dataclass(frozen=True)
class Request:
    """What is wanted, around which place, how to say what was understood, and what to mark in the offers."""

    wanted: Wanted
    center: Municipality | None
    radius: int
    words: str
    elsewhere: str
    marked: frozenset[str]


def understand(session: Session, known: Lexicon, search: OfferSearch, learner: Learner) -> Request | None:
    """Understand a search; nothing when its place is nowhere."""
    filled = known.municipality_named(search.place) if search.place else None
    if search.place and filled is None:
        return None
    typed = known.read(search.text)
    meant = known.understand(typed, _offered(session, typed))
    center = filled or meant.place
    near = known.around(center, search.radius) if center else {}
    days = learner.company_days if search.days else 0
    beyond = frozenset(known.municipalities) - set(near) if center else frozenset()
    wanted = Wanted(meant.trades, meant.words, near, beyond, search.no_licence, days)
    other = meant.place if meant.place and filled and meant.place != filled else None
    return Request(
        wanted, center, search.radius, _words(known, typed, meant), other.name if other else "", meant.marked
    )


def _offered(session: Session, typed: Typed) -> dict[str, tuple[str, int]]:
    """Return the word of open offers that each doubtful word is nearest to, with how many letters differ.

    A word that goes on where the typed one ends counts as the same: people search while they type.
    """
    if not typed.doubtful:
        return {}
    found = {}
    for word, like in words_like(session, typed.doubtful, errors_allowed).items():
        begun = [each for each in like if each.startswith(word)]
        close, errors = ([min(begun, key=len)], 0) if begun else most_alike(word, like)
        if close:
            found[word] = (close[0], errors)
    return found


def _words(known: Lexicon, typed: Typed, meant: Understood) -> str:
    """Say what was understood when it is not what was written, or when words became a place."""
    if not meant.guessed and meant.place is None:
        return ""
    best = sorted(meant.trades, key=lambda code: (-meant.trades[code], known.trades[code].title))
    parts = [known.trades[code].title for code in best[:MOST_NAMED]]
    place = _("près {of_place}").format(of_place=of_place(meant.place.name)) if meant.place else ""
    if meant.guessed and not parts and not place:
        return _("Aucune offre n’a ces mots exactement : voici celles qui ont des mots proches.")
    return _("Compris : {what}.").format(what=", ".join(filter(None, [" · ".join(parts), place])))
