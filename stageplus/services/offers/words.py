"""Words as search compares them: without accents, case, plural or punctuation, and alike within a few letters."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST_PREFIX = 3
LONGEST_WORD = 40
_ARTICLES = "a au aux chez d dans de des du en et l la le les ou pour sur un une"
SILENT = frozenset([*_ARTICLES.split(), "stage", "place", "formation"])
"""Words that search never looks for: nothing is stored for them."""
_AROUND = (
    "ai aime aimerais alternance apprendre apprenti apprentie apprenties apprentissage avec avoir bonjour c cefa ce "
    "cherche chercher comme contrat cote cours dans devenir dispo efp emploi entreprise envie epm est etre faire fait "
    "ici ifapme j je job loin m ma merci mes metier metiers moi mon offre par pas patron pre proche que qui recherche "
    "region rien s stagiaire svp ton toute tous trouver travail travaille travailler veut veux vers voudrais vouloir"
)
FROM_TWO_ERRORS = 7
FROM_ONE_ERROR = 4
_SOUNDS = tuple(
    (re.compile(written), heard)
    for written, heard in (
        ("ph", "f"),
        ("th", "t"),
        ("qu?|ck|k|c(?![eiyh])", "k"),
        ("[cs]ion|tion|ssion", "sion"),
        ("ti(?=en|eu)", "si"),
        ("c(?=[eiy])|ss|z", "s"),
        ("gu(?=[eiy])", "g"),
        ("(?<![cs])h", ""),
        ("eaux?|aux?", "o"),
        ("ai|ei|ay", "e"),
        ("y", "i"),
        ("[ae][mn](?![aeiou])", "an"),
        (r"(.)\1", r"\1"),
        ("(?:er|e|et|ez|re)+$", "e"),
    )
)
_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": " "})


def _singular(word: str) -> str:
    return word[:-1] if len(word) > SHORTEST_PREFIX and word[-1] in "sx" else word


AROUND = frozenset(_singular(word) for word in _AROUND.split())
"""Words around what somebody looks for: they count only when nothing else was typed."""


def words_of(text: str) -> list[str]:
    """Split a text into words without accents, case, plural or punctuation; `"`, `*` or `-` only separate."""
    return [_singular(word)[:LONGEST_WORD] for word in re.findall(r"[a-z0-9]+", _plain(text))]


def placed_words(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a text as search compares them, each with where it begins and ends in the text."""
    return [(word, match.start(), match.end()) for match in _WORD.finditer(text) for word in _compared(match[0])]


@lru_cache(maxsize=16_384)
def _compared(word: str) -> tuple[str, ...]:
    """Compare one word of an offer; their texts are made of the same few thousand."""
    return tuple(words_of(word))


def errors_allowed(word: str) -> int:
    """Return how many letters of a word may be wrong, missing, too many or swapped: two, and fewer in a short one."""
    if len(word) < FROM_ONE_ERROR or word.isdigit():
        return 0
    return 1 if len(word) < FROM_TWO_ERRORS else 2


def most_alike(word: str, known: Sequence[str]) -> tuple[list[str], int]:
    """Return the known words that differ least from one, and by how many letters; none beyond `errors_allowed`."""
    allowed = errors_allowed(word)
    if not allowed:
        return [], 0
    close = process.extract(word, known, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    least = min((distance for _word, distance, _key in close), default=0)
    return [found for found, distance, _key in close if distance == least], int(least)


def sound_of(word: str) -> str:
    """Return roughly how a French word sounds, so that what is written as it is heard is understood."""
    for written, heard in _SOUNDS:
        word = written.sub(heard, word)
    return word


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return spread.encode("ascii", "ignore").decode()
