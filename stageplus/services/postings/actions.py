"""Use cases of a company's offers: save a draft, publish, edit, suspend, resume, renew, close."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import InvalidInput, NotFound, NotPossible
from stageplus.domain.offers import OFFER_LIFE, OfferStatus
from stageplus.domain.refusals import NotApproved, NotValidated
from stageplus.models import Approval, ApprovalState, Establishment, Offer, OfferChange, Scheme, Trade
from stageplus.services.applications.actions import lapse_applications_of
from stageplus.services.applications.schemas import Took
from stageplus.services.inputs import identifier
from stageplus.services.notifications.live import tell
from stageplus.services.offers.actions import refresh_words
from stageplus.services.postings.queries import posting_in
from stageplus.services.postings.schemas import ClosingInput, OfferInput, PostingDetail
from stageplus.services.postings.scope import establishments_of, own_offer
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts import _

OPEN = (OfferStatus.PUBLISHED, OfferStatus.SUSPENDED)
DRAFT_DEFAULTS: dict[str, Any] = {
    "places": "1",
    "days": ["0", "1", "2"],
    "day_starts_at": "08:00",
    "day_ends_at": "16:30",
    "weekly_hours": "24",
    "tasks": "…",
    "tutor_first_name": "…",
    "tutor_function": "…",
}


def save_draft(
    actor: Actor | None, typed: Mapping[str, Any], *, now: datetime, on: Engine | None = None
) -> PostingDetail:
    """Keep what is written so far, one draft per form key; what does not fit yet keeps its former value.

    Raises `InvalidInput` when no place (establishment and trade) is chosen: a draft needs at least that.
    """
    actor = require(actor, Permission.OFFER_MANAGE)
    data = _lenient(typed, now)
    with transaction(on) as session:
        offer = _with_key(session, actor, data.form_key)
        if offer is None:
            offer = _new(session, actor, data, now)
        elif offer.status is OfferStatus.DRAFT:
            _write(session, actor, offer, data, now)
        tell(session, f"company:{offer.company_id}")
        return posting_in(session, actor, offer, now)


def publish_offer(actor: Actor | None, data: OfferInput, *, now: datetime, on: Engine | None = None) -> PostingDetail:
    """Publish an offer for the lifetime in force; pressing twice publishes once.

    Raises `NotApproved` without a granted approval for that establishment and trade, `InvalidInput` for more places
    than workers or a start in the past.
    """
    actor = require(actor, Permission.OFFER_MANAGE)
    _require_future(data, now)
    with transaction(on) as session:
        offer = _with_key(session, actor, data.form_key) or _new(session, actor, data, now)
        if offer.status is not OfferStatus.DRAFT:
            return posting_in(session, actor, offer, now)
        _write(session, actor, offer, data, now)
        _require_approval(session, offer)
        _require_capacity(session, offer)
        _move(session, actor, offer, "publish", now, published_at=now, ends_on=_end(session, now))
        return posting_in(session, actor, offer, now)


def edit_offer(
    actor: Actor | None, offer_id: int, data: OfferInput, *, now: datetime, on: Engine | None = None
) -> PostingDetail:
    """Change an offer that is open; another establishment or trade is another offer."""
    actor = require(actor, Permission.OFFER_MANAGE)
    with transaction(on) as session:
        offer = own_offer(session, actor, offer_id)
        if offer.status not in {OfferStatus.PUBLISHED, OfferStatus.SUSPENDED, OfferStatus.DRAFT}:
            raise NotPossible("edit", offer.status)
        if data.places < offer.places_taken:
            raise InvalidInput({"places": _("Des places sont déjà prises : il en faut au moins autant.")})
        _write(session, actor, offer, data, now, keep_place=offer.status is not OfferStatus.DRAFT)
        _require_capacity(session, offer)
        refresh_words(session, offer)
        _news(session, offer)
        return posting_in(session, actor, offer, now)


def suspend_offer(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> PostingDetail:
    """Take an offer out of the search for a while; applications stay."""
    return _step(actor, offer_id, "suspend", now, on)


def resume_offer(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> PostingDetail:
    """Put a suspended offer back, if its approval is still granted."""
    return _step(actor, offer_id, "resume", now, on)


def renew_offer(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> PostingDetail:
    """Give an offer, open or expired, its full lifetime again."""
    return _step(actor, offer_id, "renew", now, on)


def close_offer(
    actor: Actor | None, offer_id: int, data: ClosingInput, *, now: datetime, on: Engine | None = None
) -> PostingDetail:
    """Close an offer with a reason; whoever still waits for an answer is told that it is gone."""
    actor = require(actor, Permission.OFFER_MANAGE)
    with transaction(on) as session:
        offer = own_offer(session, actor, offer_id)
        _move(session, actor, offer, "close", now, closing_reason=data.reason)
        lapse_applications_of(session, offer_id, Took("lapse", actor.role, actor.person_id, now))
        return posting_in(session, actor, offer, now)


def expire_offers(*, now: datetime, on: Engine | None = None) -> int:
    """End the offers whose last day is over, and say how many; one tap renews them, applications stay answerable."""
    with transaction(on) as session:
        over = select(Offer).where(col(Offer.status).in_(OPEN), col(Offer.ends_on) < now.date())
        ended = session.exec(over.order_by(col(Offer.id))).all()
        for offer in ended:
            _move(session, None, offer, "expire", now)
        return len(ended)


def _step(actor: Actor | None, offer_id: int, step: str, now: datetime, on: Engine | None) -> PostingDetail:
    actor = require(actor, Permission.OFFER_MANAGE)
    with transaction(on) as session:
        offer = own_offer(session, actor, offer_id)
        if step in {"resume", "renew"}:
            _require_approval(session, offer)
        changed = {"ends_on": _end(session, now)} if step == "renew" else {}
        _move(session, actor, offer, step, now, **changed)
        return posting_in(session, actor, offer, now)


def _move(session: Session, actor: Actor | None, offer: Offer, step: str, now: datetime, **changed: Any) -> None:
    """Take a step of an offer's life; without an actor, the clock takes it."""
    before = offer.status
    role, person = (actor.role, actor.person_id) if actor else (None, None)
    after = OFFER_LIFE.after(step, before, role)
    mine = update(Offer).where(col(Offer.id) == offer.id, col(Offer.status) == before)
    if session.exec(mine.values(status=after, updated_at=now, **changed)).rowcount != 1:
        raise NotPossible(step, before)
    session.refresh(offer)
    session.add(OfferChange(offer_id=offer.id or 0, step=step, status=after, role=role, person_id=person, at=now))
    refresh_words(session, offer)
    _news(session, offer)


