"""What an offer must satisfy to be published: it is whole, within the parameters in force, and can be meant."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from stageplus.domain.errors import DomainError, InvalidInput
from stageplus.domain.hours import Night
from stageplus.domain.refusals import AnswersFirst, NotApproved, NotValidated, TakenOffLine
from stageplus.models import Approval, ApprovalState, Offer
from stageplus.services.moderation.queries import is_taken_off
from stageplus.services.postings.capacity import Capacity, capacity_of, hold_establishment, tutor_named
from stageplus.services.postings.schemas import DraftInput, OfferInput
from stageplus.services.registers.queries import parameters_in_force
from stageplus.services.silences.queries import must_answer_first
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, hour, long_date


@dataclass(frozen=True)
class Limits:
    """What the parameters in force and the establishment allow; an offer that is open may keep its own first day."""

    today: date
    latest_start: date
    least_hours: int
    most_hours: int
    night: Night
    capacity: Capacity
    places_taken: int = 0
    own_first_day: date | None = None

    @property
    def hours_words(self) -> str:
        """Say how many hours a week are possible."""
        words = _("Au moins {least} h dans l’entreprise ; au plus {most} h, école comprise.")
        return words.format(least=self.least_hours, most=self.most_hours)


def limits_of(parameters: Mapping[str, str], capacity: Capacity, now: datetime, offer: Offer | None = None) -> Limits:
    """Return the limits in an establishment of this capacity, of a new offer or of one that learners could read."""
    today = day_in_brussels(now)
    limits = Limits(
        today=today,
        latest_start=today + timedelta(days=int(parameters["offer_start_within_days"])),
        least_hours=int(parameters["weekly_company_hours_min"]),
        most_hours=int(parameters["weekly_hours_max"]),
        night=Night.in_force(parameters),
        capacity=capacity,
    )
    if offer is None or offer.published_at is None:
        return limits
    return replace(limits, places_taken=offer.places_taken, own_first_day=offer.starts_from)


def limits_in(session: Session, offer: Offer, now: datetime) -> Limits:
    """Read the limits of an offer, within a session."""
    today = day_in_brussels(now)
    return limits_of(parameters_in_force(session, today), capacity_of(session, offer, today), now, offer)


def whole_offer(typed: Mapping[str, Any], limits: Limits) -> OfferInput:
    """Read an offer that may be published; raises `InvalidInput` with everything that is missing or wrong at once."""
    wrong = faults_of(typed, limits)
    if wrong:
        raise InvalidInput(wrong)
    return OfferInput.read(typed)


def faults_of(typed: Mapping[str, Any], limits: Limits) -> dict[str, str]:
    """Say beside each field what publishing refuses; nothing when the offer is ready."""
    try:
        OfferInput.read(typed)
        refused = {}
    except InvalidInput as refusal:
        refused = refusal.fields
    if refused.keys() & {"form_key", "place"}:
        return refused
    fitting, _left_out = DraftInput.what_fits(typed)
    return _implausible(fitting, limits) | refused


def barrier(session: Session, offer: Offer) -> DomainError | None:
    """Return what keeps an offer off the site, if anything: a claim that waits, OFFA's decision, a missing approval."""
    if offer.claim_id is not None:
        return NotValidated()
    if is_taken_off(session, offer.id):
        return TakenOffLine()
    granted = select(Approval.id).where(
        Approval.establishment_id == offer.establishment_id,
        Approval.trade_code == offer.trade_code,
        Approval.state == ApprovalState.GRANTED,
    )
    # Locked, so that a suspension at this very moment finds the offer published, or publication finds it suspended.
    found = session.exec(granted.with_for_update(read=True)).first()
    return NotApproved() if found is None else None


def silenced(session: Session, offer: Offer, now: datetime) -> DomainError | None:
    """Return what keeps a new offer back while the company leaves applications in a row without an answer."""
    return AnswersFirst() if must_answer_first(session, offer.company_id or 0, now) else None


def too_many(session: Session, offer: Offer, today: date) -> InvalidInput | None:
    """Return why an offer that comes back on line would promise too many places, if it would."""
    hold_establishment(session, offer)
    tutor = tutor_named(offer.tutor_first_name, offer.tutor_function)
    words = capacity_of(session, offer, today).fault(offer.places, tutor)
    return InvalidInput({"form": words}) if words else None


def _implausible(data: DraftInput, limits: Limits) -> dict[str, str]:
    found = {
        "places": _places_fault(data, limits),
        "starts_from": _first_day_fault(data.starts_from, limits),
        "starts_until": _last_day_fault(data.starts_until, limits),
        "day_ends_at": _day_fault(data, limits.night),
        "weekly_hours": _hours_fault(data.weekly_hours, limits),
    }
    return {name: fault for name, fault in found.items() if fault}


def _places_fault(data: DraftInput, limits: Limits) -> str:
    if data.places is None:
        return ""
    if data.places < limits.places_taken:
        return _("Des places sont déjà prises : il en faut au moins autant.")
    tutor = tutor_named(data.tutor_first_name or "", data.tutor_function or "")
    return limits.capacity.fault(data.places, tutor)


def _first_day_fault(day: date | None, limits: Limits) -> str:
    if day is None or day == limits.own_first_day:
        return ""
    return _("Cette date est déjà passée.") if day < limits.today else _too_far(day, limits)


def _last_day_fault(day: date | None, limits: Limits) -> str:
    if day is None:
        return ""
    return _("Cette date est déjà passée.") if day < limits.today else _too_far(day, limits)


def _too_far(day: date, limits: Limits) -> str:
    words = _("Cette date est trop lointaine : au plus tard le {day}.")
    return words.format(day=long_date(limits.latest_start)) if day > limits.latest_start else ""


def _day_fault(data: DraftInput, night: Night) -> str:
    begin, end = data.day_starts_at, data.day_ends_at
    if begin is None or end is None or night.allows(begin, end):
        return ""
    words = _("La journée finit avant de commencer ({begin} à {end}). Seul un travail de nuit passe minuit.")
    return words.format(begin=hour(begin), end=hour(end))


def _hours_fault(hours: int | None, limits: Limits) -> str:
    if hours is None or limits.least_hours <= hours <= limits.most_hours:
        return ""
    return limits.hours_words
