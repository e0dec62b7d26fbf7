"""What people type, understood: words that mean trades, names and postal codes that mean municipalities."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session, func, select

from stageplus.domain.distances import Point, distance_km
from stageplus.domain.titles import both_genders, place_title
from stageplus.models import Municipality, Place, PlaceName, ReferenceChange, Scheme, Sector, Trade, TradeWord
from stageplus.services.offers.places import LEADS_TO, PlaceNames, Span
from stageplus.services.offers.trade_words import NOTHING, Meaning, TradeWords
from stageplus.services.offers.words import AROUND, SHORTEST_PREFIX, SILENT, placed_words

MOST_ALIKE = 3
MOST_WORDS = 8
LENGTH_OF_A_POSTAL_CODE = 4
SECONDS_BETWEEN_LOOKS = 5.0


@dataclass(frozen=True)
class TradeName:
    """A trade as search knows it, and the title of a place to learn it."""

    code: str
    sector: str
    title: str
    place: str
    no_age_limit: bool = False


@dataclass(frozen=True)
class Understood:
    """What the typed words mean.

    `trades` are those meant, each with how well it fits (the best is 1); `words` mean none and are searched in the
    offers; `marked` are those to mark where they stand; `guessed` says that a word was read otherwise than it was
    written.
    """

    trades: Mapping[str, float]
    words: tuple[str, ...]
    place: Municipality | None = None
    marked: frozenset[str] = frozenset()
    guessed: bool = False


@dataclass(frozen=True)
class Typed:
    """A query taken apart: the words left once the place is found, those that no trade has, and the place."""

    words: tuple[str, ...]
    doubtful: tuple[str, ...]
    place: str = ""


class Lexicon:
    """The reference data that search needs, in memory: some 270 trades and 580 municipalities."""

    def __init__(self, session: Session) -> None:
        trades = session.exec(select(Trade)).all()
        self.trades = {trade.code: _named(trade) for trade in trades}
        self._words = TradeWords()
        named = [(trade.code, name, "name") for trade in trades for name in {trade.name_f, trade.name_m}]
        others = [(each.trade_code, each.word, each.kind) for each in session.exec(select(TradeWord))]
        self._words.learn([*named, *others])
        self.sectors = {each.code: each.name for each in session.exec(select(Sector))}
        self.schemes = {each.code: each.name for each in session.exec(select(Scheme))}
        self.municipalities = {found.ins: found for found in session.exec(select(Municipality))}
        self._places = PlaceNames()
        self._places.learn(self._place_names(session))
        self._distances: dict[str, dict[str, float]] = {}

    def read(self, text: str) -> Typed:
        """Take a query apart without asking the database: the place that it names, and the words that no trade has."""
        placed = placed_words(text)
        words, raw = (
            [word for word, _begin, _end in placed],
            [text[begin:end].casefold() for _word, begin, end in placed],
        )
        spans = [span for span in self._places.spans(words) if self._is_place(words, raw, span)]
        named = {position for span in spans for position in range(span.first, span.last)}
        left = [word for position, word in enumerate(words) if position not in named and word not in SILENT]
        telling = [word for word in left if word not in AROUND] or ([] if spans else left)
        wanted = tuple(dict.fromkeys(telling))[:MOST_WORDS]
        doubtful = tuple(word for word in wanted if self._words.meaning(word) is NOTHING)
        return Typed(wanted, doubtful, spans[0].ins if spans else "")

    def understand(self, typed: Typed, offered: Mapping[str, tuple[str, int]] | None = None) -> Understood:
        """Say what a query means; `offered` are the words of offers most like the doubtful ones, and their errors.

        A word is first a trade's, as it stands or by its beginning; then one that offers hold; then whatever it
        differs least from: a trade's word, a place, a word of the offers.
        """
        meanings, others, place, guessed = [], [], typed.place, False
        for word in typed.words:
            meaning = self._words.meaning(word)
            held, errors = (offered or {}).get(word, (word, 99))
            if meaning is NOTHING and errors > 0:
                meaning, town = self._guess(word, errors)
                guessed |= meaning is not NOTHING or town != "" or held != word
                if town:
                    place = place or town
                    continue
            if meaning is NOTHING:
                others.append(held)
            else:
                meanings.append(meaning)
        marked = frozenset(others).union(*(meaning.words for meaning in meanings))
        trades = self._words.trades_for(meanings)
        marked |= self._words.of_the_same_root(marked, trades)
        return Understood(trades, tuple(dict.fromkeys(others)), self.municipalities.get(place), marked, guessed)

    def municipality_named(self, typed: str) -> Municipality | None:
        """Find a municipality by postal code or by any of its names; nothing for a place of nowhere."""
        return self.municipalities.get(self._places.meant_by(typed))

    def places_like(self, typed: str) -> list[str]:
        """Name the municipalities that a mistyped place may mean."""
        alike = (self.municipalities[ins].name for _name, ins in self._places.alike(typed))
        return list(dict.fromkeys(alike))[:MOST_ALIKE]

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

    def neighbours(self, trades: Mapping[str, float]) -> list[TradeName]:
        """List the other trades of the same sectors."""
        sectors = {self.trades[code].sector for code in trades}
        return [trade for trade in self.trades.values() if trade.sector in sectors and trade.code not in trades]

    def _measured_from(self, center: Municipality) -> dict[str, float]:
        here = Point(center.latitude, center.longitude)
        return {
            ins: distance_km(here, Point(each.latitude, each.longitude)) for ins, each in self.municipalities.items()
        }

    def _is_place(self, words: Sequence[str], raw: Sequence[str], span: Span) -> bool:
        """Say whether a name is meant as a place: « spa », « forge » or « arbre » alone are words of trades.

        They are places after « à », or beside a trade that has nothing to do with them.
        """
        if span.last - span.first > 1 or words[span.first].isdigit():
            return True
        word, before = words[span.first], words[: span.first]
        silent = word in SILENT or raw[span.first] in AROUND  # « mon » is no place, Mons is
        age = bool(before) and before[-1].isdigit() and len(before[-1]) < LENGTH_OF_A_POSTAL_CODE  # « 16 ans »
        if len(word) < SHORTEST_PREFIX or silent or age:
            return False
        own = self._words.trades_of(word)
        if not own or (before and before[-1] in LEADS_TO):
            return True
        others = [self._words.trades_of(other) for other in words if other != word and other not in SILENT]
        return any(others) and not any(own & trades for trades in others)

    def _guess(self, word: str, errors: int) -> tuple[Meaning, str]:
        """Read a mistyped word as a trade's or as a place, whichever is nearer, if a word of offers is not."""
        trade, (town, off) = self._words.guess(word), self._places.guess(word)
        if town and off < errors and (trade is NOTHING or off < trade.errors):
            return NOTHING, town
        return (trade if trade.errors <= errors else NOTHING), ""

    def _place_names(self, session: Session) -> Iterator[tuple[str, str]]:
        yield from ((each.name, each.ins) for each in self.municipalities.values())
        yield from ((each.name, each.municipality_ins) for each in session.exec(select(PlaceName)))
        for place in session.exec(select(Place)):
            yield place.postal_code, place.municipality_ins
            yield place.locality, place.municipality_ins


