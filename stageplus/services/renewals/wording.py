"""Where an offer stands, for whoever followed an old link."""

from stageplus.domain.offers import OfferStatus
from stageplus.models import Offer
from stageplus.texts import _
from stageplus.texts.formats import long_date


def standing_words(offer: Offer) -> str:
    """Say where an offer stands now."""
    words = {
        OfferStatus.PUBLISHED: _("Elle est en ligne jusqu’au {day}."),
        OfferStatus.SUSPENDED: _("Elle est suspendue : les apprenants ne la voient pas."),
        OfferStatus.FILLED: _("Elle est fermée : la place est pourvue."),
        OfferStatus.CLOSED: _("Elle est clôturée."),
        OfferStatus.EXPIRED: _("Elle n’est plus en ligne depuis le {day}."),
        OfferStatus.DRAFT: _("C’est un brouillon."),
    }
    return words[offer.status].format(day=long_date(offer.ends_on))
