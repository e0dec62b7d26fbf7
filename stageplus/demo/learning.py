"""What a learner of the demonstration keeps between two visits: favourites."""

from datetime import timedelta

from stageplus.demo.cast import Cast
from stageplus.domain.offers import OfferStatus
from stageplus.models import Favourite, Learner, Offer

KEPT_OPEN = 3


def keep_some(cast: Cast, learner: Learner, offers: list[Offer]) -> None:
    """Let a learner keep a few offers of their own trade: one closes in three days, others have closed meanwhile."""
    mine = [offer for offer in offers if offer.trade_code == learner.trade_code]
    still_open = [offer for offer in mine if offer.status is OfferStatus.PUBLISHED][-KEPT_OPEN:]
    still_open[0].ends_on = cast.now.date() + timedelta(days=3)
    gone = {offer.status: offer for offer in mine if offer.status in {OfferStatus.CLOSED, OfferStatus.SUSPENDED}}
    for days, offer in enumerate([*still_open, *gone.values()]):
        kept_at = cast.now - timedelta(days=days)
        cast.kept(Favourite(learner_id=learner.id or 0, offer_id=offer.id or 0, kept_at=kept_at))
