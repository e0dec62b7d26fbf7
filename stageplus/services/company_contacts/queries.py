"""What the coaches of a sector know of their contacts with a company; another sector's coaches read none of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, and_, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.models import Circular, CompanyContact, CompanyFollowUp, Person
from stageplus.services.coaching.queries import company_followed
from stageplus.services.company_contacts.schemas import BY_HAND, KIND_WORDS, ContactBook, ContactRow, Planned
from stageplus.services.paging import cut_words
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, days_ago, long_date, short_date

MOST_CONTACTS = 100


def contact_book(actor: Actor | None, company_id: int, *, now: datetime, on: Engine | None = None) -> ContactBook:
    """Show a coach the contacts with a company in his sectors; raises `NotFound` for any other company."""
    actor = require(actor, Permission.COMPANY_FOLLOW)
    with reading(on) as session:
        return book_in(session, actor, company_id, now)


def book_in(session: Session, actor: Actor, company_id: int, now: datetime) -> ContactBook:
    """Read them, within a session."""
    sectors, today = company_followed(session, actor, company_id), day_in_brussels(now)
    rows = session.execute(_latest(company_id, [code for code, _name in sectors])).all()
    due = select(CompanyFollowUp).where(CompanyFollowUp.company_id == company_id)
    planned = {each.sector_code: each.due_on for each in session.exec(due)}
    names = dict(sectors)
    return ContactBook(
        company_id=company_id,
        today=today.isoformat(),
        sectors=sectors,
        planned=[_planned(code, name, planned.get(code), today) for code, name in sectors],
        contacts=[
            _row(contact, " ".join(filter(None, by)), more or "", names, actor, today)
            for contact, more, _total, *by in rows
        ],
        contacts_cut=cut_words(len(rows), rows[0][2] if rows else 0),
    )


def _latest(company_id: int, sectors: list[str]) -> Any:
    # Whoever wrote it was a coach: no other name can be read here.
    author = and_(col(Person.id) == CompanyContact.person_id, col(Person.role) == Role.COACH)
    read: Any = select(  # type: ignore[call-overload]
        CompanyContact, Circular.words, func.count().over(), Person.first_name, Person.last_name
    )
    read = read.join(Person, author, isouter=True)
    read = read.join(Circular, col(Circular.id) == CompanyContact.circular_id, isouter=True)
    read = read.where(CompanyContact.company_id == company_id, col(CompanyContact.sector_code).in_(sectors))
    return read.order_by(col(CompanyContact.on_day).desc(), col(CompanyContact.id).desc()).limit(MOST_CONTACTS)


def _planned(code: str, name: str, due_on: date | None, today: date) -> Planned:
    if due_on is None:
        return Planned(code, name)
    is_due = due_on <= today
    said = _("À rappeler depuis le {day}") if due_on < today else _("À rappeler le {day}")
    return Planned(code, name, due_on.isoformat(), said.format(day=long_date(due_on)), is_due)


def _row(contact: CompanyContact, by: str, more: str, names: dict[str, str], actor: Actor, today: date) -> ContactRow:
    return ContactRow(
        contact_id=contact.id or 0,
        kind=contact.kind.value,
        kind_words=KIND_WORDS[contact.kind],
        words=contact.words,
        more=more,
        day=f"{short_date(contact.on_day)} ({days_ago(contact.on_day, today)})",
        by=by or _("Un ancien collègue"),
        sector=names[contact.sector_code] if len(names) > 1 else "",
        mine=contact.person_id == actor.person_id and contact.kind in BY_HAND,
    )
