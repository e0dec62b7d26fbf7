"""Which trades words mean: their names, synonyms, everyday words, tools, in whole or by their beginning or nearly."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from stageplus.services.offers.words import SHORTEST_PREFIX, SILENT, errors_allowed, most_alike, sound_of, words_of

WORTH = {"name": 1.0, "synonym": 0.9, "misspelling": 0.9, "everyday": 0.7, "tool": 0.5}
"""How much a word tells of a trade, by the kind of the phrase it stands in."""
BEGINNING, SOUND, PER_ERROR = 0.85, 0.8, 0.2
"""What a match is worth that is not exact: a beginning, a sound, and what each wrong letter takes away."""
ANOTHER_PHRASE, KIN = 0.03, 0.2
"""What a word gains by standing in one more phrase of a trade, and by sharing its root with the trade's name."""
SHORTEST_ROOT, LONGEST_ENDING = 4, 3
ROOT = 5
KEPT = 0.6
"""Trades that fit at least this much of what the best one does are kept."""


@dataclass(frozen=True)
class Phrase:
    """One of the phrases that mean a trade."""

    trade: str
    worth: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Meaning:
    """The known words that a typed one stands for, how sure that is (1 is exact), how many letters differ."""

    words: frozenset[str] = field(default_factory=frozenset)
    sure: float = 0.0
    errors: int = 0


NOTHING = Meaning()


class TradeWords:
    """All phrases that mean trades, found by each of their words."""

    def __init__(self) -> None:
        self._phrases: dict[str, list[Phrase]] = defaultdict(list)
        self._trades: dict[str, set[str]] = defaultdict(set)
        self._named: dict[str, set[str]] = defaultdict(set)
        self._sorted: list[str] = []
        self._by_sound: dict[str, set[str]] = defaultdict(set)
        self._sounds: list[str] = []
        self._count = 1

    def learn(self, phrases: Iterable[tuple[str, str, str]]) -> None:
        """Take in the phrases: trade, text and kind of each."""
        for trade, text, kind in phrases:
            words = tuple(word for word in words_of(text) if word not in SILENT)
            phrase = Phrase(trade, WORTH.get(kind, WORTH["everyday"]), words)
            if kind == "name":
                self._named[trade].update(words)
            for word in words:
                self._phrases[word].append(phrase)
                self._trades[word].add(trade)
        self._sorted = sorted(self._phrases)
        self._count = len(set().union(*self._trades.values())) if self._trades else 1
        for word in self._sorted:
            self._by_sound[sound_of(word)].add(word)
        self._sounds = list(self._by_sound)

    def trades_of(self, word: str) -> set[str]:
        """Return the trades that have a known word in one of their phrases."""
        return self._trades.get(word, set())

    def meaning(self, word: str) -> Meaning:
        """Return what a word surely means: itself, or every word that begins so."""
        if word in self._phrases:
            return Meaning(frozenset({word}), 1.0)
        if len(word) < SHORTEST_PREFIX:
            return NOTHING
        begun = set()
        for known in self._sorted[bisect_left(self._sorted, word) :]:
            if not known.startswith(word):
                break
            begun.add(known)
        return Meaning(frozenset(begun), BEGINNING) if begun else NOTHING

    def guess(self, word: str) -> Meaning:
        """Return what a mistyped word may mean: what sounds the same, or differs in the fewest letters."""
        sounding = self._by_sound.get(sound_of(word), set()) if errors_allowed(word) else set()
        if sounding:
            return Meaning(frozenset(sounding), SOUND, 1)
        close, errors = most_alike(word, self._sorted)
        if close:
            return Meaning(frozenset(close), 1 - PER_ERROR * errors, errors)
        heard, errors = most_alike(sound_of(word), self._sounds)
        if heard and errors == 1:
            words = frozenset(known for each in heard for known in self._by_sound[each])
            return Meaning(words, SOUND - PER_ERROR, errors + 1)
        return NOTHING

    def trades_for(self, meanings: Sequence[Meaning]) -> Mapping[str, float]:
        """Return the trades that the words together mean, with how well each fits: the best is 1."""
        typed = frozenset().union(*(meaning.words for meaning in meanings))
        fits: dict[str, float] = defaultdict(float)
        for meaning in meanings:
            rare = self._rarity(meaning.words)
            for trade, worth in self._worth(meaning, typed).items():
                fits[trade] += rare * worth
        best = max(fits.values(), default=0.0)
        return {trade: fit / best for trade, fit in fits.items() if fit >= KEPT * best}

    def of_the_same_root(self, words: Iterable[str], trades: Iterable[str]) -> frozenset[str]:
        """Return the words of the trades' names that begin like one of some words: « boulangère » for « boulanger »."""
        roots = tuple(word[:ROOT] for word in words if len(word) >= ROOT)
        names = (name for trade in trades for name in self._named[trade])
        return frozenset(name for name in names if roots and name.startswith(roots))

    def _worth(self, meaning: Meaning, typed: frozenset[str]) -> dict[str, float]:
        """Return what one word tells of each trade: more when it stands in a phrase that was typed in whole."""
        worth: dict[str, float] = {}
        for known in meaning.words:
            for phrase in self._phrases[known]:
                value = meaning.sure * phrase.worth * (1 + self._covered(phrase, typed)) / 2
                again = ANOTHER_PHRASE if phrase.trade in worth else self._kinship(known, phrase.trade)
                worth[phrase.trade] = max(worth.get(phrase.trade, 0.0), value) + again
        return worth

    def _kinship(self, word: str, trade: str) -> float:
        """Return a little more for a word of the same family as the trade's name: « maquillage » and « maquilleur »."""
        root = word[: max(SHORTEST_ROOT, len(word) - LONGEST_ENDING)]
        return KIN if any(name.startswith(root) for name in self._named[trade]) else 0.0

    def _covered(self, phrase: Phrase, typed: frozenset[str]) -> float:
        weights = {word: self._rarity({word}) for word in phrase.words}
        return sum(weight for word, weight in weights.items() if word in typed) / sum(weights.values())

    def _rarity(self, words: Iterable[str]) -> float:
        trades = len(set().union(*(self._trades[word] for word in words)))
        return log(1 + self._count / max(1, trades)) / log(1 + self._count)
