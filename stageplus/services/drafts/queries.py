"""Reads of drafts, each its learner's own."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import NotFound
from stageplus.domain.titles import place_title
from stageplus.models import ApplicationDraft, Company, Document, Municipality, Offer, Trade
from stageplus.services.documents.queries import line_of, unsent_of
from stageplus.services.documents.schemas import OF_DRAFT
from stageplus.services.drafts.advice import advice_on
from stageplus.services.drafts.schemas import Draft, DraftCard, DraftInput
from stageplus.services.registers.queries import parameters_in_force
from stageplus.texts import _
from stageplus.texts.formats import BRUSSELS, day_in_brussels, hour, short_date


def my_draft(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> Draft:
    """Return what the learner has prepared for an offer, empty at first; raises `NotFound` for an unknown offer."""
    actor = require(actor, Permission.APPLICATION_SEND)
    with reading(on) as session:
        return draft_in(session, actor.learner_id or 0, offer_id, now)


def my_drafts(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> list[DraftCard]:
    """List the learner's drafts, the latest first."""
    actor = require(actor, Permission.APPLICATION_SEND)
    mine = (
        select(ApplicationDraft, Trade, Company, Municipality)
        .join(Offer, col(Offer.id) == ApplicationDraft.offer_id)
        .join(Trade, col(Trade.code) == Offer.trade_code)
        .join(Company, col(Company.id) == Offer.company_id)
        .join(Municipality, col(Municipality.ins) == Offer.municipality_ins)
        .where(ApplicationDraft.learner_id == actor.learner_id)
        .order_by(col(ApplicationDraft.saved_at).desc())
    )
    with reading(on) as session:
        return [
            DraftCard(
                offer_id=draft.offer_id,
                title=place_title(trade.name_f, trade.name_m),
                company=company.name,
                municipality=municipality.name,
                saved=saved_words(draft.saved_at, now),
            )
            for draft, trade, company, municipality in session.exec(mine)
        ]


def draft_in(session: Session, learner_id: int, offer_id: int, now: datetime) -> Draft:
    """Build the draft of an offer within a session; raises `NotFound` for an offer that was never published."""
    wanted = select(Offer, ApplicationDraft, Document.kind, Document.state, Document.size)  # type: ignore[call-overload]
    mine = (col(ApplicationDraft.offer_id) == Offer.id) & (col(ApplicationDraft.learner_id) == learner_id)
    wanted = wanted.join(ApplicationDraft, mine, isouter=True)
    wanted = wanted.join(Document, unsent_of(learner_id, offer_id), isouter=True)
    found = session.exec(wanted.where(Offer.id == offer_id, col(Offer.published_at).is_not(None))).first()
    if found is None:
        raise NotFound
    offer, kept, *cv = found
    known = parameters_in_force(session, day_in_brussels(now))
    typed = DraftInput.model_construct(**{name: getattr(kept, name) for name in DraftInput.model_fields if kept})
    return Draft(
        **typed.model_dump(),
        saved=saved_words(kept.saved_at, now) if kept else "",
        cv=line_of(f"{OF_DRAFT}/{offer_id}", *cv),
        most=int(float(known["cv_most_megabytes"])),
        advice=advice_on(session, learner_id, offer, typed, known, now),
    )


def saved_words(saved_at: datetime, now: datetime) -> str:
    """Say when a draft was saved: the hour of today, or the day."""
    if day_in_brussels(saved_at) == day_in_brussels(now):
        return _("enregistré à {hour}").format(hour=hour(saved_at.astimezone(BRUSSELS).time()))
    return _("enregistré le {day}").format(day=short_date(day_in_brussels(saved_at)))
