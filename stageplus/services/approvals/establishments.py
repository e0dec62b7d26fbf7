"""Finds the establishment that a decision is about, or writes it down when nobody has seen it before."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from sqlmodel import Session, col, select

from stageplus.domain.errors import InvalidInput
from stageplus.models import Company, Establishment, Place
from stageplus.services.approvals.schemas import ApprovalInput
from stageplus.services.registers.queries import former_numbers
from stageplus.texts import _

OF_ANOTHER = _("Cette unité d’établissement est connue pour une autre entreprise.")
Houses = dict[str, tuple[Establishment, str]]
"""Establishments by their number, each with the number of its enterprise."""
AT_ONCE = 400
"""How much is asked for in one statement."""
Each = TypeVar("Each")


def with_present_number(data: ApprovalInput, former: Mapping[str, str]) -> ApprovalInput:
    """Replace the number of a company that was joined to another by the one that it has now."""
    number = former.get(data.enterprise_number)
    return data.model_copy(update={"enterprise_number": number}) if number else data


def establishment_for(session: Session, data: ApprovalInput) -> Establishment:
    """Return the establishment of these numbers, new or known; a known one keeps its name and address.

    Raises `InvalidInput` when the establishment belongs to another enterprise, or the postal code does not exist.
    """
    present = with_present_number(data, former_numbers(session))
    return fitting(houses_of(session, [present]), present)


def houses_of(session: Session, wanted: Sequence[ApprovalInput]) -> Houses:
    """Return the establishments of many decisions at once, and write down those that nobody has seen before.

    Raises `InvalidInput` for a postal code that does not exist.
    """
    houses = known_houses(session, [data.establishment_number for data in wanted])
    new = {data.establishment_number: data for data in wanted if data.establishment_number not in houses}
    companies = _companies(session, list(new.values()))
    towns = {code: town_of(session, code) for code in {data.postal_code for data in new.values()}}
    made = [_new(data, companies[data.enterprise_number], towns[data.postal_code]) for data in new.values()]
    session.add_all(made)
    session.flush()
    numbers = [data.enterprise_number for data in new.values()]
    return houses | {house.number: (house, number) for house, number in zip(made, numbers, strict=True)}


def known_houses(session: Session, numbers: Sequence[str]) -> Houses:
    """Return the establishments of these numbers that somebody has written down already."""
    houses: Houses = {}
    for some in portions(numbers):
        wanted = select(Establishment, Company.enterprise_number).join(Company)
        found = session.exec(wanted.where(col(Establishment.number).in_(some)))
        houses |= {house.number: (house, number) for house, number in found}
    return houses


def fitting(houses: Houses, data: ApprovalInput) -> Establishment:
    """Return the establishment of a decision, with the workers that it tells; `InvalidInput` for another's."""
    found, enterprise_number = houses[data.establishment_number]
    if enterprise_number != data.enterprise_number:
        raise InvalidInput({"establishment_number": OF_ANOTHER})
    if data.workers and data.workers != found.workers:
        found.workers = data.workers
    return found


def town_of(session: Session, postal_code: str) -> str | None:
    """Return the INS code of the municipality of a postal code; where two share it, the first by name of locality."""
    places = select(Place.municipality_ins).where(Place.postal_code == postal_code)
    return session.exec(places.order_by(Place.locality).limit(1)).first()


def _new(data: ApprovalInput, company: Company, town: str | None) -> Establishment:
    if town is None:
        raise InvalidInput({"postal_code": _("Ce code postal n’existe pas en Belgique.")})
    return Establishment(
        company_id=company.id or 0,
        number=data.establishment_number,
        name=data.establishment or data.company,
        postal_code=data.postal_code,
        municipality_ins=town,
        workers=data.workers,
    )


def _companies(session: Session, wanted: Sequence[ApprovalInput]) -> dict[str, Company]:
    known: dict[str, Company] = {}
    for some in portions([data.enterprise_number for data in wanted]):
        found = session.exec(select(Company).where(col(Company.enterprise_number).in_(some)))
        known |= {company.enterprise_number: company for company in found}
    made: dict[str, Company] = {}
    for data in wanted:
        if data.enterprise_number not in known:
            new = Company(enterprise_number=data.enterprise_number, name=data.company)
            made.setdefault(data.enterprise_number, new)
    session.add_all(made.values())
    session.flush()
    return known | made


def portions(wanted: Sequence[Each]) -> Iterator[list[Each]]:
    """Cut what is asked for into portions that one statement takes, each of them once."""
    distinct = list(dict.fromkeys(wanted))
    return (distinct[start : start + AT_ONCE] for start in range(0, len(distinct), AT_ONCE))
