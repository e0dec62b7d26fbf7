"""One place offered in two establishments of a company, which learners see as « aussi à … »."""

from datetime import timedelta

from sqlmodel import col, select

from stageplus.demo import words
from stageplus.demo.cast import Cast, an_approval, an_offer
from stageplus.domain.identifiers import with_check_digits
from stageplus.domain.offers import OfferStatus
from stageplus.models import Establishment, LinkedOffer, Offer, Operator, Place
from stageplus.texts.formats import day_in_brussels

TOWN = "Liège"


def link_two_shops(cast: Cast) -> list[Offer]:
    """Give the company of the latest offer on line a second shop with the same place, and return the offer there."""
    online = select(Offer).where(Offer.status == OfferStatus.PUBLISHED).order_by(col(Offer.id).desc())
    codes = {trade[0]: trade for trade in words.TRADES}
    first = next(offer for offer in cast.session.exec(online) if offer.trade_code in codes)
    house = cast.session.get_one(Establishment, first.establishment_id)
    town = cast.town(TOWN)
    place = cast.session.exec(select(Place).where(Place.municipality_ins == town.ins)).first()
    operator = cast.session.exec(select(Operator)).first()
    assert place is not None
    assert operator is not None
    shop = cast.kept(
        Establishment(
            company_id=first.company_id,
            number=with_check_digits(20_000_000 + cast.next() * 41),
            name=f"{house.name.split(',')[0]}, {TOWN}",
            postal_code=place.postal_code,
            municipality_ins=town.ins,
            workers=9,
        )
    )
    an_approval(cast, shop, first.trade_code, operator, day_in_brussels(cast.now) - timedelta(days=400))
    second = an_offer(cast, shop, codes[first.trade_code], OfferStatus.PUBLISHED)
    for offer in (first, second):
        cast.kept(LinkedOffer(offer_id=offer.id or 0, group_key=first.form_key))
    return [second]
