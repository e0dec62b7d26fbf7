"""Use cases of a company's offers: save a draft, publish, edit, suspend, resume, renew, close."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import DomainError, InvalidInput, NotPossible
from stageplus.domain.offers import OfferStatus
from stageplus.models import Offer
from stageplus.services.applications.actions import weigh_offer
from stageplus.services.moderation.actions import examine_words
from stageplus.services.moderation.queries import remarks_on
from stageplus.services.notifications.live import tell
from stageplus.services.postings.capacity import hold_establishment
from stageplus.services.postings.copying import copied, copy_key
from stageplus.services.postings.linking import extend
from stageplus.services.postings.queries import posting_in
from stageplus.services.postings.rules import barrier, faults_of, limits_in, silenced, whole_offer
from stageplus.services.postings.schemas import (
    CapInput,
    ClosingInput,
    DraftInput,
    Extended,
    ExtendInput,
    PostingDetail,
    SavedDraft,
)
from stageplus.services.postings.scope import own_offer
from stageplus.services.postings.steps import close, may_reopen, move, must_be_possible, record, renew
from stageplus.services.postings.writing import end_of_life, kept_draft, offer_with_key, write_fields
from stageplus.texts.formats import BRUSSELS, day_in_brussels, hour

OPEN = (OfferStatus.PUBLISHED, OfferStatus.SUSPENDED)
EDITABLE = (*OPEN, OfferStatus.EXPIRED)


def save_draft(actor: Actor | None, typed: Mapping[str, Any], *, now: datetime, on: Engine | None = None) -> SavedDraft:
    """Keep what is written so far, one draft per form key; what does not fit keeps its former value and is named.

    Raises `InvalidInput` when no place (establishment and trade) is chosen: a draft needs at least that.
    """
    actor = require(actor, Permission.OFFER_MANAGE)
    with transaction(on) as session:
        offer, left_out = _keep(session, actor, typed, now)
        missing = faults_of(typed, limits_in(session, offer, now))
        at = hour(now.astimezone(BRUSSELS).time())
        return SavedDraft(posting_in(session, actor, offer, now), at, left_out, missing)


def publish_offer(
    actor: Actor | None, typed: Mapping[str, Any], *, now: datetime, on: Engine | None = None
) -> PostingDetail:
    """Publish an offer for the lifetime in force; pressing twice publishes once.

    Words that select people do not stop it: they bring it to OFFA's moderation.

    Raises `InvalidInput` with everything that is missing or wrong, `NotApproved` without a granted approval for that
    establishment and trade, `NotValidated` while the claim waits, `AnswersFirst` while several applications in a row
    have no answer; whatever is refused, a draft keeps what was typed.
    """
    actor = require(actor, Permission.OFFER_MANAGE)
    with transaction(on) as session:
        offer, left_out = _keep(session, actor, typed, now)
        refusal = _refusal(session, offer, typed, left_out, now)
        examined = False
        if offer.status is OfferStatus.DRAFT and refusal is None:
            move(session, actor, offer, "publish", now, published_at=now, ends_on=end_of_life(session, now))
            examined = examine_words(session, actor, offer, (), remarks_on(offer.model_dump()), now)
        detail = replace(posting_in(session, actor, offer, now), examined=examined)
    if refusal:
        raise refusal
    return detail


def edit_offer(
    actor: Actor | None, offer_id: int, typed: Mapping[str, Any], *, now: datetime, on: Engine | None = None
) -> PostingDetail:
    """Change an offer that learners could read; another establishment, trade or scheme is another offer.

    Raises `InvalidInput` with everything that is missing or wrong.
    """
    actor = require(actor, Permission.OFFER_MANAGE)
    with transaction(on) as session:
        offer = own_offer(session, actor, offer_id)
        if offer.status not in EDITABLE:
            raise NotPossible("edit", offer.status)
        hold_establishment(session, offer)
        data, before = whole_offer(typed, limits_in(session, offer, now)), remarks_on(offer.model_dump())
        write_fields(session, offer, data, set(), now)
        record(session, actor, offer, "edit", now)
        examined = examine_words(session, actor, offer, before, remarks_on(offer.model_dump()), now)
        return replace(posting_in(session, actor, offer, now), examined=examined)


def copy_offer(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> int:
    """Begin a draft like any earlier offer of the company and return it; a second tap finds the same draft.

    Its start moves by whole years until it is no longer past. Raises `NotFound` for another company's offer.
    """
    actor = require(actor, Permission.OFFER_MANAGE)
    with transaction(on) as session:
        offer = own_offer(session, actor, offer_id)
        key = copy_key(actor, offer, now)
        known = offer_with_key(session, actor, key)
        draft = known or copied(offer, key, actor, end_of_life(session, now), now)
        session.add(draft)
        session.flush()
        tell(session, f"company:{offer.company_id}")
        return draft.id or 0


def extend_offer(
    actor: Actor | None, offer_id: int, data: ExtendInput, *, now: datetime, on: Engine | None = None
) -> Extended:
    """Offer the place of an offer on line in other establishments too, each as a linked offer of its own.

    Only establishments of the actor with a granted agrément for the trade count. What its capacity or its dates hold
    back stays a draft. Raises `NotPossible` for an offer that is not on line, `SchemeOver` in a closed dispositif.
    """
    actor = require(actor, Permission.OFFER_MANAGE)
    with transaction(on) as session:
        offer = own_offer(session, actor, offer_id)
        if offer.status is not OfferStatus.PUBLISHED:
            raise NotPossible("extend", offer.status)
        return extend(session, actor, offer, data.establishments, now)


def discard_draft(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> None:
    """Delete a draft, which nobody but its company has ever seen; raises `NotPossible` for anything published."""
    actor = require(actor, Permission.OFFER_MANAGE)
    with transaction(on) as session:
        offer = own_offer(session, actor, offer_id)
        draft = delete(Offer).where(col(Offer.id) == offer.id, col(Offer.status) == OfferStatus.DRAFT)
        if session.exec(draft).rowcount != 1:
            raise NotPossible("discard", offer.status)
        tell(session, f"company:{offer.company_id}")


def suspend_offer(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> PostingDetail:
    """Take an offer out of the search for a while; applications stay."""
    return _step(actor, offer_id, "suspend", now, on)


def resume_offer(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> PostingDetail:
    """Put a suspended offer back, if its approval is still granted."""
    return _step(actor, offer_id, "resume", now, on)


def renew_offer(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> PostingDetail:
    """Give an offer, open or expired, its full lifetime again; raises `StartIsOver` or `SchemeOver`."""
    return _step(actor, offer_id, "renew", now, on)


def hold_applications(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> PostingDetail:
    """Take no new application for now: learners read that the company has enough, those that wait stay."""
    return _let_in(actor, offer_id, "hold applications", now, on, intake_paused=True)


def take_applications(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> PostingDetail:
    """Take new applications again, whatever stopped them: a cap that is reached is lifted."""
    return _let_in(actor, offer_id, "take applications", now, on, intake_paused=False)


def cap_applications(
    actor: Actor | None, offer_id: int, data: CapInput, *, now: datetime, on: Engine | None = None
) -> PostingDetail:
    """Choose after how many waiting applications the offer pauses by itself; it opens again once fewer wait."""
    return _let_in(actor, offer_id, "cap applications", now, on, most_waiting=data.most)


def close_offer(
    actor: Actor | None, offer_id: int, data: ClosingInput, *, now: datetime, on: Engine | None = None
) -> PostingDetail:
    """Close an offer with a reason; whoever still waits is answered in the same transaction, or nothing happens.

    Raises `InvalidInput` without words for those who wait, `ApplicantsWait` when somebody applied meanwhile.
    """
    actor = require(actor, Permission.OFFER_MANAGE)
    with transaction(on) as session:
        offer = own_offer(session, actor, offer_id)
        close(session, actor, offer, data, now)
        return posting_in(session, actor, offer, now)


def renew_in(session: Session, actor: Actor, offer: Offer, now: datetime) -> None:
    """Renew an offer within a session, for whoever acts from a mail; raises as `renew_offer` does."""
    must_be_possible(session, offer, now)
    renew(session, actor, offer, now)


def note_step(session: Session, actor: Actor, offer: Offer, step: str, now: datetime) -> None:
    """Write in an offer's story what another area did with it, and tell whoever looks at it."""
    record(session, actor, offer, step, now)


