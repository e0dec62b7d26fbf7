"""What learners read of open offers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import NotFound
from stageplus.domain.offers import OfferStatus
from stageplus.models import Application, Company, Establishment, Learner, Municipality, Offer
from stageplus.services.offers.lexicon import Lexicon, Understood, lexicon
from stageplus.services.offers.schemas import (
    MySearch,
    OfferCard,
    OfferDetail,
    OfferPage,
    OfferSearch,
    TradeLink,
)
from stageplus.services.offers.search import Candidate, Wanted, candidates, days_fit, ranked
from stageplus.services.offers.wording import detail_of, start_words
from stageplus.services.registers.queries import parameters_in_force
from stageplus.texts import _, ngettext
from stageplus.texts.formats import days_words, kilometres, number

PAGE_SIZE = 20
NEW_FOR = timedelta(days=7)
SIMILAR = 3
MOST_NEIGHBOURS = 6
ENDED = ("retirée", "caduque")


@dataclass(frozen=True)
class Reader:
    """Who reads, from where: distances are those from the place asked for, or from the learner's own town."""

    learner: Learner
    known: Lexicon
    near: Mapping[str, float]
    now: datetime


def open_offers(actor: Actor | None, search: OfferSearch, *, now: datetime, on: Engine | None = None) -> OfferPage:
    """Find open offers for a learner; an empty result looks further and names neighbouring trades.

    A place of nowhere gives no offer but a message for its field; a page too far gives the last one.
    """
    actor = require(actor, Permission.OFFER_SEARCH)
    with reading(on) as session:
        learner, known = session.get_one(Learner, actor.learner_id), lexicon(session)
        center = known.municipality_named(search.place) if search.place else None
        if search.place and center is None:
            return OfferPage(place_error=_("Nous ne connaissons pas ce lieu. Essaie un code postal."))
        understood = known.understand(search.text)
        near: Mapping[str, float] = known.around(center, search.radius) if center else {}
        found, more = _found(session, understood, near, search, now.date())
        widened = ""
        if not found and (near or understood.words):
            near, widened = _wider(known, near, center is not None, search)
            found, more = _found(session, Understood(understood.trades, ()), {}, search, now.date())
            near = known.distances_from(center) if center else {}
        order = ranked(found, learner, near, search.sort == "distance" or bool(widened), search.days)
        reader = Reader(learner, known, near, now)
        cards = _page(session, reader, order, search, widened, understood)
        return replace(cards, total_words=_total_words(len(order), more, center, 0 if widened else search.radius))


