"""Open offers on a map: counted by commune in one statement, then gathered under markers that do not touch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlmodel import Session, SQLModel

from stageplus.domain.clusters import LEVELS, Cluster, Dot, clusters_of, level_showing, named_ones
from stageplus.domain.distances import Point
from stageplus.domain.drawing import KM_ACROSS, KM_DOWN, Spot, on_the_drawing
from stageplus.domain.offers import OfferStatus
from stageplus.models import Municipality
from stageplus.services.offers.lexicon import Lexicon
from stageplus.services.offers.schemas import MapMarker, MapRing, MapTown, OfferMap
from stageplus.services.offers.search import COLUMNS, OFFER, Wanted
from stageplus.services.offers.understanding import Request
from stageplus.texts import _, ngettext
from stageplus.texts.formats import kilometres, number, of_place, offers_counted

WORD = SQLModel.metadata.tables["offer_word"].c
USUAL_LEVEL = 0


@dataclass(frozen=True)
class MapAsked:
    """What a map is drawn for: a search as understood, the learner's own commune, a level or the best one."""

    request: Request
    home: Municipality
    level: int | None


def map_of(session: Session, known: Lexicon, asked: MapAsked, today: date) -> OfferMap:
    """Draw every commune that has offers for a search, the radius only marking those that it holds.

    Communes are in order from the place asked for, or from the learner's own. An unknown level is the nearest there is.
    """
    center, radius = asked.request.center, asked.request.radius
    counts = counts_by_town(session, asked.request.wanted, today)
    distances = known.distances_from(center or asked.home)
    names = sorted((ins for ins in counts if ins in distances), key=lambda ins: (distances[ins], ins))
    inside = {ins for ins in names if center is None or distances[ins] <= radius}
    dots = [Dot(ins, _spot(known.municipalities[ins]), counts[ins], ins in inside) for ins in names]
    level = _level(asked)
    clusters = sorted(clusters_of(dots, level), key=lambda each: distances[each.dots[0].ins])
    heads = [known.municipalities[each.dots[0].ins].name for each in clusters]
    named = named_ones(clusters, heads, level)
    return OfferMap(
        level=level,
        last_level=LEVELS - 1,
        words=_words(counts, inside, asked.request),
        markers=[_marker(each, heads[at], at in named) for at, each in enumerate(clusters)],
        towns=[_town(known, ins, counts[ins], distances[ins]) for ins in names],
        ring=_ring(center, radius) if center else MapRing(),
        own=_ring(asked.home, 0),
    )


def counts_by_town(session: Session, wanted: Wanted, today: date) -> dict[str, int]:
    """Count, by municipality, the open offers that fit words, trades and filters, wherever they are."""
    return {town: count for town, count in session.execute(_counting(wanted, today))}  # noqa: C416 — rows of a type


def _counting(wanted: Wanted, today: date) -> Select[tuple[str, int]]:
    town = OFFER.municipality_ins
    counting = select(town, func.count()).where(OFFER.status == OfferStatus.PUBLISHED, OFFER.ends_on >= today)
    if wanted.trades:
        counting = counting.where(OFFER.trade_code.in_(sorted(wanted.trades)))
    for word in wanted.words:
        counting = counting.where(OFFER.id.in_(select(WORD.offer_id).where(WORD.word == word)))
    return counting.where(*wanted.filters.conditions(COLUMNS)).group_by(town)


def _level(asked: MapAsked) -> int:
    if asked.level is not None:
        return max(0, min(asked.level, LEVELS - 1))
    return level_showing(asked.request.radius) if asked.request.center and asked.request.radius else USUAL_LEVEL


def _words(counts: Mapping[str, int], inside: set[str], request: Request) -> str:
    total = sum(counts.values())
    if not total:
        return _("Aucune offre sur la carte.")
    words = ngettext("{n} offre sur la carte", "{n} offres sur la carte", total).format(n=number(total))
    if request.center is None:
        return f"{words}."
    near = sum(counts[ins] for ins in inside)
    if not request.radius:
        return _("{offers}, dont {near} dans la commune.").format(offers=words, near=number(near))
    return _("{offers}, dont {near} dans le cercle de {radius} km autour {of_place}.").format(
        offers=words, near=number(near), radius=request.radius, of_place=of_place(request.center.name)
    )


def _marker(cluster: Cluster, town: str, shown: bool) -> MapMarker:
    x, y = _percent(cluster.spot)
    others = len(cluster.dots) - 1
    around = ngettext("{town} et {n} commune voisine", "{town} et {n} communes voisines", others)
    return MapMarker(
        x=x,
        y=y,
        count=number(cluster.count),
        name=around.format(town=town, n=others) if others else town,
        offers=offers_counted(cluster.count),
        label=town if shown else "",
        many=others > 0,
        inside=cluster.dots[0].inside,
    )


def _town(known: Lexicon, ins: str, count: int, distance: float) -> MapTown:
    return MapTown(known.municipalities[ins].name, offers_counted(count), kilometres(distance))


def _ring(center: Municipality, radius: float) -> MapRing:
    x, y = _percent(_spot(center))
    return MapRing(x, y, round(radius / KM_ACROSS * 100, 2), center.name)


def _spot(town: Municipality) -> Spot:
    return on_the_drawing(Point(town.latitude, town.longitude))


def _percent(spot: Spot) -> Sequence[float]:
    return round(spot[0] / KM_ACROSS * 100, 2), round(spot[1] / KM_DOWN * 100, 2)
