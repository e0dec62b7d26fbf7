"""Looks at what there is at this moment: free places, and learners who look for one."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, delete, func, insert, select

from stageplus.domain.happenings import Stock
from stageplus.domain.offers import OfferStatus
from stageplus.models import Learner, Municipality, Offer, StockDay, Trade
from stageplus.services.facts.counting import OUTSIDE


def count_stocks(session: Session, today: date) -> int:
    """Put what there is in the place of what there was earlier today, and say how many figures that makes."""
    basin = func.coalesce(Municipality.basin_code, OUTSIDE)
    places: Any = select(Offer.sector_code, Offer.trade_code, basin, func.sum(Offer.places - Offer.places_taken))
    places = places.join(Municipality, col(Offer.municipality_ins) == Municipality.ins)
    places = places.where(Offer.status == OfferStatus.PUBLISHED).group_by(Offer.sector_code, Offer.trade_code, basin)
    looking: Any = select(Trade.sector_code, Learner.trade_code, basin, func.count())
    looking = looking.select_from(Learner).join(Trade, col(Learner.trade_code) == Trade.code)
    looking = looking.join(Municipality, col(Learner.municipality_ins) == Municipality.ins)
    looking = looking.where(col(Learner.has_place).is_(False), col(Learner.enrolment_ended_on).is_(None))
    looking = looking.group_by(Trade.sector_code, Learner.trade_code, basin)
    session.exec(delete(StockDay).where(col(StockDay.day) == today))
    rows = [
        {"day": today, "stock": stock, "sector_code": sector, "trade_code": trade, "basin_code": where, "count": count}
        for stock, wanted in ((Stock.PLACES, places), (Stock.LOOKING, looking))
        for sector, trade, where, count in session.execute(wanted)
        if count
    ]
    if rows:
        session.execute(insert(StockDay), rows)
    return len(rows)
