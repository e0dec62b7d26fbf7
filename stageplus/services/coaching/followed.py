"""Offers of a coach's sectors: one page of identifiers first, then its rows and their counts. Never who applied."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, or_, select

from stageplus.domain.actors import Actor
from stageplus.domain.offers import OfferStatus
from stageplus.domain.plain_text import plain
from stageplus.domain.titles import both_genders
from stageplus.models import Company, Municipality, Offer, Sector, Trade
from stageplus.services.coaching.counting import (
    applications_of_offer,
    applications_per,
    has_application,
    has_unanswered,
)
from stageplus.services.coaching.schemas import FollowedOffer, FollowedSearch
from stageplus.services.postings.schemas import STATUS_WORDS
from stageplus.services.registers.queries import named
from stageplus.texts import _
from stageplus.texts.formats import number, short_date

STATES: dict[str, tuple[OfferStatus, ...]] = {
    "ouvertes": (OfferStatus.PUBLISHED,),
    "suspendues": (OfferStatus.SUSPENDED,),
    "pourvues": (OfferStatus.FILLED,),
    "cloturees": (OfferStatus.CLOSED,),
    "expirees": (OfferStatus.EXPIRED,),
    "toutes": tuple(status for status in OfferStatus if status is not OfferStatus.DRAFT),
}


def wanted_offers(session: Session, actor: Actor, search: FollowedSearch, soon: date) -> Any:
    """Select the identifiers of the offers that the search means, in its order; those up to `soon` end soon."""
    sectors = actor.sectors & {search.sector} if search.sector else actor.sectors
    wanted: Any = select(Offer.id).where(col(Offer.sector_code).in_(sectors))
    wanted = wanted.where(col(Offer.status).in_(STATES[search.state]))
    if search.text or search.sort == "entreprise":
        wanted = wanted.join(Company, col(Offer.company_id) == Company.id).where(*_words(session, search.text))
    if search.soon:
        wanted = wanted.where(col(Offer.ends_on) <= soon)
    if search.without:
        wanted = wanted.where(~has_application())
    if search.waiting:
        wanted = wanted.where(has_unanswered())
    return _ordered(wanted, search.sort)


def offer_rows(session: Session, ids: list[int], soon: date) -> list[FollowedOffer]:
    """Build the rows of some offers, in the order of their identifiers in the list."""
    counts = applications_per(session, col(Offer.id), col(Offer.id).in_(ids))
    return [_row(found, counts.get(found[0].id, (0, 0)), soon) for found in offers_named(session, ids)]


def offers_named(session: Session, ids: list[int]) -> list[tuple[Offer, Trade, Company, Municipality, Sector]]:
    """Read some offers with what names them, in the order of their identifiers; one that is gone is left out."""
    with_names = (
        select(Offer, Trade, Company, Municipality, Sector)  # type: ignore[call-overload]
        .join(Trade, Offer.trade_code == Trade.code)
        .join(Company, Offer.company_id == Company.id)
        .join(Municipality, Offer.municipality_ins == Municipality.ins)
        .join(Sector, Offer.sector_code == Sector.code)
        .where(col(Offer.id).in_(ids))
    )
    found = {row[0].id: row for row in session.exec(with_names)}
    return [found[each] for each in ids if each in found]


def sectors_of(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """List the coach's sectors by code and name, in the order of names."""
    mine = select(Sector.code, Sector.name).where(col(Sector.code).in_(actor.sectors))
    return [(code, name) for code, name in session.exec(mine.order_by(col(Sector.name)))]


def _ordered(wanted: Any, sort: str) -> Any:
    orders: dict[str, tuple[Any, ...]] = {
        "fin": (col(Offer.ends_on),),
        "recentes": (col(Offer.published_at).desc(),),
        "candidatures": (applications_of_offer(), col(Offer.ends_on)),
        "entreprise": (col(Company.plain_name), col(Offer.ends_on)),
    }
    return wanted.order_by(*orders[sort], col(Offer.id))


def _words(session: Session, text: str) -> list[Any]:
    words = plain(text).split()
    meant = zip(words, named(session, words) if words else [], strict=True)
    return [
        or_(
            col(Company.plain_name).like(f"%{word}%"),
            col(Offer.trade_code).in_(found.trades),
            col(Offer.municipality_ins).in_(found.towns),
        )
        for word, found in meant
    ]


def _row(found: Any, counts: tuple[int, int], soon: date) -> FollowedOffer:
    offer, trade, company, town, sector = found
    return FollowedOffer(
        offer_id=offer.id or 0,
        title=both_genders(trade.name_f, trade.name_m),
        company_id=offer.company_id,
        company=company.name,
        municipality=town.name,
        sector=sector.name,
        status=offer.status.value,
        status_words=STATUS_WORDS[offer.status],
        places=_("{taken} sur {places}").format(taken=offer.places_taken, places=offer.places),
        applications=number(counts[0]),
        answered=number(counts[1]),
        ends=short_date(offer.ends_on),
        ends_soon=offer.status is OfferStatus.PUBLISHED and offer.ends_on <= soon,
    )
