"""Text as search compares it."""

import re
import unicodedata

_UNDIVIDED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
"""Letters that Unicode does not divide into a base and its accent."""
_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Return the words of a text in any script without accents, case or punctuation, one space apart."""
    # Twice, because either step may bring back what the other takes away.
    small = unicodedata.normalize("NFKD", text).casefold().translate(_UNDIVIDED)
    divided = unicodedata.normalize("NFKD", small).casefold()
    return " ".join(_WORD.findall("".join(letter for letter in divided if not unicodedata.combining(letter))))
