"""Where to look when nothing fits: further away, with fewer words, in a larger radius, at neighbouring trades."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlmodel import Session

from stageplus.services.offers.facets import fewer_filters
from stageplus.services.offers.filters import Candidate, Filters
from stageplus.services.offers.lexicon import Lexicon, TradeName
from stageplus.services.offers.results import Results
from stageplus.services.offers.schemas import RADII, FilterLink, RadiusLink, TradeLink
from stageplus.services.offers.search import Found, candidates
from stageplus.services.offers.understanding import Request
from stageplus.texts import _
from stageplus.texts.formats import offers_counted

MOST_NEIGHBOURS = 6
MOST_RADII = 2
MOST_COUNTED = 15
"""Offers counted for each neighbouring trade: the bounded search reads at least one more of each."""


@dataclass(frozen=True)
class Further:
    """What was found in place of nothing, the sentence that says how, and the other ways from there."""

    found: list[Candidate] = field(default_factory=list)
    more: bool = False
    words: str = ""
    larger: list[RadiusLink] = field(default_factory=list)
    neighbours: list[TradeLink] = field(default_factory=list)
    fewer: list[FilterLink] = field(default_factory=list)


def look_further(session: Session, known: Lexicon, request: Request, results: Results, today: date) -> Further:
    """Look beyond the radius; if there is none either, leave out the words that no offer holds.

    Neighbouring trades are read in the same statement as the offers without those words: those near, or any where there
    is nothing else at all. Where the filters alone leave nothing, the way on is to leave one of them out.
    """
    wanted, center = request.wanted, request.center
    beyond = results.fitting_beyond
    near = {trade.code: trade for trade in known.neighbours(wanted.trades)} if results.whole else {}
    wordless = bool(wanted.words) and not results.near and not results.beyond
    fewer = replace(wanted, trades={**wanted.trades, **dict.fromkeys(near, 0.0)}, words=(), filters=Filters())
    others = candidates(session, fewer, today) if near or wordless else Found([], [])
    elsewhere = results.passing(others.near) or ([] if beyond else results.passing(others.beyond))
    further = Further(neighbours=_neighbours(near, elsewhere), fewer=fewer_filters(results))
    if beyond and center is not None:
        words = _("Rien à moins de {radius} km : voici ce qui existe plus loin, le plus proche d’abord.")
        alone = _("Rien dans la commune : voici ce qui existe autour, le plus proche d’abord.")
        larger = _larger(beyond, known.distances_from(center), request.radius, not results.all_beyond)
        told = words.format(radius=request.radius) if request.radius else alone
        return replace(further, found=beyond, more=not results.all_beyond, words=told, larger=larger)
    left = [each for each in [*others.near, *others.beyond] if each.trade not in near] if wordless else []
    if not (left := results.passing(left)):
        return further
    more = others.more or others.more_beyond
    return replace(further, found=left, more=more, words=_("Rien avec ces mots : voici d’autres places ouvertes."))


def _neighbours(trades: Mapping[str, TradeName], found: Sequence[Candidate]) -> list[TradeLink]:
    """Name the trades of the same sectors that have open offers, those with the most first."""
    counts = Counter(each.trade for each in found if each.trade in trades)
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
    offers = offers_counted(count)
    return _("au moins {offers}").format(offers=offers) if more else offers
