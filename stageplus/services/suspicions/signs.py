"""Counts, by account, each kind of fact that makes OFFA look: one statement a kind."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from stageplus.domain.claims import ClaimState
from stageplus.domain.moderation import Standing
from stageplus.domain.suspicions import Sign
from stageplus.models import (
    CompanyClaim,
    CompanyMember,
    JournalEntry,
    Learner,
    Message,
    MessageReport,
    ModerationCase,
    Offer,
    OfferFlag,
    Person,
)

RESETS = ("password.reset", "factor.reset")


def signs_since(session: Session, since: datetime) -> Mapping[int, dict[Sign, int]]:
    """Count every kind of fact since a moment for every account that has one; suspended accounts are left out."""
    found: dict[int, dict[Sign, int]] = defaultdict(dict)
    for sign, statement in _statements(since).items():
        for person_id, count in session.execute(statement):
            found[person_id][sign] = count
    suspended = select(Person.id).where(col(Person.id).in_(list(found)), col(Person.suspended_at).is_not(None))
    for person_id in session.exec(suspended):
        found.pop(person_id or 0)
    return found


def _statements(since: datetime) -> dict[Sign, Any]:
    of_offers = col(CompanyMember.company_id) == Offer.company_id
    taken_off = (col(ModerationCase.standing) == Standing.TAKEN_OFF) & (col(ModerationCase.changed_at) >= since)
    left = (col(ModerationCase.standing) == Standing.ONLINE) & (col(OfferFlag.settled_at) >= since)
    refused = col(CompanyClaim.state).in_([ClaimState.REFUSED, ClaimState.CLOSED])
    wanted: dict[Sign, Any] = {
        Sign.HIDDEN: _by(Message.person_id).where(col(Message.hidden_at) >= since),
        Sign.REPORTED: _by(Message.person_id)
        .join(MessageReport, col(MessageReport.message_id) == Message.id)
        .where(col(MessageReport.at) >= since),
        Sign.TAKEN_OFF: _by(CompanyMember.person_id)
        .join(Offer, of_offers)
        .join(ModerationCase, col(ModerationCase.offer_id) == Offer.id)
        .where(taken_off),
        Sign.FLAGGED: _by(CompanyMember.person_id)
        .join(Offer, of_offers)
        .join(OfferFlag, col(OfferFlag.offer_id) == Offer.id)
        .where(col(OfferFlag.at) >= since),
        Sign.FALSE_ALARM: _by(Learner.person_id)
        .join(OfferFlag, col(OfferFlag.learner_id) == Learner.id)
        .join(ModerationCase, col(ModerationCase.offer_id) == OfferFlag.offer_id)
        .where(left),
        Sign.REFUSED: _by(CompanyClaim.person_id).where(refused, col(CompanyClaim.decided_at) >= since),
        Sign.RESET: _by(JournalEntry.subject_id).where(
            col(JournalEntry.action).in_(RESETS), col(JournalEntry.at) >= since
        ),
        Sign.BURST: _by(JournalEntry.subject_id).where(
            col(JournalEntry.action) == "sign-in.burst", col(JournalEntry.at) >= since
        ),
        Sign.UNREACHABLE: _by(Person.id).where(col(Person.unreachable_since).is_not(None)),
    }
    return wanted


def _by(person: Any) -> Any:
    return select(person, func.count()).where(col(person).is_not(None)).group_by(person)
