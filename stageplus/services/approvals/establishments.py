"""Finds the establishment that a decision is about, or writes it down when nobody has seen it before."""

from sqlmodel import Session, select

from stageplus.domain.errors import InvalidInput
from stageplus.models import Company, Establishment, Place
from stageplus.services.approvals.schemas import ApprovalInput
from stageplus.texts import _


def establishment_for(session: Session, data: ApprovalInput) -> Establishment:
    """Return the establishment of these numbers, new or known; a known one keeps its name and address.

    Raises `InvalidInput` when the establishment belongs to another enterprise, or the postal code does not exist.
    """
    found = session.exec(select(Establishment).where(Establishment.number == data.establishment_number)).first()
    company = session.exec(select(Company).where(Company.enterprise_number == data.enterprise_number)).first()
    if found is None:
        return _new(session, data, company or _new_company(session, data))
    if company is None or found.company_id != company.id:
        raise InvalidInput(
            {"establishment_number": _("Cette unité d’établissement est connue pour une autre entreprise.")}
        )
    if data.workers and data.workers != found.workers:
        found.workers = data.workers
        session.add(found)
    return found


def town_of(session: Session, postal_code: str) -> str | None:
    """Return the INS code of the municipality of a postal code; where two share it, the first by name of locality."""
    places = select(Place.municipality_ins).where(Place.postal_code == postal_code)
    return session.exec(places.order_by(Place.locality).limit(1)).first()


def _new(session: Session, data: ApprovalInput, company: Company) -> Establishment:
    town = town_of(session, data.postal_code)
    if town is None:
        raise InvalidInput({"postal_code": _("Ce code postal n’existe pas en Belgique.")})
    establishment = Establishment(
        company_id=company.id or 0,
        number=data.establishment_number,
        name=data.establishment or data.company,
        postal_code=data.postal_code,
        municipality_ins=town,
        workers=data.workers,
    )
    session.add(establishment)
    session.flush()
    return establishment


def _new_company(session: Session, data: ApprovalInput) -> Company:
    company = Company(enterprise_number=data.enterprise_number, name=data.company)
    session.add(company)
    session.flush()
    return company