@dataclass(frozen=True)
class Remembered:
    """A lexicon, the version of the reference data it was read from, and when that was last compared."""

    lexicon: Lexicon
    version: int
    looked_at: float


_of_engine: WeakKeyDictionary[Engine, Remembered] = WeakKeyDictionary()


def lexicon(session: Session) -> Lexicon:
    """Return the lexicon of a database, remembered by each process until OFFA or an import changes what it holds.

    The process that makes a change forgets at once; the others compare the version every `SECONDS_BETWEEN_LOOKS`.
    """
    bound = session.get_bind()
    key = bound if isinstance(bound, Engine) else bound.engine
    base = getattr(key, "_proxied", key)
    known = _of_engine.get(base)
    if known is None or monotonic() - known.looked_at >= SECONDS_BETWEEN_LOOKS:
        known = _of_engine[base] = _looked_again(session, known)
    return known.lexicon


def forget_lexicons() -> None:
    """Read the reference data again when they are next needed."""
    _of_engine.clear()


def _looked_again(session: Session, known: Remembered | None) -> Remembered:
    version = session.exec(select(func.max(ReferenceChange.id))).one() or 0
    same = known is not None and known.version == version
    return Remembered(known.lexicon if known and same else Lexicon(session), version, monotonic())


def _named(trade: Trade) -> TradeName:
    names = trade.name_f, trade.name_m
    return TradeName(trade.code, trade.sector_code, both_genders(*names), place_title(*names), trade.no_age_limit)
