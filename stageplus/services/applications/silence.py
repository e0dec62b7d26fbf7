"""How long a company had to answer: the days on which it could not, as others paused its offer, do not count."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil

from sqlmodel import Session, col, select

from stageplus.domain.answering import Pause, time_to_answer
from stageplus.domain.applications import IN_ANSWER, TO_ANSWER, Facts
from stageplus.domain.offers import PAUSED_BY_OTHERS, OfferStatus
from stageplus.models import OfferChange
from stageplus.services.applications.scope import Parties, waiting_since
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts.formats import day_in_brussels

ONE_DAY = timedelta(days=1)
AT_ONCE = 500


def unanswered_for(session: Session, least: timedelta, now: datetime) -> list[tuple[timedelta, Parties]]:
    """List, for the clock, the applications that a company could have answered for so long or longer, and how long.

    Left out is what nobody can answer at this moment: the learner's account is suspended, or others paused the offer.
    """
    waiting = waiting_since(session, now - least)
    pauses = pauses_of(session, {parties.offer.id or 0 for parties in waiting})
    found = []
    for parties in waiting:
        theirs = pauses[parties.offer.id or 0]
        waited = time_to_answer(parties.application.sent_at, theirs, now)
        if waited >= least and not (theirs and theirs[-1].until is None):
            found.append((waited, parties))
    return found


def facts_of_nudge(session: Session, parties: Parties, now: datetime) -> Facts:
    """Return what decides whether a learner may nudge: how long the company could have answered, and once only."""
    application = parties.application
    if application.status not in IN_ANSWER:
        return Facts()
    pauses = pauses_of(session, [parties.offer.id or 0])[parties.offer.id or 0]
    return Facts(
        is_nudged=application.nudged_at is not None,
        days_waited=time_to_answer(application.sent_at, pauses, now) / ONE_DAY,
        nudge_after_days=float(parameter_in_force(session, "nudge_after_days", day_in_brussels(now))),
    )


def pauses_of(session: Session, offer_ids: Iterable[int]) -> dict[int, list[Pause]]:
    """Return, by offer and in their order, the pauses that others than its company decided."""
    found: dict[int, list[Pause]] = defaultdict(list)
    numbers = sorted(offer_ids)
    for start in range(0, len(numbers), AT_ONCE):
        some = col(OfferChange.offer_id).in_(numbers[start : start + AT_ONCE])
        for change in session.exec(select(OfferChange).where(some).order_by(col(OfferChange.id))):
            _read(found[change.offer_id], change)
    return found


def give_days_back(session: Session, theirs: Iterable[Parties], now: datetime) -> None:
    """Put off the day on which an answer is due by the days, begun ones included, of a pause that ends now."""
    waiting = [parties for parties in theirs if parties.application.status in TO_ANSWER]
    pauses = pauses_of(session, {parties.offer.id or 0 for parties in waiting})
    for parties in waiting:
        if last := pauses[parties.offer.id or 0][-1:]:
            began = max(last[0].since, parties.application.sent_at)
            parties.application.answer_due_on += timedelta(days=max(0, ceil((now - began) / ONE_DAY)))
            session.add(parties.application)


def _read(pauses: list[Pause], change: OfferChange) -> None:
    is_open = bool(pauses) and pauses[-1].until is None
    if is_open and change.status is not OfferStatus.SUSPENDED:
        pauses[-1] = Pause(pauses[-1].since, change.at)
    elif not is_open and change.step in PAUSED_BY_OTHERS:
        pauses.append(Pause(change.at))
