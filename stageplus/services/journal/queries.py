"""What OFFA reads in the journal."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.models import JournalEntry, Person
from stageplus.services.journal.schemas import DeedPage, DeedRow, DeedSearch
from stageplus.services.journal.wording import BY_ROLE, DEEDS, shown_detail
from stageplus.services.names import person_has_word
from stageplus.services.paging import page_of
from stageplus.texts import _, ngettext
from stageplus.texts.formats import BRUSSELS, moment_words, number


def deeds(actor: Actor | None, search: DeedSearch, *, now: datetime, on: Engine | None = None) -> DeedPage:
    """List one page of what was done to anybody's access or rights, the latest first; for OFFA alone."""
    actor = require(actor, Permission.JOURNAL_READ)
    with reading(on) as session:
        found = page_of(session, _wanted(search).order_by(col(JournalEntry.id).desc()), search.page)
        rows = _rows(session, found.ids)
    return DeedPage(
        rows=[rows[each] for each in found.ids],
        found_words=ngettext("{n} geste", "{n} gestes", found.total).format(n=number(found.total)),
        page=found.page,
        pages=found.pages,
        actions=sorted(DEEDS.items(), key=lambda deed: deed[1]),
    )


def deeds_about(session: Session, person_id: int) -> list[dict[str, str]]:
    """List what was done to somebody's access or rights, for themselves; of who did it, the role and never the name."""
    by = aliased(Person)
    wanted = select(JournalEntry, by.role).join(by, col(JournalEntry.actor_id) == by.id, isouter=True)
    wanted = wanted.where(JournalEntry.subject_id == person_id).order_by(col(JournalEntry.id))
    return [
        _own_deed(entry) | {"par": _role(entry, role, person_id), "precision": shown_detail(entry.action, entry.detail)}
        for entry, role in session.execute(wanted).all()
    ]


def deeds_by(session: Session, person_id: int) -> list[dict[str, str]]:
    """List what somebody did, for themselves; nobody else is named."""
    wanted = select(JournalEntry).where(JournalEntry.actor_id == person_id).order_by(col(JournalEntry.id))
    return [_own_deed(entry) for entry in session.exec(wanted)]


def _own_deed(entry: JournalEntry) -> dict[str, str]:
    moment = entry.at.astimezone(BRUSSELS).isoformat(timespec="seconds")
    return {"le": moment, "geste": DEEDS.get(entry.action, _("Autre geste"))}


def _role(entry: JournalEntry, role: Role | None, person_id: int) -> str:
    if entry.actor_id == person_id:
        return _("la personne elle-même")
    return BY_ROLE[role] if role else _("Stage+, automatiquement")


def _wanted(search: DeedSearch) -> Any:
    wanted = select(JournalEntry.id).where(*[_says(word) for word in search.text.split()])
    if search.action:
        wanted = wanted.where(JournalEntry.action == search.action)
    if search.since:
        wanted = wanted.where(col(JournalEntry.at) >= _start_of(search.since))
    if search.until and search.until < date.max:
        wanted = wanted.where(col(JournalEntry.at) < _start_of(search.until + timedelta(days=1)))
    if search.person:
        whoever = or_(JournalEntry.actor_id == search.person, JournalEntry.subject_id == search.person)
        wanted = wanted.where(whoever)
    return wanted


def _says(word: str) -> Any:
    theirs = select(Person.id).where(person_has_word(word))
    return or_(
        col(JournalEntry.actor_id).in_(theirs),
        col(JournalEntry.subject_id).in_(theirs),
        col(JournalEntry.detail).icontains(word, autoescape=True),
    )


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, BRUSSELS)


def _rows(session: Session, ids: list[int]) -> dict[int, DeedRow]:
    by, about = aliased(Person), aliased(Person)
    entries = select(JournalEntry, by, about).join(by, col(JournalEntry.actor_id) == by.id, isouter=True)
    entries = entries.join(about, col(JournalEntry.subject_id) == about.id, isouter=True)
    found = session.execute(entries.where(col(JournalEntry.id).in_(ids))).all()
    return {entry.id: _row(entry, who, whom) for entry, who, whom in found}


def _row(entry: JournalEntry, by: Person | None, about: Person | None) -> DeedRow:
    return DeedRow(
        when=moment_words(entry.at),
        what=DEEDS.get(entry.action, _("Autre geste")),
        by=_name(by),
        about=_name(about),
        about_id=about.id or 0 if about else 0,
        detail=shown_detail(entry.action, entry.detail),
    )


def _name(person: Person | None) -> str:
    return f"{person.first_name} {person.last_name}" if person else ""
