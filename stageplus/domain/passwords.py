"""What makes a password easy to guess for whoever knows the lists and knows the person."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from enum import StrEnum

LEAST_OF_ITS_OWN = 8
"""How many characters must remain without the person's own words, figures and runs of the keyboard."""
_RUNS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
_SHORTEST_RUN, _SHORTEST_WORD = 4, 3
_DISGUISES = str.maketrans("@4301!$57", "aaeoiisst")


class Weakness(StrEnum):
    """Why a password is refused."""

    COMMON = "common"
    OWN = "own"
    MONOTONOUS = "monotonous"


def folded(text: str) -> str:
    """Write a text in lower case without accents, as whoever guesses does."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def weakness_of(password: str, common: Collection[str], own: Iterable[str] = ()) -> Weakness | None:
    """Say why a password is easy to guess, or nothing: it is a common one, the person's own words, or one pattern.

    `common` holds folded words; `own` the person's name, address and organization. Figures around a word and
    disguises such as « p@ssw0rd » hide nothing.
    """
    plain = folded(password)
    if len(set(plain)) < 5 or not _letters(_without_runs(plain)):
        return Weakness.MONOTONOUS
    if any(_is_common(variant, common) for variant in (plain, _trimmed(plain).translate(_DISGUISES))):
        return Weakness.COMMON
    rest = _without(plain, own)
    is_theirs = len(_letters(_without_runs(rest))) < LEAST_OF_ITS_OWN or _is_common(rest, common)
    return Weakness.OWN if rest != plain and is_theirs else None


def _is_common(plain: str, common: Collection[str]) -> bool:
    words = {_once(word) for word in re.split(r"[\W\d_]+", _without_runs(plain)) if len(word) >= _SHORTEST_WORD}
    return _once(_letters(plain)) in common or (len(words) == 1 and words.pop() in common)


def _letters(plain: str) -> str:
    return re.sub(r"[\W\d_]", "", plain)


def _once(word: str) -> str:
    """Read « soleilsoleil » as « soleil »."""
    return re.sub(r"^(.+?)\1+$", r"\1", word)


def _trimmed(plain: str) -> str:
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)


def _without_runs(plain: str) -> str:
    """Leave out what the keyboard, the alphabet and counting give."""
    for row in (*_RUNS, "01234567890"):
        for line in (row, row[::-1]):
            for length in range(len(line), _SHORTEST_RUN - 1, -1):
                for start in range(len(line) - length + 1):
                    plain = plain.replace(line[start : start + length], " ")
    return plain.strip()


def _without(plain: str, own: Iterable[str]) -> str:
    words = {word for text in own for word in re.split(r"[\W_]+", folded(text)) if len(word) >= _SHORTEST_WORD}
    for word in sorted(words, key=len, reverse=True):
        plain = plain.replace(word, " ")
    return plain
