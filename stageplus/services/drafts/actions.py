"""Use cases of drafts: save what a learner types, let go of it."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import NotFound
from stageplus.domain.refusals import AlreadyApplied
from stageplus.models import Application, ApplicationDraft, Learner, Offer
from stageplus.services.drafts.queries import draft_in
from stageplus.services.drafts.schemas import Draft, DraftInput
from stageplus.services.erasure.queries import old_drafts


def save_draft(
    actor: Actor | None, offer_id: int, data: DraftInput, *, now: datetime, on: Engine | None = None
) -> Draft:
    """Save what a learner has typed for an offer, whole, and say what to think of before sending it.

    An empty draft is none. Raises `NotFound` for an unknown offer, `AlreadyApplied` when the application has left
    meanwhile: a saving that waited for the network brings nothing back.
    """
    actor = require(actor, Permission.APPLICATION_SEND)
    learner_id = actor.learner_id or 0
    with transaction(on) as session:
        offer = session.get(Offer, offer_id)
        if offer is None or offer.published_at is None:
            raise NotFound
        hold_learner(session, learner_id)
        if _has_left(session, learner_id, offer_id):
            raise AlreadyApplied
        drop_draft(session, learner_id, offer_id)
        if any(data.model_dump().values()):
            kept = ApplicationDraft(learner_id=learner_id, offer_id=offer_id, saved_at=now, **data.model_dump())
            session.add(kept)
            session.flush()
        return draft_in(session, learner_id, offer_id, now)


def hold_learner(session: Session, learner_id: int) -> Learner:
    """Hold a learner until the transaction ends: savings and sendings of one person follow each other."""
    return session.get_one(Learner, learner_id, with_for_update={"key_share": True})


def drop_draft(session: Session, learner_id: int, offer_id: int) -> None:
    """Let go of a draft that is sent or was emptied."""
    mine = delete(ApplicationDraft).where(col(ApplicationDraft.learner_id) == learner_id)
    session.exec(mine.where(col(ApplicationDraft.offer_id) == offer_id))


def forget_drafts(*, now: datetime, on: Engine | None = None) -> int:
    """Erase the drafts that nobody has touched for the days in force."""
    with transaction(on) as session:
        return session.exec(delete(ApplicationDraft).where(old_drafts(session, now))).rowcount


def _has_left(session: Session, learner_id: int, offer_id: int) -> bool:
    gone = (ApplicationStatus.WITHDRAWN, ApplicationStatus.LAPSED)
    mine = select(Application.id).where(Application.learner_id == learner_id, Application.offer_id == offer_id)
    return session.exec(mine.where(col(Application.status).not_in(gone))).first() is not None
