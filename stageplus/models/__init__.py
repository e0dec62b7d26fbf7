"""Database tables, one module per aggregate."""

from stageplus.domain.links import LinkPurpose
from stageplus.models.accounts import CoachMandate, CompanyMember, Learner, OperatorMember, Person, SignInSession
from stageplus.models.applications import Application, ApplicationChange, Introduction
from stageplus.models.identification import (
    JournalEntry,
    Passkey,
    RecoveryCode,
    SingleUseLink,
    TotpSecret,
)
from stageplus.models.notifications import JobLease, OutboxMessage
from stageplus.models.offers import Offer, OfferChange, OfferWord
from stageplus.models.reference import (
    Basin,
    JointCommittee,
    Municipality,
    Parameter,
    Place,
    PlaceName,
    Scheme,
    Sector,
    Trade,
    TradeWord,
)
from stageplus.models.registers import Approval, ApprovalState, Company, Establishment, Operator, OperatorKind

__all__ = [
    "Application",
    "ApplicationChange",
    "Approval",
    "ApprovalState",
    "Basin",
    "CoachMandate",
    "Company",
    "CompanyMember",
    "Establishment",
    "Introduction",
    "JobLease",
    "JointCommittee",
    "JournalEntry",
    "Learner",
    "LinkPurpose",
    "Municipality",
    "Offer",
    "OfferChange",
    "OfferWord",
    "Operator",
    "OperatorKind",
    "OperatorMember",
    "OutboxMessage",
    "Parameter",
    "Passkey",
    "Person",
    "Place",
    "PlaceName",
    "RecoveryCode",
    "Scheme",
    "Sector",
    "SignInSession",
    "SingleUseLink",
    "TotpSecret",
    "Trade",
    "TradeWord",
]
