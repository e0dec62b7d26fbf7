"""Texts in pieces, so that a page marks what was searched for without any markup in the text.

Every second piece is marked, the first one is not: it is empty when the text begins with a marked word.
"""

from stageplus.services.offers.words import placed_words

AROUND = 70
"""Letters shown before and after the first word found, up to the end of a word."""


def marked_pieces(text: str, marked: frozenset[str]) -> list[str]:
    """Cut a text where a marked word begins and ends; nothing when it has none."""
    pieces: list[str] = []
    done = 0
    for begin, end in _hits(text, marked):
        pieces += text[done:begin], text[begin:end]
        done = end
    return [*pieces, text[done:]] if pieces else []


def excerpt(text: str, marked: frozenset[str]) -> list[str]:
    """Cut out what stands around the first marked word of a text, in pieces; nothing when it has none."""
    hits = _hits(text, marked)
    if not hits:
        return []
    begin, end = max(0, hits[0][0] - AROUND), min(len(text), hits[0][1] + AROUND)
    begin = text.find(" ", begin, hits[0][0]) + 1 or hits[0][0] if begin else 0
    end = max(text.rfind(" ", hits[0][1], end), hits[0][1]) if end < len(text) else end
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    return marked_pieces(f"{before}{text[begin:end]}{after}", marked)


def _hits(text: str, marked: frozenset[str]) -> list[tuple[int, int]]:
    if not marked:
        return []
    found = [(begin, end) for word, begin, end in placed_words(text) if word in marked]
    return list(dict.fromkeys(found))
