"""Who reads what a coach writes to companies: those who act there for the sector, with an account and an address."""

from collections.abc import Collection
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from stageplus.models import (
    Approval,
    ApprovalState,
    CompanyMember,
    Establishment,
    MemberEstablishment,
    Person,
    Trade,
)


def somebody_reads(company_id: Any, sector: str) -> Any:
    """Return the condition under which somebody of a company, given as a column, reads messages about a sector."""
    return _acting(select(CompanyMember.person_id), sector).where(CompanyMember.company_id == company_id).exists()


def readers_of(session: Session, companies: Collection[int], sector: str) -> dict[int, list[tuple[int, str]]]:
    """List who reads messages to some companies about a sector, by number and address."""
    acting = _acting(select(CompanyMember.company_id, Person.id, Person.email), sector)
    acting = acting.where(col(CompanyMember.company_id).in_(companies)).order_by(col(Person.id))
    found: dict[int, list[tuple[int, str]]] = {}
    for company_id, person_id, email in session.execute(acting):
        found.setdefault(company_id, []).append((person_id, email))
    return found


def _acting(read: Any, sector: str) -> Any:
    named = select(MemberEstablishment.person_id).join(
        Establishment, col(Establishment.id) == MemberEstablishment.establishment_id
    )
    named = named.join(Approval, col(Approval.establishment_id) == Establishment.id)
    named = named.join(Trade, col(Trade.code) == Approval.trade_code)
    named = named.where(
        col(MemberEstablishment.person_id) == CompanyMember.person_id,
        col(MemberEstablishment.company_id) == CompanyMember.company_id,
        col(Trade.sector_code) == sector,
        col(Approval.state) != ApprovalState.REQUESTED,
    )
    is_open = and_(col(Person.suspended_at).is_(None), col(Person.unreachable_since).is_(None))
    here = or_(col(CompanyMember.everywhere), named.correlate(CompanyMember).exists())
    return read.join(Person, col(Person.id) == CompanyMember.person_id).where(is_open, here)
