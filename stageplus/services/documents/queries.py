"""Reads of CVs: their line on a page, and the file itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.documents import DocumentKind, DocumentState
from stageplus.domain.errors import NotFound
from stageplus.domain.plain_text import plain
from stageplus.models import Document, Learner, Person
from stageplus.services.documents.schemas import OF_APPLICATION, DocumentFile, DocumentLine
from stageplus.services.documents.sealing import unsealed
from stageplus.texts import _
from stageplus.texts.formats import number

KILOBYTE, MEGABYTE = 1000, 1_000_000


def draft_file(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> DocumentFile:
    """Open the CV of one's own draft as the company would get it; raises `NotFound` when there is none."""
    actor = require(actor, Permission.APPLICATION_SEND)
    with reading(on) as session:
        return _file(session, unsent_of(actor.learner_id or 0, offer_id))


def file_of_application(session: Session, application_id: int) -> DocumentFile:
    """Open the CV of an application that the caller has found in its actor's scope.

    Raises `NotFound` without one, and while it is being examined: nobody opens what may be infected.
    """
    return _file(session, Document.application_id == application_id)


def kept_files(session: Session, learner_id: int) -> dict[str, bytes]:
    """Open every CV of a learner that is known to be clean, by its name in the file of their own data."""
    clean = select(Document).where(Document.learner_id == learner_id, Document.state == DocumentState.CLEAN)
    found = session.exec(clean.order_by(col(Document.id)))
    opened = {kept_name(each.id or 0, each.kind): unsealed(each.sealed, learner_id) for each in found}
    return {name: content for name, content in opened.items() if content is not None}


def kept_name(number: int, kind: DocumentKind) -> str:
    """Return the name of a CV in the file of its learner's own data."""
    return f"cv/cv-{number}.{kind.value}"


def line_of_application(application_id: int, document: Document | None) -> DocumentLine:
    """Show the CV of an application to its learner."""
    seen = (document.kind, document.state, document.size) if document else (None, None, None)
    return line_of(f"{OF_APPLICATION}/{application_id}", *seen)


def line_for_company(application_id: int, document: Document | None) -> DocumentLine:
    """Show the CV of an application to its company, which learns nothing of an infected one: not even that it was."""
    line = line_of_application(application_id, document)
    return DocumentLine() if line.infected else line


def unsent_of(learner_id: int, offer_id: int) -> Any:
    """Return the condition of the CV of a draft."""
    mine = (col(Document.learner_id) == learner_id) & (col(Document.offer_id) == offer_id)
    return mine & col(Document.application_id).is_(None)


def line_of(href: str, kind: DocumentKind | None, state: DocumentState | None, size: int | None) -> DocumentLine:
    """Show a CV that another statement has read; an empty line when there is none."""
    if kind is None:
        return DocumentLine()
    is_clean = state is DocumentState.CLEAN
    return DocumentLine(
        words=_("{kind}, {size}").format(kind=kind.upper(), size=_size(size or 0)),
        href=href if is_clean else "",
        waits=state is DocumentState.WAITING,
        infected=state is DocumentState.INFECTED,
    )


def _size(size: int) -> str:
    if size < MEGABYTE:
        return _("{n} ko").format(n=number(max(1, round(size / KILOBYTE))))
    return _("{n} Mo").format(n=number(round(size / MEGABYTE, 1)))


def _file(session: Session, which: Any) -> DocumentFile:
    clean = select(Document, Person).join(Learner, col(Learner.id) == Document.learner_id)
    clean = clean.join(Person, col(Person.id) == Learner.person_id)
    found = session.exec(clean.where(which, Document.state == DocumentState.CLEAN)).first()
    if found is None:
        raise NotFound
    document, person = found
    content = unsealed(document.sealed, document.learner_id)
    if content is None:
        raise NotFound
    whose = plain(f"{person.first_name} {person.last_name}").encode("ascii", "ignore").decode().split()
    return DocumentFile(f"{'-'.join(['cv', *whose])}.{document.kind.value}", document.kind, content)
