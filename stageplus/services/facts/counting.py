"""Counts days from the logs and puts them in the place of what was counted of them before."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import literal, union
from sqlmodel import Session, and_, col, delete, func, select

from stageplus.db.bulk import write_rows
from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.happenings import START, Measure, Taken, happenings
from stageplus.domain.introductions import IntroductionStatus
from stageplus.models import (
    Application,
    ApplicationChange,
    Enrolment,
    FactDay,
    HeldAnswer,
    Introduction,
    Learner,
    Municipality,
    Offer,
    OfferChange,
    OfferDay,
)
from stageplus.services.facts.months import sum_months
from stageplus.texts.formats import BRUSSELS, day_in_brussels

NOBODYS = 0
"""The operator of what concerns none."""
OUTSIDE = ""
"""The basin of a commune that has none."""


class Where(NamedTuple):
    """What a figure is split by, in the order of the columns of `FactDay`."""

    sector_code: str
    trade_code: str
    basin_code: str
    operator_id: int
    scheme_code: str


COLUMNS = ("day", "measure", "sent_on", *Where._fields, "waited", "count")
Counts = Counter[tuple[date, Measure, date, Where]]


def count_days(session: Session, first: date, last: date, now: datetime) -> int:
    """Count some days anew, add up their months again, and say how many figures the days have.

    An answer that may still be taken back is not counted yet.
    """
    counts: Counts = Counter()
    for story, where in _stories(session, first, last, now):
        for each in happenings(story):
            if first <= each.day <= last:
                counts[each.day, each.measure, story[0].day, where] += each.times
    for day, measure, where, count in [*_publications(session, first, last), *_openings(session, first, last)]:
        counts[day, measure, day, where] += count
    session.exec(delete(FactDay).where(col(FactDay.day) >= first, col(FactDay.day) <= last))
    rows = [_row(*key, count) for key, count in counts.items() if count]
    write_rows(session, FactDay, COLUMNS, rows)
    sum_months(session, first, last)
    return len(rows)


def first_day(session: Session) -> date | None:
    """Return the first day of which the logs tell something."""
    moments = [session.exec(select(func.min(column))).one() for column in (ApplicationChange.at, OfferChange.at)]
    opened = session.exec(select(func.min(OfferDay.day))).one()
    return min([*(day_in_brussels(at) for at in moments if at), *([opened] if opened else [])], default=None)


def days_moved_since(session: Session, since: datetime) -> set[date]:
    """Return the days of applications that changed their offer lately: each was counted with the offer before."""
    changes = select(ApplicationChange.application_id).where(
        ApplicationChange.step == "move", col(ApplicationChange.at) >= since
    )
    theirs = select(ApplicationChange.at).where(col(ApplicationChange.application_id).in_(changes))
    started = select(Introduction.settled_at).where(
        col(Introduction.application_id).in_(changes), col(Introduction.settled_at).is_not(None)
    )
    return {day_in_brussels(at) for at in [*session.exec(theirs), *session.exec(started)] if at}


def span_of(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the moments at which some days of Brussels begin and end; some have 23 or 25 hours."""
    after = last + timedelta(days=1)
    return datetime.combine(first, time(), BRUSSELS), datetime.combine(after, time(), BRUSSELS)


def _stories(session: Session, first: date, last: date, now: datetime) -> Iterator[tuple[list[Taken], Where]]:
    """Tell the stories, up to the end of the days, of the applications to which they brought something."""
    start, end = span_of(first, last)
    started = and_(Introduction.status == IntroductionStatus.STARTED, col(Introduction.settled_at) < end)
    moved: Any = union(
        select(ApplicationChange.application_id).where(ApplicationChange.at >= start, ApplicationChange.at < end),
        select(Introduction.application_id).where(started, col(Introduction.settled_at) >= start),
    )
    told: dict[int, list[tuple[datetime, int, Taken]]] = defaultdict(list)
    rows = session.connection()  # not through the session, which would look at each of a million rows
    for number, key, step, status, role, at in rows.execute(_log(moved, end, now)).all():
        told[number].append((at, key, Taken(step, status, role, day_in_brussels(at))))
    begun: Any = select(Introduction.application_id, Introduction.settled_at)
    for number, at in rows.execute(begun.where(started, col(Introduction.application_id).in_(moved))):
        told[number].append((at, 0, Taken(START, ApplicationStatus.ACCEPTED, Role.OPERATOR, day_in_brussels(at))))
    for number, *where in rows.execute(_places(moved)).all():
        if told[number]:
            yield [taken for _at, _key, taken in sorted(told[number])], Where(*where)


def _log(moved: Any, end: datetime, now: datetime) -> Any:
    held = select(HeldAnswer.change_id).where(HeldAnswer.until > now)
    columns: list[Any] = [
        ApplicationChange.application_id,
        ApplicationChange.id,
        ApplicationChange.step,
        ApplicationChange.status,
        ApplicationChange.role,
        ApplicationChange.at,
    ]
    log: Any = select(*columns)
    told = log.where(col(ApplicationChange.application_id).in_(moved), ApplicationChange.at < end)
    return told.where(col(ApplicationChange.id).not_in(held))


def _places(moved: Any) -> Any:
    """Select what each application is split by; its operator is the one that the learner had when it was sent."""
    at_the_time = select(Enrolment.operator_id).where(
        Enrolment.learner_id == Learner.id, col(Enrolment.activated_at) <= Application.sent_at
    )
    latest = at_the_time.order_by(col(Enrolment.activated_at).desc(), col(Enrolment.id).desc()).limit(1)
    operator = func.coalesce(latest.scalar_subquery(), Learner.operator_id)
    columns: list[Any] = [Application.id, Offer.sector_code, Offer.trade_code, _basin(), operator, Offer.scheme_code]
    wanted: Any = select(*columns)
    return (
        wanted.join(Offer, col(Application.offer_id) == Offer.id)
        .join(Learner, col(Application.learner_id) == Learner.id)
        .join(Municipality, col(Offer.municipality_ins) == Municipality.ins)
        .where(col(Application.id).in_(moved))
    )


def _publications(session: Session, first: date, last: date) -> Iterator[tuple[date, Measure, Where, int]]:
    """Tell of each offer that was published, on its day."""
    start, end = span_of(first, last)
    published = (OfferChange.step == "publish", OfferChange.at >= start, OfferChange.at < end)
    for at, *where in session.execute(_of_offers(OfferChange, OfferChange.at).where(*published)):
        yield day_in_brussels(at), Measure.PUBLISHED, Where(*where), 1


def _openings(session: Session, first: date, last: date) -> Iterator[tuple[date, Measure, Where, int]]:
    """Tell how often learners opened each offer on each day."""
    days = (OfferDay.day >= first, OfferDay.day <= last)
    read = _of_offers(OfferDay, OfferDay.day, OfferDay.seen).where(*days)
    for day, *where, seen in session.connection().execute(read).all():
        yield day, Measure.OPENED, Where(*where), seen


def _of_offers(table: Any, when: Any, *more: Any) -> Any:
    columns: list[Any] = [when, Offer.sector_code, Offer.trade_code, _basin(), literal(NOBODYS), Offer.scheme_code]
    wanted: Any = select(*columns, *more).select_from(Offer).join(table, col(table.offer_id) == Offer.id)
    return wanted.join(Municipality, col(Offer.municipality_ins) == Municipality.ins)


def _basin() -> Any:
    return func.coalesce(Municipality.basin_code, OUTSIDE)


def _row(day: date, measure: Measure, sent_on: date, where: Where, count: int) -> tuple[Any, ...]:
    return (day, measure, sent_on, *where, (day - sent_on).days, count)
