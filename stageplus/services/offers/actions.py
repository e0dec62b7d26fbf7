"""Keeps the words by which search finds an offer."""

from sqlmodel import Session, col, delete

from stageplus.domain.offers import OfferStatus
from stageplus.models import Company, Establishment, Offer, OfferWord
from stageplus.services.offers.lexicon import SILENT, words_of


def refresh_words(session: Session, offer: Offer) -> None:
    """Write the words of a published offer, and none for any other; part of the transaction that changes it."""
    session.exec(delete(OfferWord).where(col(OfferWord.offer_id) == offer.id))
    if offer.status is OfferStatus.PUBLISHED:
        company = session.get_one(Company, offer.company_id)
        establishment = session.get_one(Establishment, offer.establishment_id)
        session.add_all(words_for(offer, company.name, establishment.name))
        session.flush()


def words_for(offer: Offer, *names: str) -> list[OfferWord]:
    """Return one row for each word of an offer and of who offers it."""
    words = set(words_of(" ".join([offer.tasks, *names]))) - SILENT
    return [
        OfferWord(word=word, municipality_ins=offer.municipality_ins, offer_id=offer.id or 0) for word in sorted(words)
    ]
