"""Places as people write them: a commune, a locality, a postal code, in any of their names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stageplus.services.offers.words import errors_allowed, most_alike, words_of

SHORT_FOR = {"st": "saint", "ste": "sainte"}
LONGEST_NAME = 6
LEADS_TO = ("a", "vers", "pre", "proche")
"""After one of these words, a name that is a trade's word too is meant as a place: « couvreur à Forges »."""


@dataclass(frozen=True)
class Span:
    """Words of a query that name a place: the first one, the one after the last, the municipality."""

    first: int
    last: int
    ins: str


class PlaceNames:
    """Every name of every municipality, as search compares words."""

    def __init__(self) -> None:
        self._ins_of: dict[str, str] = {}
        self._names: list[str] = []
        self._single: list[str] = []

    def learn(self, names: Iterable[tuple[str, str]]) -> None:
        """Take in names with the municipality each means; the first meaning of a name stays."""
        for name, ins in names:
            self._ins_of.setdefault(key_of(words_of(name)), ins)
        self._names = list(self._ins_of)
        self._single = [name for name in self._names if " " not in name and not name.isdigit()]

    def meant_by(self, typed: str) -> str:
        """Return the municipality of a place typed in its own field, or nothing; a postal code may come with a name."""
        words = words_of(typed)
        return self._ins_of.get(key_of(words)) or next((span.ins for span in self.spans(words) if words), "")

    def alike(self, typed: str) -> list[tuple[str, str]]:
        """Return the names most like a mistyped one, each with its municipality."""
        names, _distance = most_alike(key_of(words_of(typed)), self._names)
        return [(name, self._ins_of[name]) for name in names]

    def guess(self, word: str) -> tuple[str, int]:
        """Return the municipality that a mistyped word means, if it can only be one, and how many letters differ."""
        names, distance = most_alike(word, self._single)
        meant = {self._ins_of[name] for name in names}
        return (meant.pop(), distance) if len(meant) == 1 else ("", errors_allowed(word) + 1)

    def spans(self, words: Sequence[str]) -> list[Span]:
        """Find the words that name a place exactly, the longest names first, in the order in which they were typed."""
        spans, start = [], 0
        while start < len(words):
            end = min(len(words), start + LONGEST_NAME)
            while end > start and key_of(words[start:end]) not in self._ins_of:
                end -= 1
            if end > start:
                spans.append(Span(start, end, self._ins_of[key_of(words[start:end])]))
            start = max(end, start + 1)
        return spans


def key_of(words: Sequence[str]) -> str:
    """Join the words of a name as it is compared: « Mont-St-Guibert » like « Mont-Saint-Guibert »."""
    return " ".join(SHORT_FOR.get(word, word) for word in words)
