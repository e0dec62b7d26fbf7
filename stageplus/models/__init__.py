"""Database tables, one module per aggregate."""

from stageplus.domain.approvals import ApprovalState
from stageplus.domain.links import LinkPurpose
from stageplus.models.accounts import (
    CoachMandate,
    CompanyMember,
    Learner,
    MemberEstablishment,
    OperatorMember,
    Person,
    SignInSession,
)
from stageplus.models.applications import Application, ApplicationChange, Introduction
from stageplus.models.claims import CompanyClaim, CompanyInvitation, InvitationEstablishment
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
from stageplus.models.registers import (
    Approval,
    ApprovalChange,
    ApprovalRecord,
    Company,
    Establishment,
    Operator,
    OperatorKind,
    TutorLimit,
)

__all__ = [
    "Application",
    "ApplicationChange",
    "Approval",
    "ApprovalChange",
    "ApprovalRecord",
    "ApprovalState",
    "Basin",
    "CoachMandate",
    "Company",
    "CompanyClaim",
    "CompanyInvitation",
    "CompanyMember",
    "Establishment",
    "Introduction",
    "InvitationEstablishment",
    "JobLease",
    "JointCommittee",
    "JournalEntry",
    "Learner",
    "LinkPurpose",
    "MemberEstablishment",
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
    "TutorLimit",
]
