"""Offers as ranking sees them, for tests without a database."""

from datetime import time
from typing import Any

from stageplus.services.offers.filters import Candidate
from tests.factories import NOW


def a_candidate(offer_id: int, **fields: Any) -> Candidate:
    """Make an open offer of one place for bakers in Namur."""
    defaults = {
        "trade": "boulanger",
        "sector": "alimentation",
        "scheme": "alternance-secondaire",
        "municipality": "92094",
        "days": 0b01111,
        "years": 0b111,
        "published_at": NOW,
        "starts_from": NOW.date(),
        "day_starts_at": time(8),
        "day_ends_at": time(16),
        "licence_needed": False,
        "language": "français",
        "places": 1,
        "places_taken": 0,
        "has_enough": False,
        "applications": 0,
        "received": 0,
        "answered": 0,
    }
    return Candidate(offer_id=offer_id, **(defaults | fields))  # type: ignore[arg-type]