def give_place_back(session: Session, actor: Actor, offer_id: int, now: datetime) -> bool:
    """Free a place of an offer that an acceptance had taken, and say whether that puts it back on line."""
    offer = session.get_one(Offer, offer_id)
    session.refresh(offer, with_for_update={"key_share": True})
    offer.places_taken = max(0, offer.places_taken - 1)
    session.add(offer)
    session.flush()
    reopens = may_reopen(session, offer, now)
    if reopens:
        move(session, actor, offer, "reopen", now)
    return reopens


def close_in(session: Session, actor: Actor, offer: Offer, data: ClosingInput, now: datetime) -> None:
    """Close an offer within a session, for whoever acts from a mail; raises as `close_offer` does."""
    close(session, actor, offer, data, now)


def expire_offers(*, now: datetime, on: Engine | None = None) -> int:
    """End the offers whose last day is over, and say how many; one tap renews them, applications stay answerable."""
    with transaction(on) as session:
        over = select(Offer).where(col(Offer.status).in_(OPEN), col(Offer.ends_on) < day_in_brussels(now))
        ended = session.exec(over.order_by(col(Offer.id))).all()
        for offer in ended:
            move(session, None, offer, "expire", now)
        return len(ended)


def _keep(session: Session, actor: Actor, typed: Mapping[str, Any], now: datetime) -> tuple[Offer, dict[str, str]]:
    data, left_out = DraftInput.what_fits(typed)
    offer, refused = kept_draft(session, actor, data, set(left_out), now)
    tell(session, f"company:{offer.company_id}", f"offer:{offer.id}")
    return offer, left_out | refused


