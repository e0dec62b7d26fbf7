"""Two orders of the same results, and how each offer moves from one to the other."""

from collections.abc import Mapping, Sequence

from stageplus.services.offers.schemas import RankedOffer
from stageplus.services.parameters.schemas import Comparison, RankedRow
from stageplus.texts import _, ngettext
from stageplus.texts.formats import number


def compared(before: Sequence[RankedOffer], after: Sequence[RankedOffer]) -> Comparison:
    """Put two orders side by side and say how many of the offers moved."""
    was, becomes = _places(before), _places(after)
    moved = sum(was.get(offer) != place for offer, place in becomes.items())
    none = (
        _("Aucune des premières offres ne change de place.")
        if before
        else _("Aucune offre ne répond à cette recherche.")
    )
    words = ngettext("{n} des premières offres change de place.", "{n} des premières offres changent de place.", moved)
    return Comparison(
        words=words.format(n=number(moved)) if moved else none,
        before=[_row(each, place, becomes, going=True) for place, each in enumerate(before, 1)],
        after=[_row(each, place, was, going=False) for place, each in enumerate(after, 1)],
    )


def _places(order: Sequence[RankedOffer]) -> dict[int, int]:
    return {each.offer_id: place for place, each in enumerate(order, 1)}


def _row(each: RankedOffer, place: int, elsewhere: Mapping[int, int], *, going: bool) -> RankedRow:
    other = elsewhere.get(each.offer_id)
    moved, tone = "", ""
    if other is None:
        moved, tone = (_("sort des dix premières"), "down") if going else (_("entre dans les dix premières"), "up")
    elif not going and other != place:
        up = other > place
        moved = (_("monte de {n}") if up else _("descend de {n}")).format(n=abs(other - place))
        tone = "up" if up else "down"
    return RankedRow(place, each.title, each.where, number(round(each.points, 1)), moved, tone)