def my_search(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> MySearch:
    """Start a learner's first search from their own trade and municipality."""
    actor = require(actor, Permission.OFFER_SEARCH)
    with reading(on) as session:
        learner, known = session.get_one(Learner, actor.learner_id), lexicon(session)
    return MySearch(known.trades[learner.trade_code].title, known.municipalities[learner.municipality_ins].name)


def offer_detail(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> OfferDetail:
    """Show one offer that is or was published; drafts and unknown ones are `NotFound`.

    One that takes no application any more says so and proposes similar ones.
    """
    actor = require(actor, Permission.OFFER_SEARCH)
    with reading(on) as session:
        statement = select(Offer, Company, Establishment).join(Company, col(Offer.company_id) == Company.id)
        statement = statement.join(Establishment, col(Offer.establishment_id) == Establishment.id)
        found = session.exec(statement.where(Offer.id == offer_id)).first()
        mine = select(Application.id).where(Application.offer_id == offer_id)
        mine = mine.where(Application.learner_id == actor.learner_id)
        applied = session.exec(mine.where(col(Application.status).not_in(ENDED))).first()
        if found is None or found[0].published_at is None:
            raise NotFound
        offer, company, establishment = found
        learner, known = session.get_one(Learner, actor.learner_id), lexicon(session)
        home = known.distances_from(known.municipalities[learner.municipality_ins])
        is_open = offer.status is OfferStatus.PUBLISHED and offer.ends_on >= now.date()
        reader = Reader(learner, known, home, now)
        return detail_of(
            offer,
            company.name,
            establishment.name,
            known,
            learner,
            home[offer.municipality_ins],
            parameters_in_force(session, now.date()),
            is_open and offer.places_taken < offer.places,
            applied or 0,
            [] if is_open else _similar(session, reader, offer),
        )


def similar_offers(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> list[OfferCard]:
    """Propose the nearest open offers of the same trade, for whoever came too late."""
    actor = require(actor, Permission.OFFER_SEARCH)
    with reading(on) as session:
        offer = session.get(Offer, offer_id)
        if offer is None:
            return []
        learner, known = session.get_one(Learner, actor.learner_id), lexicon(session)
        home = known.distances_from(known.municipalities[learner.municipality_ins])
        return _similar(session, Reader(learner, known, home, now), offer)


def _similar(session: Session, reader: Reader, offer: Offer) -> list[OfferCard]:
    wanted = Wanted(frozenset({offer.trade_code}), (), {})
    found, _more = candidates(session, wanted, reader.now.date())
    found = [each for each in found if each.offer_id != offer.id]
    order = ranked(found, reader.learner, reader.near, by_distance=True, only_my_days=False)
    return _cards(session, reader, order[:SIMILAR])


def _found(
    session: Session, understood: Understood, near: Mapping[str, float], search: OfferSearch, today: date
) -> tuple[list[Candidate], bool]:
    return candidates(session, Wanted(understood.trades, understood.words, near, search.no_licence), today)


def _wider(
    known: Lexicon, near: Mapping[str, float], has_place: bool, search: OfferSearch
) -> tuple[Mapping[str, float], str]:
    if has_place:
        return {}, _("Rien à moins de {radius} km : voici ce qui existe plus loin, le plus proche d’abord.").format(
            radius=search.radius
        )
    return {}, _("Rien avec ces mots : voici d’autres places ouvertes.")


def _page(
    session: Session,
    reader: Reader,
    order: Sequence[Candidate],
    search: OfferSearch,
    widened: str,
    understood: Understood,
) -> OfferPage:
    pages = max(1, -(-len(order) // PAGE_SIZE))
    page = min(search.page, pages)
    shown = order[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return OfferPage(
        cards=_cards(session, reader, shown),
        total=len(order),
        page=page,
        pages=pages,
        widened=widened,
        neighbours=[] if order and not widened else _neighbours(reader.known, understood),
    )


def _total_words(total: int, more: bool, center: Municipality | None, radius: int) -> str:
    count = _("Plus de {n} offres") if more else ngettext("{n} offre", "{n} offres", total)
    words = count.format(n=number(total))
    if center is None or not radius:
        return words
    return _("{offers} à moins de {radius} km de {place}").format(offers=words, radius=radius, place=center.name)


def _neighbours(known: Lexicon, understood: Understood) -> list[TradeLink]:
    near = known.neighbours(understood.trades)
    return [TradeLink(trade.title, trade.title.split(" / ")[-1]) for trade in near[:MOST_NEIGHBOURS]]


def _cards(session: Session, reader: Reader, shown: Iterable[Candidate]) -> list[OfferCard]:
    ids = [each.offer_id for each in shown]
    if not ids:
        return []
    statement = select(Offer, Company.name, Application.id).join(Company)
    mine = (col(Application.offer_id) == Offer.id) & (col(Application.learner_id) == reader.learner.id)
    lasting = mine & col(Application.status).not_in(ENDED)
    rows = session.exec(statement.outerjoin(Application, lasting).where(col(Offer.id).in_(ids))).all()
    cards = {offer.id: _card(reader, offer, company, applied is not None) for offer, company, applied in rows}
    return [cards[found] for found in ids if found in cards]


def _card(reader: Reader, offer: Offer, company: str, applied: bool) -> OfferCard:
    left = offer.places - offer.places_taken
    distance = reader.near.get(offer.municipality_ins)
    return OfferCard(
        offer_id=offer.id or 0,
        title=reader.known.trades[offer.trade_code].place,
        company=company,
        municipality=reader.known.municipalities[offer.municipality_ins].name,
        distance="" if distance is None else kilometres(distance),
        days=days_words(offer.company_days),
        days_fit=days_fit(offer.company_days, reader.learner.company_days),
        start=start_words(offer.starts_from),
        places_left=ngettext("{n} place", "{n} places", left).format(n=left),
        is_new=offer.published_at is not None and reader.now - offer.published_at < NEW_FOR,
        applied=applied,
    )
