"""Which companies a coach follows, and what is said of one, as conditions inside statements about companies.

Each condition looks the companies up once for the whole statement, not again for every one of them.

A company is in a sector when an agrément was decided for one of the sector's trades in one of its establishments,
whatever has become of it since.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists
from sqlmodel import and_, case, col, func, select

from stageplus.domain.coaching import ContactKind
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Approval,
    ApprovalState,
    Company,
    CompanyContact,
    CompanyFollowUp,
    Establishment,
    Offer,
    Trade,
)
from stageplus.texts.formats import day_in_brussels

DECIDED = tuple(state for state in ApprovalState if state is not ApprovalState.REQUESTED)
ON_LINE = (OfferStatus.PUBLISHED, OfferStatus.SUSPENDED)
"""Published, or paused for a while: either way the company has not gone quiet."""
IS_GRANTED = col(Approval.state) == ApprovalState.GRANTED


@dataclass(frozen=True)
class Bounds:
    """Today, and what the dated parameters say: since when a company is quiet, an agrément is new, answers are counted,
    and a message of a coach keeps the next one away."""

    today: date
    quiet_since: datetime
    new_since: date
    quiet_days: int
    new_days: int
    answer_months: int
    answers_least: int
    written_since: datetime
    written_days: int


def bounds(known: Mapping[str, str], now: datetime) -> Bounds:
    """Read the bounds."""
    today, quiet, new = day_in_brussels(now), int(known["company_quiet_days"]), int(known["new_approval_days"])
    months, least = int(known["answer_habit_months"]), int(known["answer_habit_least"])
    written = int(known["circular_pause_days"])
    return Bounds(
        today=today,
        quiet_since=now - timedelta(days=quiet),
        new_since=today - timedelta(days=new),
        quiet_days=quiet,
        new_days=new,
        answer_months=months,
        answers_least=least,
        written_since=now - timedelta(days=written),
        written_days=written,
    )


def approved(sectors: Collection[str], *which: Any) -> Any:
    """Say whether a company has such an agrément in the sectors."""
    return col(Company.id).in_(_with_approval(sectors, *which))


def followed(sectors: Collection[str]) -> Any:
    """Say whether a company is in the sectors."""
    return approved(sectors, col(Approval.state).in_(DECIDED))


def offering(sectors: Collection[str], *which: Any) -> Any:
    """Say whether a company has such an offer in the sectors."""
    return col(Company.id).in_(select(Offer.company_id).where(col(Offer.sector_code).in_(sectors), *which))


def is_on_line(sectors: Collection[str]) -> Any:
    """Say whether a company has a published offer."""
    return offering(sectors, col(Offer.status) == OfferStatus.PUBLISHED)


def has_gone_quiet(sectors: Collection[str], known: Bounds) -> Any:
    """Say whether a company with an agrément has published before, has nothing left, and touched nothing since."""
    was_published = col(Offer.published_at).is_not(None)
    return and_(
        approved(sectors, IS_GRANTED),
        offering(sectors, was_published),
        ~offering(sectors, col(Offer.status).in_(ON_LINE)),
        ~offering(sectors, was_published, col(Offer.updated_at) >= known.quiet_since),
    )


def has_never_posted(sectors: Collection[str]) -> Any:
    """Say whether a company with an agrément has never published an offer in the sectors."""
    return and_(approved(sectors, IS_GRANTED), ~offering(sectors, col(Offer.published_at).is_not(None)))


def has_unused_approval(sectors: Collection[str], known: Bounds) -> Any:
    """Say whether a company has a new agrément for which it has never published an offer."""
    same = (col(Offer.establishment_id) == Approval.establishment_id, col(Offer.trade_code) == Approval.trade_code)
    used = exists().where(*same, col(Offer.published_at).is_not(None)).correlate(Approval)
    return approved(sectors, IS_GRANTED, col(Approval.since) >= known.new_since, ~used)


def standing_counts(sectors: Collection[str], known: Bounds) -> Any:
    """Select how many companies with an agrément have gone quiet, and how many have never published: one look at all.

    They are those that `has_gone_quiet` and `has_never_posted` list.
    """
    approved_ones = _with_approval(sectors, IS_GRANTED).distinct().subquery()
    published, on_line = col(Offer.published_at).is_not(None), col(Offer.status).in_(ON_LINE)
    lately = and_(published, col(Offer.updated_at) >= known.quiet_since)
    flags = (published.label("published"), on_line.label("on_line"), lately.label("lately"))
    offers: Any = select(Offer.company_id, *[func.max(case((each, 1), else_=0)).label(each.name) for each in flags])
    theirs = offers.where(col(Offer.sector_code).in_(sectors)).group_by(col(Offer.company_id)).subquery()
    ever = func.coalesce(theirs.c.published, 0)
    is_quiet = and_(ever == 1, theirs.c.on_line == 0, theirs.c.lately == 0)
    counted: Any = select(func.sum(case((is_quiet, 1), else_=0)), func.sum(case((ever == 0, 1), else_=0)))
    joined = approved_ones.outerjoin(theirs, theirs.c.company_id == approved_ones.c.company_id)
    return counted.select_from(joined)


def is_to_call(sectors: Collection[str], known: Bounds) -> Any:
    """Say whether the coaches of the sectors meant to speak with a company today or before."""
    due = (col(CompanyFollowUp.company_id) == Company.id, col(CompanyFollowUp.sector_code).in_(sectors))
    return exists().where(*due, col(CompanyFollowUp.due_on) <= known.today).correlate(Company)


def was_written_to(sectors: Collection[str], known: Bounds) -> Any:
    """Say whether a coach of the sectors wrote to a company, among several, so lately that the next message waits."""
    sent = (col(CompanyContact.company_id) == Company.id, col(CompanyContact.sector_code).in_(sectors))
    lately = (col(CompanyContact.kind) == ContactKind.MESSAGE, col(CompanyContact.at) > known.written_since)
    return exists().where(*sent, *lately).correlate(Company)


def _with_approval(sectors: Collection[str], *which: Any) -> Any:
    """Select the companies of such agréments in the sectors, one row an agrément."""
    found: Any = select(Establishment.company_id).join(Approval, col(Approval.establishment_id) == Establishment.id)
    mine = col(Approval.trade_code).in_(select(Trade.code).where(col(Trade.sector_code).in_(sectors)))
    return found.where(mine, *which)
