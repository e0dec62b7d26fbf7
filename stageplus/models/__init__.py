"""Database tables, one module per aggregate."""

from stageplus.models.accounts import CoachMandate, CompanyMember, Learner, OperatorMember, Person, SignInSession
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
    "Approval",
    "ApprovalState",
    "Basin",
    "CoachMandate",
    "Company",
    "CompanyMember",
    "Establishment",
    "JointCommittee",
    "Learner",
    "Municipality",
    "Operator",
    "OperatorKind",
    "OperatorMember",
    "Parameter",
    "Person",
    "Place",
    "PlaceName",
    "Scheme",
    "Sector",
    "SignInSession",
    "Trade",
    "TradeWord",
]
