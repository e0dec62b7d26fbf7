"""Where else a company offers the same place: linked offers, as learners see them."""

from datetime import date

from sqlmodel import Session, col, select

from stageplus.domain.offers import OfferStatus
from stageplus.models import Learner, LinkedOffer, Offer
from stageplus.services.offers.lexicon import lexicon
from stageplus.services.offers.schemas import AlsoAt
from stageplus.texts import _
from stageplus.texts.formats import kilometres


def open_elsewhere(session: Session, learner: Learner, offer_id: int, today: date) -> list[AlsoAt]:
    """List the open offers of the same group, the nearest to the learner first."""
    known = lexicon(session)
    home = known.distances_from(known.municipalities[learner.municipality_ins])
    own = select(LinkedOffer.group_key).where(LinkedOffer.offer_id == offer_id)
    wanted = select(Offer.id, Offer.municipality_ins).join(LinkedOffer)
    wanted = wanted.where(col(LinkedOffer.group_key).in_(own), Offer.id != offer_id)
    wanted = wanted.where(Offer.status == OfferStatus.PUBLISHED, col(Offer.ends_on) >= today)
    found = session.exec(wanted.where(col(Offer.places_taken) < col(Offer.places))).all()
    nearest = sorted(found, key=lambda each: (home[each[1]], each[0]))
    words = _("{town}, à {distance} de chez toi")
    return [
        AlsoAt(each or 0, words.format(town=known.municipalities[ins].name, distance=kilometres(home[ins])))
        for each, ins in nearest
    ]
