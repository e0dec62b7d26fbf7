"""What a sector coach notes of a company, and how offers stood at an earlier moment."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from stageplus.domain.offers import OfferStatus


class ContactKind(StrEnum):
    """How a coach was in touch with a company; a note is none, but stands in the same history.

    A message is what went to several companies at once: sending it notes it, nobody types it or erases it.
    """

    CALL = "appel"
    VISIT = "visite"
    MAIL = "courrier"
    NOTE = "note"
    MESSAGE = "message"

    @property
    def is_contact(self) -> bool:
        """Say whether somebody spoke with the company: a note, or a message to many, settles nothing planned."""
        return self not in (ContactKind.NOTE, ContactKind.MESSAGE)


class ViewList(StrEnum):
    """The lists of which views are kept: two of coaches, one of an operator's staff."""

    OFFERS = "offres"
    COMPANIES = "entreprises"
    LEARNERS = "apprenants"


@dataclass(frozen=True)
class Told:
    """A step in the story of an offer, and the status that it left behind."""

    offer_id: int
    at: datetime
    status: OfferStatus


def months_earlier(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the last one of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def on_line_at(stories: Iterable[Told], moment: datetime) -> int:
    """Count the offers that were on line at a moment, given their stories in the order in which they happened."""
    stood = {told.offer_id: told.status for told in stories if told.at <= moment}
    return sum(status is OfferStatus.PUBLISHED for status in stood.values())
