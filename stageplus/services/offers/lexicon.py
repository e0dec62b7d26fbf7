"""What people type, understood: words that mean trades, names and postal codes that mean municipalities."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.domain.distances import Point, distance_km
from stageplus.domain.titles import both_genders, place_title
from stageplus.models import Municipality, Place, PlaceName, Trade, TradeWord

SHORTEST_PREFIX = 3
MOST_ALIKE, LEAST_ALIKE = 3, 0.75
_ARTICLES = "a au aux chez d dans de des du en et l la le les ou pour sur un une"
SILENT = frozenset([*_ARTICLES.split(), "stage", "place", "formation"])


def words_of(text: str) -> list[str]:
    """Split a text into words without accents, case, plural or punctuation; `"`, `*` or `-` only separate."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", " ")).encode("ascii", "ignore").decode()
    return [_singular(word)[:40] for word in re.findall(r"[a-z0-9]+", plain)]


@dataclass(frozen=True)
class TradeName:
    """A trade as search knows it, and the title of a place to learn it."""

    code: str
    sector: str
    title: str
    place: str


@dataclass(frozen=True)
class Understood:
    """The trades that the typed words mean, and the words that mean none."""

    trades: frozenset[str]
    words: tuple[str, ...]


class Lexicon:
    """The reference data that search needs, in memory: some 270 trades and 580 municipalities."""

    def __init__(self, session: Session) -> None:
        trades = session.exec(select(Trade)).all()
        self.trades = {trade.code: _named(trade) for trade in trades}
        self._by_word: dict[str, set[str]] = defaultdict(set)
        for trade in trades:
            self._learn(trade.code, f"{trade.name_f} {trade.name_m}")
        for known in session.exec(select(TradeWord)):
            self._learn(known.trade_code, known.word)
        self._sorted_words = sorted(self._by_word)
        self.municipalities = {found.ins: found for found in session.exec(select(Municipality))}
        self._by_place = self._places(session)
        self._distances: dict[str, dict[str, float]] = {}

    def understand(self, text: str) -> Understood:
        """Find the trades that fit every word that means one; the other words are searched in the offers."""
        trades: frozenset[str] | None = None
        others = []
        for word in words_of(text):
            meant = self._meaning(word)
            if meant:
                trades = meant if trades is None else (trades & meant or trades)
            elif word not in SILENT and word not in others:
                others.append(word)
        return Understood(trades or frozenset(), tuple(others))

    def municipality_named(self, typed: str) -> Municipality | None:
        """Find a municipality by postal code or by any of its names; nothing for a place of nowhere."""
        found = self._by_place.get(" ".join(words_of(typed)))
        if found is None and (code := re.match(r"\s*(\d{4})\b", typed)):
            found = self._by_place.get(code[1])
        return self.municipalities.get(found or "")

    def places_like(self, typed: str) -> list[str]:
        """Name the municipalities that a mistyped place may mean, the most alike first."""
        alike = get_close_matches(" ".join(words_of(typed)), self._by_place, MOST_ALIKE, LEAST_ALIKE)
        return list(dict.fromkeys(self.municipalities[self._by_place[name]].name for name in alike))

    def around(self, center: Municipality, radius_km: int) -> dict[str, float]:
        """Return the municipalities within a radius with their distance in kilometres, nearest first."""
        distances = self.distances_from(center)
        near = {ins: distance for ins, distance in distances.items() if distance <= radius_km}
        return dict(sorted(near.items(), key=lambda each: each[1]))

    def distances_from(self, center: Municipality) -> Mapping[str, float]:
        """Return every municipality's distance from one, in kilometres; remembered, for it never changes."""
        if center.ins not in self._distances:
            self._distances[center.ins] = self._measured_from(center)
        return self._distances[center.ins]

    def neighbours(self, trades: frozenset[str]) -> list[TradeName]:
        """List the other trades of the same sectors."""
        sectors = {self.trades[code].sector for code in trades}
        return [trade for trade in self.trades.values() if trade.sector in sectors and trade.code not in trades]

    def _measured_from(self, center: Municipality) -> dict[str, float]:
        here = Point(center.latitude, center.longitude)
        return {
            ins: distance_km(here, Point(each.latitude, each.longitude)) for ins, each in self.municipalities.items()
        }

    def _learn(self, code: str, text: str) -> None:
        for word in words_of(text):
            if word not in SILENT:
                self._by_word[word].add(code)

    def _meaning(self, word: str) -> frozenset[str]:
        if word in self._by_word:
            return frozenset(self._by_word[word])
        if len(word) < SHORTEST_PREFIX:
            return frozenset()
        meant: set[str] = set()
        for known in self._sorted_words[bisect_left(self._sorted_words, word) :]:
            if not known.startswith(word):
                break
            meant |= self._by_word[known]
        return frozenset(meant)

    def _places(self, session: Session) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in session.exec(select(PlaceName)):
            found[" ".join(words_of(name.name))] = name.municipality_ins
        for place in session.exec(select(Place)):
            found.setdefault(place.postal_code, place.municipality_ins)
            found.setdefault(" ".join(words_of(place.locality)), place.municipality_ins)
        for municipality in self.municipalities.values():
            found[" ".join(words_of(municipality.name))] = municipality.ins
        return found


_of_engine: WeakKeyDictionary[Engine, Lexicon] = WeakKeyDictionary()


def lexicon(session: Session) -> Lexicon:
    """Return the lexicon of a database, read once per process: reference data change with a restart."""
    bound = session.get_bind()
    key = bound if isinstance(bound, Engine) else bound.engine
    base = getattr(key, "_proxied", key)
    if base not in _of_engine:
        _of_engine[base] = Lexicon(session)
    return _of_engine[base]


def _named(trade: Trade) -> TradeName:
    names = trade.name_f, trade.name_m
    return TradeName(trade.code, trade.sector_code, both_genders(*names), place_title(*names))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > SHORTEST_PREFIX and word[-1] in "sx" else word
