"""A sample search ranked twice, with the weights in force and with others: what a change of weights would do."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from stageplus.models import Company, Learner, Offer
from stageplus.services.offers.filters import Candidate, Filters
from stageplus.services.offers.lexicon import Lexicon, lexicon
from stageplus.services.offers.ranking import PARAMETERS, Ranker, Weights
from stageplus.services.offers.schemas import OfferSearch, RankedOffer
from stageplus.services.offers.search import candidates
from stageplus.services.offers.understanding import Request, understand
from stageplus.texts.formats import day_in_brussels

FIRST = 10
MONDAY_TO_THURSDAY = 0b0001111


def ranked_twice(
    session: Session, search: OfferSearch, before: Mapping[str, str], after: Mapping[str, str], now: datetime
) -> tuple[list[RankedOffer], list[RankedOffer]] | None:
    """Rank a search's first results with two sets of weights, for a first-year learner of the trade that it means.

    Nothing when its place is nowhere.
    """
    known = lexicon(session)
    request = understand(session, known, search, Filters())
    if request is None or request.center is None:
        return None
    read = candidates(session, request.wanted, day_in_brussels(now))
    found = read.near or read.beyond
    orders = [_ordered(known, request, found, values, now) for values in (before, after)]
    companies = _companies(session, {each.offer_id for order in orders for each, _points in order})
    first, second = ([_ranked(known, companies, *each) for each in order] for order in orders)
    return first, second


def _ordered(
    known: Lexicon, request: Request, found: Sequence[Candidate], values: Mapping[str, str], now: datetime
) -> list[tuple[Candidate, float]]:
    assert request.center is not None
    weights = Weights.of([values[name] for name in PARAMETERS])
    trade = max(request.wanted.trades, key=lambda code: request.wanted.trades[code], default="")
    nobody: dict[str, Any] = {"person_id": 0, "operator_id": 0, "operator_reference": "", "birth_year": 0}
    wants: dict[str, Any] = {"trade_code": trade, "year": 1, "company_days": MONDAY_TO_THURSDAY}
    learner = Learner(**nobody, **wants, postal_code="", municipality_ins=request.center.ins)
    ranker = Ranker(learner, request.wanted, known.distances_from(request.center), now, weights)
    return [(each, ranker.score(each)) for each in ranker.ordered(found, "pertinence")[:FIRST]]


def _ranked(known: Lexicon, companies: Mapping[int, str], offer: Candidate, points: float) -> RankedOffer:
    town = known.municipalities[offer.municipality].name
    where = f"{companies[offer.offer_id]}, {town}"
    return RankedOffer(offer.offer_id, known.trades[offer.trade].place, where, points)


def _companies(session: Session, offers: set[int]) -> dict[int, str]:
    named: Any = select(Offer.id, Company.name).join(Company, col(Offer.company_id) == Company.id)
    return {offer_id: name for offer_id, name in session.execute(named.where(col(Offer.id).in_(offers)))}  # noqa: C416
