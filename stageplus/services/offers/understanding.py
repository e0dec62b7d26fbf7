"""A search as it was typed, turned into what is wanted."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Date, bindparam, literal, select
from sqlmodel import Session, col

from stageplus.db.words import words_like
from stageplus.models import Learner, Municipality, Operator
from stageplus.services.offers.filters import Filters
from stageplus.services.offers.lexicon import Lexicon, Typed, Understood
from stageplus.services.offers.ranking import PARAMETERS, Weights
from stageplus.services.offers.schemas import OfferSearch
from stageplus.services.offers.search import Wanted
from stageplus.services.offers.words import errors_allowed, most_alike
from stageplus.services.registers.queries import in_force
from stageplus.texts import _
from stageplus.texts.formats import of_place

MOST_NAMED = 3


@dataclass(frozen=True)
class Searcher:
    """The learner who searches, or who stands for any; the weights in force, and from which hour it is evening."""

    learner: Learner
    weights: Weights
    evening: time

    @property
    def ticks(self) -> Filters:
        """Return what each tick of the filters asks for this learner."""
        return Filters(days=self.learner.company_days, evening=self.evening, no_weekend=True, no_licence=True)


@dataclass(frozen=True)
class Request:
    """What is wanted, around which place, how to say what was understood, and what to mark in the offers."""

    wanted: Wanted
    center: Municipality | None
    radius: int
    words: str
    elsewhere: str
    marked: frozenset[str]


def searcher_of(session: Session, learner_id: int | None, today: date) -> Searcher:
    """Read the learner and the parameters that a search needs, in one statement."""
    asked = {"learner": learner_id, "today": today}
    learner, *weights, evening = session.execute(_searcher_statement(), asked).one()
    return Searcher(learner, Weights.of(weights), time(int(evening)))


def searcher_for_staff(session: Session, operator_id: int | None, today: date) -> Searcher:
    """Read what a search needs for staff that looks for any learner: nobody's trade, year or days."""
    asked = {"operator": operator_id, "today": today}
    town, *weights, evening = session.execute(_staff_statement(), asked).one()
    anybody = Learner(
        person_id=0,
        operator_id=0,
        operator_reference="",
        trade_code="",
        year=1,
        company_days=0,
        birth_year=today.year,
        postal_code="",
        municipality_ins=town,
    )
    return Searcher(anybody, Weights.of(weights), time(int(evening)))


@cache
def _searcher_statement() -> Any:
    return select(Learner, *_values()).where(col(Learner.id) == bindparam("learner"))


@cache
def _staff_statement() -> Any:
    return select(col(Operator.municipality_ins), *_values()).where(col(Operator.id) == bindparam("operator"))


def _values() -> list[Any]:
    today = bindparam("today", type_=Date())
    return [in_force(literal(name), today) for name in (*PARAMETERS, "evening_from")]


def understand(session: Session, known: Lexicon, search: OfferSearch, filters: Filters) -> Request | None:
    """Understand a search; nothing when its place is nowhere."""
    filled = known.municipality_named(search.place) if search.place else None
    if search.place and filled is None:
        return None
    typed = known.read(search.text)
    meant = known.understand(typed, offered(session, typed))
    center = filled or meant.place
    near = known.around(center, search.radius) if center else {}
    beyond = frozenset(known.municipalities) - set(near) if center else frozenset()
    wanted = Wanted(meant.trades, meant.words, near, beyond, filters)
    other = meant.place if meant.place and filled and meant.place != filled else None
    words = _words(known, meant, None if filled else meant.place)
    return Request(wanted, center, search.radius, words, other.name if other else "", meant.marked)


def filters_of(known: Lexicon, search: OfferSearch, searcher: Searcher, today: date) -> Filters:
    """Turn the choices into filters; a code of nothing, which no list offers, narrows nothing."""
    return Filters(
        trade=search.trade if search.trade in known.trades else "",
        sector=search.sector if search.sector in known.sectors else "",
        start=today + timedelta(days=search.start) if search.start else None,
        days=searcher.learner.company_days if search.days else 0,
        evening=searcher.evening if search.evening else None,
        no_weekend=search.no_weekend,
        no_licence=search.no_licence,
        language=search.language,
        scheme=search.scheme if search.scheme in known.schemes else "",
    )


def offered(session: Session, typed: Typed) -> dict[str, tuple[str, int]]:
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


def _words(known: Lexicon, meant: Understood, place: Municipality | None) -> str:
    """Say what was understood when it is not what was written, or when words became the place."""
    if not meant.guessed and place is None:
        return ""
    best = sorted(meant.trades, key=lambda code: (-meant.trades[code], known.trades[code].title))
    titles = " · ".join(known.trades[code].title for code in best[:MOST_NAMED])
    near = _("près {of_place}").format(of_place=of_place(place.name)) if place else ""
    if not titles and not near:
        return _("Aucune offre n’a ces mots exactement : voici celles qui ont des mots proches.") if meant.words else ""
    return _("Compris : {what}.").format(what=", ".join(filter(None, [titles, near])))
