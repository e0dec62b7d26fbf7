"""Finds the line of headings and which known column each one means."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from stageplus.services.spreadsheets.schemas import Column

LINES_ABOVE_AT_MOST = 20
_SILENT = frozenset(["a", "au", "de", "des", "du", "d", "en", "l", "la", "le", "les", "un", "une"])


def plain_heading(text: str) -> str:
    """Write a heading without accents, case, punctuation, articles and what stands in brackets."""
    outside = re.sub(r"\(.*?\)|\[.*?\]", " ", text) or text
    spelled = unicodedata.normalize("NFKD", outside.casefold().replace("œ", "oe"))
    letters = re.findall(r"[a-z0-9]+", "".join(c if c.isascii() else " " for c in spelled if not _is_accent(c)))
    return " ".join(word for word in letters if word not in _SILENT)


def known_headings(columns: Sequence[Column]) -> dict[str, str]:
    """Give the key of each heading that the columns accept, in its plain form."""
    known: dict[str, str] = {}
    for column in columns:
        for heading in (column.label, column.key.replace("_", " "), *column.synonyms):
            known.setdefault(plain_heading(heading), column.key)
    return known


def recognised(line: Sequence[str], known: Mapping[str, str]) -> dict[str, int]:
    """Say at which position each known column stands in a line; the first of two alike counts."""
    found: dict[str, int] = {}
    for position, cell in enumerate(line):
        key = known.get(plain_heading(cell)) if cell else None
        if key is not None:
            found.setdefault(key, position)
    return found


def heading_line(lines: Sequence[Sequence[str]], known: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    """Find the line of headings among the first ones: the one with most known columns; its index and positions."""
    looked = [(index, recognised(line, known)) for index, line in enumerate(lines[:LINES_ABOVE_AT_MOST])]
    return max(looked, key=lambda each: len(each[1]), default=(0, {}))


def _is_accent(character: str) -> bool:
    return unicodedata.combining(character) != 0
