"""A new draft with everything that an earlier offer says."""

from datetime import date, datetime
from hashlib import sha256

from stageplus.domain.actors import Actor
from stageplus.domain.offers import OfferStatus
from stageplus.models import Offer
from stageplus.texts.formats import day_in_brussels

NOT_COPIED = {
    "id", "form_key", "status", "places_taken", "closing_reason", "published_at", "claim_id", "created_at",
    "updated_at", "ends_on", "starts_from", "starts_until", "intake_paused", "at_cap",
}  # fmt: skip
"""What belongs to the one offer and its life."""
FEBRUARY = 2


def copied(offer: Offer, key: str, actor: Actor, ends_on: date, now: datetime) -> Offer:
    """Return a draft like an offer, whose start is not past: moved by whole years, both days by as many."""
    years = _years_on(offer, day_in_brussels(now))
    return Offer(
        **offer.model_dump(exclude=NOT_COPIED),
        form_key=key,
        status=OfferStatus.DRAFT,
        claim_id=actor.claim_id,
        starts_from=later(offer.starts_from, years),
        starts_until=later(offer.starts_until, years),
        ends_on=ends_on,
        created_at=now,
        updated_at=now,
    )


def copy_key(actor: Actor, offer: Offer, now: datetime) -> str:
    """Return the form key of a copy: a second tap within the minute finds the draft of the first."""
    return sha256(f"copy:{offer.id}:{actor.person_id}:{now:%Y%m%d%H%M}".encode()).hexdigest()[:32]


def later(day: date, years: int) -> date:
    """Return the same day so many years later; the 29th of February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=FEBRUARY, day=28)


def _years_on(offer: Offer, today: date) -> int:
    years = 0
    while later(offer.starts_from, years) < today:
        years += 1
    return years
