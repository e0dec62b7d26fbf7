"""What somebody is charged with: read from what OFFA chose, written for whoever joins."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, delete, select

from stageplus.domain.actors import Role
from stageplus.domain.errors import InvalidInput
from stageplus.domain.plain_text import plain
from stageplus.models import (
    CoachMandate,
    Implantation,
    InvitedSector,
    Operator,
    OperatorMember,
    Person,
    Sector,
    StaffInvitation,
)
from stageplus.services.inputs import identifier
from stageplus.services.people.schemas import MandateInput
from stageplus.services.people.wording import charge_words, place_words
from stageplus.texts import _


@dataclass(frozen=True)
class Mandate:
    """An operator, perhaps one implantation of it only, or sectors by their codes; all empty for OFFA."""

    operator_id: int | None = None
    implantation_id: int | None = None
    sectors: tuple[str, ...] = ()


def chosen_mandate(session: Session, role: Role, data: MandateInput) -> Mandate:
    """Return what was chosen for a role; raises `InvalidInput` for an unknown place, or a coach without a sector."""
    if role is Role.OPERATOR:
        return _chosen_place(session, data.place)
    if role is Role.COACH:
        known = session.exec(select(Sector.code).where(col(Sector.code).in_(data.sectors)).order_by(Sector.name)).all()
        if not known:
            raise InvalidInput({"sectors": _("Cochez au moins un secteur.")})
        return Mandate(sectors=tuple(known))
    return Mandate()


def _chosen_place(session: Session, place: str) -> Mandate:
    operator, colon, implantation = place.partition(":")
    found = session.get(Operator, identifier(operator))
    part = session.get(Implantation, identifier(implantation)) if colon else None
    if found is None or (colon and (part is None or part.operator_id != found.id)):
        raise InvalidInput({"place": _("Choisissez un opérateur de la liste.")})
    return Mandate(found.id, part.id if part else None)


def give_mandate(session: Session, person_id: int, mandate: Mandate) -> None:
    """Charge somebody who has no mandate yet."""
    if mandate.operator_id:
        session.add(
            OperatorMember(
                person_id=person_id, operator_id=mandate.operator_id, implantation_id=mandate.implantation_id
            )
        )
    session.add_all(CoachMandate(person_id=person_id, sector_code=code) for code in mandate.sectors)
    session.flush()


def take_mandates(session: Session, person_id: int) -> None:
    """Free somebody of every mandate."""
    session.exec(delete(OperatorMember).where(col(OperatorMember.person_id) == person_id))
    session.exec(delete(CoachMandate).where(col(CoachMandate.person_id) == person_id))


def mandate_of(session: Session, person: Person) -> Mandate:
    """Return what somebody is charged with."""
    member = session.exec(select(OperatorMember).where(OperatorMember.person_id == person.id)).first()
    codes = select(CoachMandate.sector_code).where(CoachMandate.person_id == person.id)
    sectors = tuple(session.exec(codes)) if person.role is Role.COACH else ()
    return Mandate(member.operator_id, member.implantation_id, sectors) if member else Mandate(sectors=sectors)


def words_of(session: Session, role: Role, mandate: Mandate) -> str:
    """Say a mandate."""
    operator = session.get(Operator, mandate.operator_id) if mandate.operator_id else None
    part = session.get(Implantation, mandate.implantation_id) if mandate.implantation_id else None
    known = select(Sector.name).where(col(Sector.code).in_(mandate.sectors)).order_by(Sector.name)
    names = session.exec(known).all() if mandate.sectors else []
    return charge_words(role, operator.name if operator else "", part.name if part else "", names)


def place_choices(session: Session) -> list[tuple[str, str]]:
    """List the operators, each followed by its implantations, as the form names them."""
    places = session.exec(select(Operator, Implantation).join(Implantation, isouter=True))
    found: dict[str, str] = {}
    for operator, implantation in sorted(places, key=lambda place: [plain(each.name) for each in place if each]):
        found[str(operator.id)] = operator.name
        if implantation:
            found[f"{operator.id}:{implantation.id}"] = place_words(operator.name, implantation.name)
    return list(found.items())


def sector_choices(session: Session) -> list[tuple[str, str]]:
    """List the sectors by code and name."""
    return sorted(session.exec(select(Sector.code, Sector.name)), key=lambda sector: plain(sector[1]))


def invited_with() -> Any:
    """Select invitations with their operator and implantation."""
    rows = select(StaffInvitation, Operator.name, Implantation.name)
    rows = rows.join(Operator, col(StaffInvitation.operator_id) == Operator.id, isouter=True)
    return rows.join(Implantation, col(StaffInvitation.implantation_id) == Implantation.id, isouter=True)


def invited_sectors(session: Session, invitation_ids: Iterable[int]) -> dict[int, list[str]]:
    """Name the sectors of some invitations."""
    rows = select(InvitedSector.invitation_id, Sector.name).join(Sector)
    found: dict[int, list[str]] = defaultdict(list)
    for invitation_id, name in session.exec(
        rows.where(col(InvitedSector.invitation_id).in_(invitation_ids)).order_by(Sector.name)
    ):
        found[invitation_id].append(name)
    return found


def charge_of(session: Session, invited: StaffInvitation) -> str:
    """Say what an invitation is for."""
    _row, operator, implantation = session.exec(invited_with().where(StaffInvitation.id == invited.id)).one()
    sectors = invited_sectors(session, [invited.id or 0])
    return charge_words(invited.role, operator or "", implantation or "", sectors.get(invited.id or 0, []))
