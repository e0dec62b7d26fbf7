"""What OFFA reads about the people it lets in."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.errors import NotFound
from stageplus.models import LinkPurpose, Person, StaffInvitation
from stageplus.services.accounts.queries import person_with_email
from stageplus.services.inputs import identifier
from stageplus.services.links.queries import fresh_link
from stageplus.services.paging import page_of
from stageplus.services.people.mandates import (
    charge_of,
    invited_sectors,
    invited_with,
    mandate_of,
    place_choices,
    sector_choices,
    words_of,
)
from stageplus.services.people.reach import person_rows, wanted_people
from stageplus.services.people.schemas import (
    INVITED,
    InvitationPage,
    InvitationRow,
    InvitationSearch,
    Invited,
    PeoplePage,
    PeopleSearch,
    PersonDetail,
)
from stageplus.services.people.wording import charge_words
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, number, short_date


def open_invitations() -> Any:
    """Select the invitations that nobody has used or withdrawn, also those whose time is over."""
    unused = select(StaffInvitation).where(col(StaffInvitation.accepted_at).is_(None))
    return unused.where(col(StaffInvitation.withdrawn_at).is_(None))


def invitations(
    actor: Actor | None, search: InvitationSearch, *, now: datetime, on: Engine | None = None
) -> InvitationPage:
    """List one page of the invitations that wait, the latest first, and what can be chosen for the next one."""
    actor = require(actor, Permission.PEOPLE_MANAGE)
    with reading(on) as session:
        latest = open_invitations().with_only_columns(StaffInvitation.id)
        latest = latest.order_by(col(StaffInvitation.sent_at).desc(), col(StaffInvitation.id).desc())
        found = page_of(session, latest, search.page)
        rows = _rows(session, found.ids, now)
        return InvitationPage(
            rows=[rows[each] for each in found.ids],
            found_words=_found_words(found.total),
            page=found.page,
            pages=found.pages,
            places=place_choices(session) if search.role is Role.OPERATOR else [],
            sectors=sector_choices(session) if search.role is Role.COACH else [],
        )


def people(actor: Actor | None, search: PeopleSearch, *, now: datetime, on: Engine | None = None) -> PeoplePage:
    """List one page of everybody with an account, by name."""
    actor = require(actor, Permission.PEOPLE_MANAGE)
    with reading(on) as session:
        ordered = wanted_people(session, search).order_by(col(Person.plain_name), col(Person.id))
        found = page_of(session, ordered, search.page)
        rows = person_rows(session, found.ids)
    words = ngettext("{n} compte", "{n} comptes", found.total).format(n=number(found.total))
    return PeoplePage([rows[each] for each in found.ids], words, found.page, found.pages)


def person_detail(actor: Actor | None, person_id: int, *, now: datetime, on: Engine | None = None) -> PersonDetail:
    """Show somebody's account to OFFA; raises `NotFound`."""
    actor = require(actor, Permission.PEOPLE_MANAGE)
    with reading(on) as session:
        person = session.get(Person, person_id)
        if person is None:
            raise NotFound
        mandate = mandate_of(session, person)
        parts = [str(part) for part in (mandate.operator_id, mandate.implantation_id) if part]
        return PersonDetail(
            row=person_rows(session, [person_id])[person_id],
            kind=person.role.value,
            charge=words_of(session, person.role, mandate) if person.role in INVITED else "",
            since=short_date(day_in_brussels(person.created_at)),
            place=":".join(parts),
            chosen=list(mandate.sectors),
            places=place_choices(session) if person.role is Role.OPERATOR else [],
            sectors=sector_choices(session) if person.role is Role.COACH else [],
            is_me=person_id == actor.person_id,
        )


def look_at_invitation(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> Invited:
    """Say, to whoever holds the link of an invitation, what it is for; looking changes nothing."""
    with reading(on) as session:
        link = fresh_link(session, token, LinkPurpose.INVITATION, now)
        invited = session.get(StaffInvitation, identifier(link.subject)) if link else None
        if invited is None:
            return Invited()
        taken = person_with_email(session, invited.email) is not None
        return Invited(invited.email, charge_of(session, invited), taken=taken)


def _rows(session: Session, ids: list[int], now: datetime) -> dict[int, InvitationRow]:
    shown = invited_with().add_columns(Person).join(Person, StaffInvitation.invited_by == Person.id, isouter=True)
    sectors = invited_sectors(session, ids)
    found = session.execute(shown.where(col(StaffInvitation.id).in_(ids))).all()
    return {
        invited.id: _row(invited, charge_words(invited.role, house or "", part or "", sectors[invited.id]), by, now)
        for invited, house, part, by in found
    }


def _row(invited: StaffInvitation, charge: str, by: Person | None, now: datetime) -> InvitationRow:
    return InvitationRow(
        invitation_id=invited.id or 0,
        email=invited.email,
        charge=charge,
        by=f"{by.first_name} {by.last_name}" if by else "",
        sent=short_date(day_in_brussels(invited.sent_at)),
        until=short_date(day_in_brussels(invited.expires_at)),
        expired=invited.expires_at <= now,
    )


def _found_words(total: int) -> str:
    if not total:
        return _("Aucune invitation en attente")
    return ngettext("{n} invitation en attente", "{n} invitations en attente", total).format(n=number(total))
