"""Use cases of CVs: add one to a draft, remove it, examine those that wait; they go with what they belong to."""

from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.documents import DocumentState, Flaw
from stageplus.domain.errors import AlreadyDone, NotFound
from stageplus.domain.refusals import AlreadyApplied
from stageplus.models import Application, Document, Offer
from stageplus.services.documents import letters
from stageplus.services.documents.antivirus import Clamd, NoVerdict, configured_antivirus
from stageplus.services.documents.queries import MEGABYTE, line_of, unsent_of
from stageplus.services.documents.rewriter import refused, rewrite
from stageplus.services.documents.schemas import OF_DRAFT, DocumentLine
from stageplus.services.documents.sealing import sealed, unsealed
from stageplus.services.erasure.queries import old_documents
from stageplus.services.notifications.live import tell
from stageplus.services.registers.queries import parameter_in_force
from stageplus.services.throttle import Limit, throttle
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

UPLOADS = Limit("cv", times=30, minutes=60)
A_TURN = 20


def add_document(
    actor: Actor | None, offer_id: int, content: bytes, *, now: datetime, on: Engine | None = None
) -> DocumentLine:
    """Add a CV to one's draft for an offer, in place of the one that was there.

    It is rewritten first, and waits to be examined where there is an antivirus. Raises `InvalidInput` for a file that
    cannot be a CV, `NotFound` for an offer that was never published, `AlreadyApplied` once the application has left,
    `TooManyTries` beyond thirty files an hour.
    """
    actor = require(actor, Permission.APPLICATION_SEND)
    throttle().admit(UPLOADS, f"{actor.person_id}")
    learner_id = actor.learner_id or 0
    with reading(on) as session:
        _check_offer(session, learner_id, offer_id)
        most = int(parameter_in_force(session, "cv_most_megabytes", day_in_brussels(now)))
    if len(content) > most * MEGABYTE:
        raise refused(Flaw.TOO_HEAVY, most)
    written = rewrite(content)
    document = Document(
        learner_id=learner_id,
        offer_id=offer_id,
        kind=written.kind,
        state=DocumentState.WAITING if configured_antivirus() else DocumentState.CLEAN,
        size=len(written.content),
        sealed=sealed(written.content, learner_id),
        added_at=now,
    )
    try:
        with transaction(on) as session:
            _drop(session, learner_id, offer_id)
            session.add(document)
            session.flush()
            tell(session, f"learner:{learner_id}")
            return line_of(f"{OF_DRAFT}/{offer_id}", document.kind, document.state, document.size)
    except IntegrityError:  # two files at the same moment: the other one is there
        raise AlreadyDone from None


def drop_document(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> DocumentLine:
    """Remove the CV of one's own draft before it is sent; without one, nothing changes."""
    actor = require(actor, Permission.APPLICATION_SEND)
    with transaction(on) as session:
        _drop(session, actor.learner_id or 0, offer_id)
        tell(session, f"learner:{actor.learner_id}")
        return DocumentLine()


def attach_document(session: Session, learner_id: int, offer_id: int, application_id: int) -> None:
    """Send the CV of a draft with its application; an infected one stays behind and goes."""
    mine = unsent_of(learner_id, offer_id)
    session.exec(delete(Document).where(mine, col(Document.state) == DocumentState.INFECTED))
    session.exec(update(Document).where(mine).values(application_id=application_id))


def remove_document(session: Session, application_id: int) -> None:
    """Remove the CV of an application that was withdrawn: nobody opens it any more."""
    session.exec(delete(Document).where(col(Document.application_id) == application_id))


def examine_documents(*, now: datetime, on: Engine | None = None) -> int | str:
    """Have the antivirus examine the CVs that wait, and say how many; an infected one is thrown away at once.

    Its learner is told, its company never knows. Where no antivirus is configured any more, those that wait are let
    through, rewritten as they are.
    """
    with reading(on) as session:
        waiting = session.exec(
            select(Document.id).where(Document.state == DocumentState.WAITING).order_by(col(Document.id)).limit(A_TURN)
        ).all()
    antivirus = configured_antivirus()
    try:
        return sum(_examine(document_id or 0, antivirus, now, on) for document_id in waiting)
    except NoVerdict:
        return _("antivirus injoignable")


def forget_documents(*, now: datetime, on: Engine | None = None) -> int:
    """Erase the CVs that nobody needs: of drafts left alone, and of applications over for the months in force."""
    with transaction(on) as session:
        return session.exec(delete(Document).where(old_documents(session, now))).rowcount


def _check_offer(session: Session, learner_id: int, offer_id: int) -> None:
    offer = session.get(Offer, offer_id)
    if offer is None or offer.published_at is None:
        raise NotFound
    gone = (ApplicationStatus.WITHDRAWN, ApplicationStatus.LAPSED)
    mine = select(Application.id).where(Application.offer_id == offer_id, Application.learner_id == learner_id)
    if session.exec(mine.where(col(Application.status).not_in(gone))).first() is not None:
        raise AlreadyApplied


def _drop(session: Session, learner_id: int, offer_id: int) -> None:
    session.exec(delete(Document).where(unsent_of(learner_id, offer_id)))


def _examine(document_id: int, antivirus: Clamd | None, now: datetime, on: Engine | None) -> int:
    """Examine one outside any transaction: the daemon takes its time, and the database waits for nobody."""
    with reading(on) as session:
        found = session.get(Document, document_id)
    content = unsealed(found.sealed, found.learner_id) if found else None
    if found is None or content is None:
        return 0
    infected = antivirus is not None and antivirus.is_infected(content)
    verdict = {"state": DocumentState.INFECTED, "sealed": b""} if infected else {"state": DocumentState.CLEAN}
    with transaction(on) as session:
        # The very file: an identifier may be used again as soon as its row is gone.
        still = update(Document).where(col(Document.id) == document_id, col(Document.sealed) == found.sealed)
        still = still.where(col(Document.state) == DocumentState.WAITING)
        done = session.exec(still.values(examined_at=now if antivirus else None, **verdict)).rowcount
        if done:
            _tell(session, document_id, infected, now)
    return done


def _tell(session: Session, document_id: int, infected: bool, now: datetime) -> None:
    document = session.get_one(Document, document_id)
    offer = session.get_one(Offer, document.offer_id)
    tell(session, f"learner:{document.learner_id}", f"company:{offer.company_id}")
    if infected:
        letters.infected(session, document, now)
