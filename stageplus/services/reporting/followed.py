"""Offers of a coach's sectors: one page of identifiers first, then its rows and their counts. Never who applied."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import exists
from sqlmodel import Session, case, col, func, or_, select

from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.offers import OfferStatus
from stageplus.domain.plain_text import plain
from stageplus.domain.titles import both_genders
from stageplus.models import Application, Company, Municipality, Offer, Sector, Trade
from stageplus.services.paging import Slice, page_of
from stageplus.services.postings.schemas import STATUS_WORDS
from stageplus.services.registers.queries import named
from stageplus.services.reporting.schemas import FollowedOffer, FollowedSearch, SectorTotal
from stageplus.texts import _
from stageplus.texts.formats import number, short_date

ANSWERED = (
    ApplicationStatus.IN_CONTACT,
    ApplicationStatus.ACCEPTED,
    ApplicationStatus.REFUSED,
    ApplicationStatus.FELL_THROUGH,
)
UNCOUNTED = (ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN)
STATES: dict[str, tuple[OfferStatus, ...]] = {
    "ouvertes": (OfferStatus.PUBLISHED,),
    "suspendues": (OfferStatus.SUSPENDED,),
    "pourvues": (OfferStatus.FILLED,),
    "cloturees": (OfferStatus.CLOSED,),
    "expirees": (OfferStatus.EXPIRED,),
    "toutes": tuple(status for status in OfferStatus if status is not OfferStatus.DRAFT),
}
Counts = dict[Any, tuple[int, int]]


def found_offers(session: Session, actor: Actor, search: FollowedSearch, soon: date) -> Slice:
    """Return one page of the offers that the search means; those that end up to `soon` end soon."""
    sectors = actor.sectors & {search.sector} if search.sector else actor.sectors
    wanted: Any = select(Offer.id).where(col(Offer.sector_code).in_(sectors))
    wanted = wanted.where(col(Offer.status).in_(STATES[search.state]))
    if search.text or search.sort == "entreprise":
        wanted = wanted.join(Company, col(Offer.company_id) == Company.id).where(*_words(session, search.text))
    if search.soon:
        wanted = wanted.where(col(Offer.ends_on) <= soon)
    if search.without:
        wanted = wanted.where(~_counted_of_offer(exists()))
    return page_of(session, _ordered(wanted, search.sort), search.page)


def offer_rows(session: Session, ids: list[int], soon: date) -> list[FollowedOffer]:
    """Build the rows of some offers, in the order of their identifiers in the list."""
    with_names = (
        select(Offer, Trade, Company, Municipality, Sector)  # type: ignore[call-overload]
        .join(Trade, Offer.trade_code == Trade.code)
        .join(Company, Offer.company_id == Company.id)
        .join(Municipality, Offer.municipality_ins == Municipality.ins)
        .join(Sector, Offer.sector_code == Sector.code)
        .where(col(Offer.id).in_(ids))
    )
    counts = _counts(session, col(Application.offer_id), col(Offer.id).in_(ids))
    rows = {found[0].id: _row(found, counts.get(found[0].id, (0, 0)), soon) for found in session.exec(with_names)}
    return [rows[each] for each in ids]


def sectors_of(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """List the coach's sectors by code and name, in the order of names."""
    mine = select(Sector.code, Sector.name).where(col(Sector.code).in_(actor.sectors))
    return [(code, name) for code, name in session.exec(mine.order_by(col(Sector.name)))]


def sector_totals(session: Session, sectors: Iterable[tuple[str, str]], soon: date) -> list[SectorTotal]:
    """Count the open offers of each sector, however few of them are listed."""
    known = dict(sectors)
    is_open = (col(Offer.sector_code).in_(known), Offer.status == OfferStatus.PUBLISHED)
    without = case((~_counted_of_offer(exists()), 1), else_=0)
    per_sector = (
        select(  # type: ignore[call-overload]
            Offer.sector_code,
            func.count(),
            func.sum(col(Offer.places) - col(Offer.places_taken)),
            func.sum(without),
            func.sum(case((col(Offer.ends_on) <= soon, 1), else_=0)),
        )
        .where(*is_open)
        .group_by(col(Offer.sector_code))
    )
    offers = {code: tuple(counted) for code, *counted in session.exec(per_sector)}
    counts = _counts(session, col(Offer.sector_code), *is_open)
    return [
        SectorTotal(name, *map(number, [*offers.get(code, (0, 0, 0, 0)), *counts.get(code, (0, 0))]))
        for code, name in known.items()
    ]


def _counts(session: Session, key: Any, *which: Any) -> Counts:
    """Count the applications to the offers of which something is true, and those answered, per key."""
    answered = func.sum(case((col(Application.status).in_(ANSWERED), 1), else_=0))
    counted = (
        select(key, func.count(), answered)
        .select_from(Offer)
        .join(Application, col(Application.offer_id) == Offer.id)
        .where(*which, col(Application.status).not_in(UNCOUNTED))
        .group_by(key)
    )
    return {found: (total, int(answers)) for found, total, answers in session.execute(counted)}


def _counted_of_offer(about: Any) -> Any:
    return about.where(col(Application.offer_id) == Offer.id, col(Application.status).not_in(UNCOUNTED))


def _ordered(wanted: Any, sort: str) -> Any:
    fewest = _counted_of_offer(select(func.count())).scalar_subquery()
    orders: dict[str, tuple[Any, ...]] = {
        "fin": (col(Offer.ends_on),),
        "recentes": (col(Offer.published_at).desc(),),
        "candidatures": (fewest, col(Offer.ends_on)),
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
