"""How many offers each choice of the filters would leave, said beside it; never more than was counted."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from operator import attrgetter

from stageplus.services.offers.filters import RULES, Filters
from stageplus.services.offers.lexicon import Lexicon
from stageplus.services.offers.results import Results
from stageplus.services.offers.schemas import FILTERS, RADII, STARTS, Facets, FilterLink
from stageplus.texts import _, ngettext
from stageplus.texts.formats import number, offers_counted

MOST_TRADES = 40
TICKS = ("days", "evening", "no_weekend", "no_licence")


def facets_of(
    results: Results, all_ticks: Filters, known: Lexicon, distances: Mapping[str, float], radius: int, today: date
) -> Facets:
    """Count every choice of the filters; `all_ticks` says what each tick would ask.

    The chosen radius has no count, which stands above the offers and would not fit a phone's narrow list.
    """
    whole, asked = results.all_near, results.filters
    trades = _count(results, "trade")
    common = {code for code, _count in trades.most_common(MOST_TRADES)} | {asked.trade} - {""}
    titles = {code: known.trades[code].title for code in common}
    present = {each.sector for each in results.near} | {asked.sector} - {""}
    sectors = {code: known.sectors[code] for code in present if code in known.sectors}
    languages = {each.language for each in results.near} | {asked.language} - {""}
    return Facets(
        trades=_choices(titles, trades, whole),
        sectors=_choices(sectors, _count(results, "sector"), whole),
        languages=_choices({each: each.capitalize() for each in languages}, _count(results, "language"), whole),
        schemes=_choices(known.schemes, _count(results, "scheme"), whole),
        starts=[(str(days), _named(_start(days), _starting(results, days, today), whole)) for days in STARTS],
        radii=_radii(results, distances, radius),
        ticks={name: _named(FILTERS[name], _ticked(results, name, all_ticks), whole) for name in TICKS},
    )


def fewer_filters(results: Results) -> list[FilterLink]:
    """Say which filter to leave out to find something, those that bring the most first."""
    counts = sorted(results.without().items(), key=lambda each: -each[1])
    words = _("Sans « {name} » : {n}")
    return [FilterLink(words.format(name=FILTERS[name], n=offers_counted(count)), name) for name, count in counts]


def _count(results: Results, name: str) -> Counter[str]:
    return Counter(map(attrgetter(name), results.left(name)))


def _ticked(results: Results, name: str, ticks: Filters) -> int:
    rule = RULES[name]
    return len([each for each in results.left(name) if rule(ticks, each)])


def _starting(results: Results, days: int, today: date) -> int:
    latest = today + timedelta(days=days)
    return sum(each.starts_from <= latest for each in results.left("start"))


def _start(days: int) -> str:
    return ngettext("Dans {n} jour", "Dans les {n} jours", days).format(n=days)


def _radii(results: Results, distances: Mapping[str, float], chosen: int) -> list[tuple[str, str]]:
    everywhere = [*results.fitting, *results.fitting_beyond]
    whole = results.whole
    far = sorted(distances[each.municipality] for each in everywhere) if distances else []
    labels = []
    for radius in RADII:
        name = _("{n} km").format(n=radius) if radius else _("La commune seule")
        count = bisect_right(far, radius)
        counted = f"{number(count)}{'' if whole else '+'}"
        labels.append((str(radius), f"{name} ({counted})" if distances and radius != chosen else name))
    return labels


def _choices(names: Mapping[str, str], counts: Mapping[str, int], whole: bool) -> list[tuple[str, str]]:
    """Label each choice; the order never follows the counts, so that a list stays as it is while filters change."""
    ordered = sorted(names.items(), key=lambda each: each[1])
    return [(code, _named(name, counts.get(code, 0), whole)) for code, name in ordered]


def _named(name: str, count: int, whole: bool) -> str:
    """Say a count after a name; what was not counted to the end is said to be at least so many."""
    words = _("{name} ({n})") if whole else _("{name} ({n} ou plus)")
    return words.format(name=name, n=number(count))
