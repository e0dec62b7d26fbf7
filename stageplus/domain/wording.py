"""Words of an offer that select people, ask for free work or money, or lead away from the site.

Selecting by sex, age, origin, looks or belief is forbidden by the three laws of 10 May 2007 against discrimination.
What the words are is data; here is only how they are looked for.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

_ALIKE = str.maketrans({"’": "'", "‘": "'", "‐": " ", "-": " ", "–": " ", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


class Concern(StrEnum):
    """What is wrong with a passage."""

    SEX = "sexe"
    AGE = "âge"
    ORIGIN = "origine"
    LOOKS = "apparence"
    BELIEF = "conviction"
    HEALTH = "santé"
    FAMILY = "famille"
    UNPAID = "gratuit"
    FEES = "frais"
    CONTACT = "contact"


class Weight(StrEnum):
    """What follows: moderation looks at it, its author alone is told, or it is an exception that says nothing."""

    EXAMINED = "examen"
    ADVICE = "conseil"
    HARMLESS = "anodin"


@dataclass(frozen=True)
class WordRule:
    """Words to look for, as a regular expression on folded text; `advice` is what to write instead."""

    concern: Concern | None
    weight: Weight
    pattern: re.Pattern[str]
    advice: str = ""


@dataclass(frozen=True)
class Passage:
    """A place in a text that was noticed, `start` to `end` in the text as it was typed."""

    concern: Concern
    start: int
    end: int
    words: str
    advice: str
    examined: bool


def word_rule(concern: str, weight: str, pattern: str, advice: str = "") -> WordRule:
    """Read a rule: its expression matches whole words; raises `ValueError` for anything that is none."""
    try:
        compiled = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
    except re.error as wrong:
        raise ValueError(f"{pattern}: {wrong}") from wrong
    return WordRule(Concern(concern) if concern else None, Weight(weight), compiled, advice)


def folded(text: str) -> tuple[str, list[int]]:
    """Return a text without case, accents or hyphens, and for each of its letters where it stands in the original."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for plain in unicodedata.normalize("NFKD", letter.translate(_ALIKE)).casefold():
            is_space = plain.isspace()
            if unicodedata.combining(plain) or (is_space and letters[-1:] == [" "]):
                continue
            letters.append(" " if is_space else plain)
            places.append(place)
    return "".join(letters), places


def passages_in(text: str, rules: Iterable[WordRule]) -> list[Passage]:
    """List what is noticed in a text, in its order; what an exception touches is not, nor anything twice."""
    plain, places = folded(text)
    known = list(rules)
    spared = [match.span() for rule in known if rule.concern is None for match in rule.pattern.finditer(plain)]
    found = [
        passage_at(text, places[match.start()], places[match.end() - 1] + 1, rule)
        for rule in known
        if rule.concern is not None
        for match in rule.pattern.finditer(plain)
        if match.end() > match.start() and not _touches(match.span(), spared)
    ]
    return without_repeats(found)


def passage_at(text: str, start: int, end: int, rule: WordRule) -> Passage:
    """Return the passage between two places of a text."""
    concern = rule.concern or Concern.CONTACT
    return Passage(concern, start, end, text[start:end], rule.advice, rule.weight is Weight.EXAMINED)


def without_repeats(found: Sequence[Passage]) -> list[Passage]:
    """Keep, of passages that overlap, the weightier, then the longer; in the order of the text."""
    kept: list[Passage] = []
    for each in sorted(found, key=lambda one: (not one.examined, one.start - one.end, one.start)):
        if not _touches((each.start, each.end), [(other.start, other.end) for other in kept]):
            kept.append(each)
    return sorted(kept, key=lambda one: one.start)


def _touches(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
