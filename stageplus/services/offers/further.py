"""Where to look when nothing fits: further away, with fewer words, in a larger radius, at neighbouring trades."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlmodel import Session

from stageplus.models import Municipality
from stageplus.services.offers.lexicon import Lexicon, TradeName
from stageplus.services.offers.schemas import RADII, RadiusLink, TradeLink
from stageplus.services.offers.search import Candidate, Wanted, candidates
from stageplus.texts import _, ngettext
from stageplus.texts.formats import number

MOST_NEIGHBOURS = 6
MOST_RADII = 2
MOST_COUNTED = 15
"""Offers counted for each neighbouring trade: the bounded search reads at least one more of each."""


@dataclass(frozen=True)
class Further:
    """What was found in place of nothing, and the sentence that says how."""

    found: list[Candidate] = field(default_factory=list)
    more: bool = False
    words: str = ""
    larger: list[RadiusLink] = field(default_factory=list)


def look_further(
    session: Session, known: Lexicon, wanted: Wanted, center: Municipality | None, radius: int, today: date
) -> Further:
    """Look for the same everywhere; if there is none either, leave out the words that no offer holds."""
    if center is not None:
        found, more = candidates(session, replace(wanted, near={}), today)
        if found:
            words = _("Rien à moins de {radius} km : voici ce qui existe plus loin, le plus proche d’abord.")
            larger = _larger(found, known.distances_from(center), radius, more)
            return Further(found, more, words.format(radius=radius), larger)
    if wanted.words:
        found, more = candidates(session, replace(wanted, near={}, words=()), today)
        if found:
            return Further(found, more, _("Rien avec ces mots : voici d’autres places ouvertes."))
    return Further()


def open_neighbours(session: Session, known: Lexicon, wanted: Wanted, today: date) -> list[TradeLink]:
    """Name the trades of the same sectors that have open offers near, those with the most first."""
    trades = {trade.code: trade for trade in known.neighbours(wanted.trades)}
    if not trades:
        return []
    found, _more = candidates(session, replace(wanted, trades=frozenset(trades), words=()), today)
    counts = Counter(each.trade for each in found)
    return [_neighbour(trades[code], count) for code, count in counts.most_common(MOST_NEIGHBOURS)]


def _neighbour(trade: TradeName, count: int) -> TradeLink:
    offers = _offers(min(count, MOST_COUNTED), more=count > MOST_COUNTED)
    return TradeLink(_("{trade} : {offers}").format(trade=trade.title, offers=offers), trade.title.split(" / ")[-1])


def _larger(found: Sequence[Candidate], distances: Mapping[str, float], radius: int, more: bool) -> list[RadiusLink]:
    links, before = [], 0
    for wider in RADII:
        count = sum(distances[each.municipality] <= wider for each in found)
        if wider > radius and count > before:
            before = count
            label = _("Jusqu’à {radius} km : {offers}").format(radius=wider, offers=_offers(count, more=more))
            links.append(RadiusLink(label, wider))
    return links[:MOST_RADII]


def _offers(count: int, *, more: bool) -> str:
    offers = ngettext("{n} offre", "{n} offres", count).format(n=number(count))
    return _("au moins {offers}").format(offers=offers) if more else offers