def _refusal(
    session: Session, offer: Offer, typed: Mapping[str, Any], left_out: dict[str, str], now: datetime
) -> DomainError | None:
    if offer.status is not OfferStatus.DRAFT:
        return None
    hold_establishment(session, offer)
    wrong = faults_of(typed, limits_in(session, offer, now)) | left_out
    return InvalidInput(wrong) if wrong else barrier(session, offer) or silenced(session, offer, now)


def _let_in(
    actor: Actor | None, offer_id: int, step: str, now: datetime, on: Engine | None, **changed: Any
) -> PostingDetail:
    actor = require(actor, Permission.OFFER_MANAGE)
    with transaction(on) as session:
        offer = own_offer(session, actor, offer_id)
        session.refresh(offer, with_for_update={"key_share": True})
        if offer.status not in OPEN:
            raise NotPossible(step, offer.status)
        lifted = {"most_waiting": None} if step == "take applications" and offer.at_cap else {}
        for name, value in (changed | lifted).items():
            setattr(offer, name, value)
        weigh_offer(session, offer)
        record(session, actor, offer, step, now)
        return posting_in(session, actor, offer, now)


def _step(actor: Actor | None, offer_id: int, step: str, now: datetime, on: Engine | None) -> PostingDetail:
    actor = require(actor, Permission.OFFER_MANAGE)
    with transaction(on) as session:
        offer = own_offer(session, actor, offer_id)
        if step in {"resume", "renew"}:
            must_be_possible(session, offer, now)
        if step == "renew":
            renew(session, actor, offer, now)
        else:
            move(session, actor, offer, step, now)
        return posting_in(session, actor, offer, now)
