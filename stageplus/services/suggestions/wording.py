"""The words of suggestions: who made one and why, what came of it, and what its reason may not say."""

from datetime import date

from stageplus.domain.errors import InvalidInput
from stageplus.domain.offers import OfferStatus
from stageplus.models import Offer, Person
from stageplus.services.moderation.queries import passages_of
from stageplus.services.moderation.schemas import CONCERN_WORDS
from stageplus.texts import _


def short_name(person: Person | None) -> str:
    """Name somebody by first name and initial; nothing for who has left."""
    return f"{person.first_name} {person.last_name[:1]}." if person else ""


def by_whom(person: Person | None, operator: str) -> str:
    """Say to a learner who suggested an offer."""
    if person is None:
        return _("Suggérée par ton opérateur, {operator}").format(operator=operator)
    return _("Suggérée par {name}, {operator}").format(name=short_name(person), operator=operator)


def said_words(by: str, reason: str) -> str:
    """Say in one line who suggested an offer and why."""
    return _("{by} : « {reason} »").format(by=by, reason=reason)


def why_not(offer: Offer, today: date) -> str:
    """Say to staff why an offer cannot be suggested at this moment; nothing while it can."""
    if offer.status is OfferStatus.SUSPENDED:
        return _("L’entreprise a mis cette offre en pause.")
    if offer.places_taken >= offer.places:
        return _("Toutes ses places sont prises.")
    if offer.status is not OfferStatus.PUBLISHED or offer.ends_on < today:
        return _("Cette offre est fermée.")
    if offer.intake_paused or offer.at_cap:
        return _("L’entreprise a assez de candidatures pour l’instant.")
    return ""


def check_reason(reason: str) -> None:
    """Refuse a reason with what no free text of the site may say; raises `InvalidInput` that names the words."""
    noticed = next((each for each in passages_of(reason) if each.examined), None)
    if noticed is not None:
        words = _("« {words} » : {concern}. Écrivez-le autrement.")
        told = words.format(words=noticed.words, concern=CONCERN_WORDS[noticed.concern].lower())
        raise InvalidInput({"reason": told})
