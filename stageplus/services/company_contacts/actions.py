"""Use cases of a coach who is in touch with a company: note a contact, erase one's own, plan the next one."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import InvalidInput, NotFound
from stageplus.models import Company, CompanyContact, CompanyFollowUp
from stageplus.services.coaching.queries import company_followed
from stageplus.services.company_contacts.queries import book_in
from stageplus.services.company_contacts.schemas import BY_HAND, ContactBook, ContactInput, PlanInput
from stageplus.services.notifications.live import tell
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels


def note_contact(
    actor: Actor | None, company_id: int, data: ContactInput, *, now: datetime, on: Engine | None = None
) -> ContactBook:
    """Note a call, a visit, a mail or a note about a company, for all coaches of one of its sectors.

    A contact settles a follow-up that is due, and leaves a later one; a day given with it takes its place. Raises
    `InvalidInput` for a contact to come, a follow-up that is over or a sector that is not chosen, `NotFound` for a
    company of no sector of the coach.
    """
    actor, today = require(actor, Permission.COMPANY_FOLLOW), day_in_brussels(now)
    on_day = data.on_day or today
    if on_day > today:
        raise InvalidInput({"on_day": _("Cette date n’est pas encore passée. Pour plus tard, planifiez un rappel.")})
    _check_day(data.next_on, today)
    with transaction(on) as session:
        sector = _sector_of(session, actor, company_id, data.sector)
        about: dict[str, Any] = {"company_id": company_id, "sector_code": sector, "person_id": actor.person_id}
        session.add(CompanyContact(kind=data.kind, words=data.words, on_day=on_day, at=now, **about))
        settles = data.kind.is_contact and (planned := _planned(session, company_id, sector)) and planned <= today
        if data.next_on or settles:
            _plan(session, actor, company_id, sector, data.next_on, now)
        return _told(session, actor, company_id, sector, now)


def erase_contact(
    actor: Actor | None, company_id: int, contact_id: int, *, now: datetime, on: Engine | None = None
) -> ContactBook:
    """Erase what one noted oneself; raises `NotFound` for a colleague's, another company's, or a message sent."""
    actor = require(actor, Permission.COMPANY_FOLLOW)
    with transaction(on) as session:
        company_followed(session, actor, company_id)
        contact = session.get(CompanyContact, contact_id)
        mine = delete(CompanyContact).where(col(CompanyContact.id) == contact_id)
        mine = mine.where(
            col(CompanyContact.company_id) == company_id,
            col(CompanyContact.person_id) == actor.person_id,
            col(CompanyContact.kind).in_(BY_HAND),
        )
        if contact is None or not session.exec(mine).rowcount:
            raise NotFound
        return _told(session, actor, company_id, contact.sector_code, now)


def plan_follow_up(
    actor: Actor | None, company_id: int, data: PlanInput, *, now: datetime, on: Engine | None = None
) -> ContactBook:
    """Say when the coaches of a sector speak with a company again, or that nothing is planned any more.

    Raises `InvalidInput` for a day that is over or a sector that is not chosen, `NotFound` for another's company.
    """
    actor = require(actor, Permission.COMPANY_FOLLOW)
    _check_day(data.next_on, day_in_brussels(now))
    with transaction(on) as session:
        sector = _sector_of(session, actor, company_id, data.sector)
        _plan(session, actor, company_id, sector, data.next_on, now)
        return _told(session, actor, company_id, sector, now)


def _check_day(day: date | None, today: date) -> None:
    if day is not None and day < today:
        raise InvalidInput({"next_on": _("Cette date est déjà passée.")})


def _sector_of(session: Session, actor: Actor, company_id: int, asked: str) -> str:
    """Hold the company, so that two coaches who save at once wait for each other, and find the sector that is meant."""
    codes = [code for code, _name in company_followed(session, actor, company_id)]
    session.exec(select(Company.id).where(Company.id == company_id).with_for_update(key_share=True)).one()
    if asked and asked not in codes:
        raise NotFound
    if not asked and len(codes) > 1:
        raise InvalidInput({"sector": _("Choisissez le secteur dont les coachs liront ceci.")})
    return asked or codes[0]


def _planned(session: Session, company_id: int, sector: str) -> date | None:
    kept = session.get(CompanyFollowUp, (company_id, sector))
    return kept.due_on if kept else None


def _plan(session: Session, actor: Actor, company_id: int, sector: str, day: date | None, now: datetime) -> None:
    kept = session.get(CompanyFollowUp, (company_id, sector))
    if day is None:
        if kept is not None:
            session.delete(kept)
        return
    changed: dict[str, Any] = {"due_on": day, "changed_at": now, "changed_by": actor.person_id}
    kept = kept or CompanyFollowUp(company_id=company_id, sector_code=sector, **changed)
    kept.sqlmodel_update(changed)
    session.add(kept)


def _told(session: Session, actor: Actor, company_id: int, sector: str, now: datetime) -> ContactBook:
    session.flush()
    tell(session, f"sector:{sector}")
    return book_in(session, actor, company_id, now)
