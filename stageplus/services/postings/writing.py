"""Writes what a company typed into the row of its offer."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from stageplus.domain.actors import Actor
from stageplus.domain.errors import NotFound
from stageplus.domain.months import month_after
from stageplus.domain.offers import OfferStatus
from stageplus.models import Establishment, Offer, Trade
from stageplus.services.inputs import identifier
from stageplus.services.postings.schemas import YEARS, DraftInput
from stageplus.services.postings.scope import establishments_of, own_offer
from stageplus.services.registers.queries import parameter_in_force, parameters_in_force, schemes_in_force
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

OF_THE_PLACE = {"form_key", "place", "scheme"}
"""What makes an offer this offer: it never changes once learners have read it."""


def offer_with_key(session: Session, actor: Actor, form_key: str) -> Offer | None:
    """Return the offer that a form was kept as; raises `NotFound` when the key is somebody else's."""
    found = session.exec(select(Offer).where(Offer.form_key == form_key)).first()
    return own_offer(session, actor, found.id or 0) if found else None


def kept_draft(
    session: Session, actor: Actor, data: DraftInput, left_out: set[str], now: datetime
) -> tuple[Offer, dict[str, str]]:
    """Keep a draft, a new one for a new key, and say which more fields do not fit; an offer past it stays as it is."""
    offer = offer_with_key(session, actor, data.form_key) or _begun(session, actor, data, now)
    if offer.status is not OfferStatus.DRAFT:
        return offer, {}
    _choose_place(session, actor, offer, data.place)
    known = [scheme.code for scheme, _rule in schemes_in_force(session, day_in_brussels(now))]
    refused = {} if data.scheme in {"", *known} else {"scheme": _("Un choix de la liste est attendu ici.")}
    wanted = offer.scheme_code if refused or not data.scheme else data.scheme
    offer.scheme_code = wanted if wanted in known else known[0]  # a draft may outlive its dispositif
    return offer, refused | write_fields(session, offer, data, left_out, now)


def write_fields(session: Session, offer: Offer, data: DraftInput, left_out: set[str], now: datetime) -> dict[str, str]:
    """Write everything but the place; what was left out, or may not be empty in the table, keeps its former value."""
    values = data.model_dump(exclude=OF_THE_PLACE | {"days", "years"} | left_out)
    values |= {"company_days": _bits(data.days), "years": _bits(data.years)}
    kept = {name: value for name, value in values.items() if value is not None}
    first, last = kept.get("starts_from", offer.starts_from), kept.get("starts_until", offer.starts_until)
    # Of a pair whose other half was left out, no half may pass the former other one.
    refused = {"starts_until": _("Cette date vient avant le début.")} if last < first else {}
    for name, value in kept.items():
        if not (refused and name in {"starts_from", "starts_until"}):
            setattr(offer, name, value)
    offer.updated_at = now
    session.add(offer)
    session.flush()
    return refused


def suggested(parameters: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """Return what a new form shows from the start, where the table may not be empty."""
    first = month_after(day_in_brussels(now))
    window = timedelta(days=int(parameters["offer_lifetime_days"]))
    return {
        "places": 1,
        "years": _bits(list(YEARS)),
        "language": _("français"),
        "starts_from": first,
        "starts_until": first + window,
        "company_days": 0,
        "day_starts_at": time(8),
        "day_ends_at": time(16, 30),
        "weekly_hours": 0,
    }


def end_of_life(session: Session, now: datetime) -> date:
    """Return the last day of an offer that is published or renewed now."""
    today = day_in_brussels(now)
    return today + timedelta(days=int(parameter_in_force(session, "offer_lifetime_days", today)))


def _begun(session: Session, actor: Actor, data: DraftInput, now: datetime) -> Offer:
    establishment, trade = _chosen(session, actor, data.place)
    offer = Offer(
        **suggested(parameters_in_force(session, day_in_brussels(now)), now),
        form_key=data.form_key,
        company_id=establishment.company_id,
        claim_id=actor.claim_id,
        establishment_id=establishment.id or 0,
        municipality_ins=establishment.municipality_ins,
        trade_code=trade.code,
        sector_code=trade.sector_code,
        scheme_code=schemes_in_force(session, day_in_brussels(now))[0][0].code,
        status=OfferStatus.DRAFT,
        ends_on=end_of_life(session, now),
        created_at=now,
        updated_at=now,
    )
    try:
        with session.begin_nested():
            session.add(offer)
    except IntegrityError:  # another tab kept the same form a moment ago
        return offer_with_key(session, actor, data.form_key) or offer
    return offer


def _choose_place(session: Session, actor: Actor, offer: Offer, place: str) -> None:
    establishment, trade = _chosen(session, actor, place)
    offer.company_id, offer.establishment_id = establishment.company_id, establishment.id or 0
    offer.municipality_ins = establishment.municipality_ins
    offer.trade_code, offer.sector_code = trade.code, trade.sector_code


def _chosen(session: Session, actor: Actor, place: str) -> tuple[Establishment, Trade]:
    establishment_id, _separator, code = place.partition(":")
    mine = establishments_of(actor).where(Establishment.id == identifier(establishment_id))
    establishment = session.exec(mine).first()
    trade = session.get(Trade, code)
    if establishment is None or trade is None:
        raise NotFound
    return establishment, trade


def _bits(numbers: list[int]) -> int:
    return sum(1 << number for number in numbers)