def _news(session: Session, offer: Offer) -> None:
    tell(session, f"company:{offer.company_id}", f"offer:{offer.id}", f"sector:{offer.sector_code}", "site")


def _lenient(typed: Mapping[str, Any], now: datetime) -> OfferInput:
    today = now.date()
    soon = {"starts_from": str(today), "starts_until": str(today + timedelta(days=90))}
    filled = DRAFT_DEFAULTS | soon | {name: value for name, value in typed.items() if value not in ("", [], None)}
    try:
        return OfferInput.read(filled)
    except InvalidInput as refusal:
        if {"place", "form_key"} & refusal.fields.keys():
            raise
        spared = {name: value for name, value in typed.items() if name not in refusal.fields}
        return OfferInput.read(DRAFT_DEFAULTS | soon | {name: value for name, value in spared.items() if value})


def _with_key(session: Session, actor: Actor, form_key: str) -> Offer | None:
    found = session.exec(select(Offer).where(Offer.form_key == form_key)).first()
    return own_offer(session, actor, found.id or 0) if found else None


def _new(session: Session, actor: Actor, data: OfferInput, now: datetime) -> Offer:
    establishment, trade = _chosen(session, actor, data.place)
    scheme = session.exec(select(Scheme.code).limit(1)).one()
    offer = Offer(
        **_values(data),
        company_id=establishment.company_id,
        claim_id=actor.claim_id,
        establishment_id=establishment.id or 0,
        municipality_ins=establishment.municipality_ins,
        trade_code=trade.code,
        sector_code=trade.sector_code,
        scheme_code=scheme,
        status=OfferStatus.DRAFT,
        ends_on=_end(session, now),
        created_at=now,
        updated_at=now,
    )
    session.add(offer)
    session.flush()
    return offer


def _write(
    session: Session, actor: Actor, offer: Offer, data: OfferInput, now: datetime, keep_place: bool = False
) -> None:
    if not keep_place:
        establishment, trade = _chosen(session, actor, data.place)
        offer.company_id, offer.establishment_id = establishment.company_id, establishment.id or 0
        offer.municipality_ins = establishment.municipality_ins
        offer.trade_code, offer.sector_code = trade.code, trade.sector_code
    for name, value in _values(data).items():
        if name != "form_key":
            setattr(offer, name, value)
    offer.updated_at = now
    session.add(offer)
    session.flush()


def _values(data: OfferInput) -> dict[str, Any]:
    values = data.model_dump(exclude={"place", "days"})
    return values | {"company_days": sum(1 << day for day in set(data.days))}


def _chosen(session: Session, actor: Actor, place: str) -> tuple[Establishment, Trade]:
    establishment_id, _separator, code = place.partition(":")
    mine = establishments_of(actor).where(Establishment.id == identifier(establishment_id))
    establishment = session.exec(mine).first()
    trade = session.get(Trade, code)
    if establishment is None or trade is None:
        raise NotFound
    return establishment, trade


def _require_approval(session: Session, offer: Offer) -> None:
    if offer.claim_id is not None:
        raise NotValidated
    granted = select(Approval.id).where(
        Approval.establishment_id == offer.establishment_id,
        Approval.trade_code == offer.trade_code,
        Approval.state == ApprovalState.GRANTED,
    )
    # Locked, so that a suspension at this very moment finds the offer published, or publication finds it suspended.
    if session.exec(granted.with_for_update(read=True)).first() is None:
        raise NotApproved


def _require_capacity(session: Session, offer: Offer) -> None:
    """Never more learners than workers under contract, and one when there is none (DOMAIN: capacité formative)."""
    most = max(1, session.get_one(Establishment, offer.establishment_id).workers)
    if offer.places > most:
        sentence = _("Cet établissement peut former {n} apprenants au plus : jamais plus que de travailleurs.")
        raise InvalidInput({"places": sentence.format(n=most)})


def _require_future(data: OfferInput, now: datetime) -> None:
    if data.starts_until < now.date():
        raise InvalidInput({"starts_until": _("Cette date est déjà passée.")})


def _end(session: Session, now: datetime) -> Any:
    days = float(parameter_in_force(session, "offer_lifetime_days", now.date()))
    return (now + timedelta(days=days)).date()
