"""What learners read of open offers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Engine, bindparam, literal
from sqlmodel import Session, col, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import NotFound
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Application,
    Company,
    Establishment,
    Learner,
    Municipality,
    Offer,
    Operator,
    Person,
    Scheme,
    SchemeRule,
)
from stageplus.services.offers import preview, trial
from stageplus.services.offers.elsewhere import open_elsewhere
from stageplus.services.offers.facets import facets_of
from stageplus.services.offers.filters import Candidate, Filters, days_fit
from stageplus.services.offers.further import Further, look_further
from stageplus.services.offers.highlights import excerpt, marked_pieces
from stageplus.services.offers.honesty import honesty_of, last_confirmed
from stageplus.services.offers.lexicon import Lexicon, lexicon
from stageplus.services.offers.mapping import MapAsked, map_of
from stageplus.services.offers.ranking import Ranker
from stageplus.services.offers.results import Results, results_of
from stageplus.services.offers.schemas import (
    AlsoAt,
    MySearch,
    OfferCard,
    OfferDetail,
    OfferMap,
    OfferPage,
    OfferSearch,
    OfferShown,
)
from stageplus.services.offers.search import Wanted, candidates
from stageplus.services.offers.understanding import (
    Request,
    Searcher,
    filters_of,
    searcher_for_staff,
    searcher_of,
    understand,
)
from stageplus.services.offers.wording import (
    Sheet,
    closed_words,
    detail_of,
    enough_words,
    my_days_words,
    pay_rows,
    start_words,
)
from stageplus.services.registers.queries import in_force, parameters_in_force, rule_in_force
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, days_span, kilometres, number, of_place

preview_in = preview.preview_in
ranked_twice = trial.ranked_twice
minimum_pay = pay_rows
PAGE_SIZE = 12
"""Whole rows of two or three cards on the desk, and what a slow phone draws without a wait."""
NEW_FOR = timedelta(days=7)
SIMILAR = 3
ENDED = ("retirée", "caduque", "non aboutie")


@dataclass(frozen=True)
class Reader:
    """Who reads, from where: distances are those from the place asked for, or from the learner's own town."""

    learner: Learner
    known: Lexicon
    near: Mapping[str, float]
    now: datetime
    marked: frozenset[str] = frozenset()
    excerpts: bool = False


def open_offers(actor: Actor | None, search: OfferSearch, *, now: datetime, on: Engine | None = None) -> OfferPage:
    """Find open offers for a learner; an empty result looks further and names neighbouring trades.

    Words that name a place are that place, unless the place field is filled. A place of nowhere gives no offer but a
    message for its field; a page too far gives the last one.
    """
    actor = require(actor, Permission.OFFER_SEARCH)
    with reading(on) as session:
        return _found(session, searcher_of(session, actor.learner_id, day_in_brussels(now)), search, now)


def offers_for_staff(session: Session, operator_id: int | None, search: OfferSearch, now: datetime) -> OfferPage:
    """Find open offers for an operator's staff, within a session: ranked as from the operator's own town."""
    page = _found(session, searcher_for_staff(session, operator_id, day_in_brussels(now)), search, now)
    unknown = _("Nous ne connaissons pas ce lieu. Essayez un code postal.")
    return replace(page, place_error=unknown) if page.place_error else page


def _found(session: Session, searcher: Searcher, search: OfferSearch, now: datetime) -> OfferPage:
    known, today = lexicon(session), day_in_brussels(now)
    request = understand(session, known, search, filters_of(known, search, searcher, today))
    if request is None:
        unknown = _("Nous ne connaissons pas ce lieu. Essaie un code postal.")
        return OfferPage(place_error=unknown, places=known.places_like(search.place), total_words=_("Aucune offre"))
    results = results_of(session, request.wanted, today)
    found = results.fitting
    further = Further(found) if found else look_further(session, known, request, results, today)
    reader = _reader(known, searcher.learner, request, now)
    ranker = Ranker(searcher.learner, request.wanted, _distances(known, request, searcher), now, searcher.weights)
    order = ranker.ordered(further.found, search.sort if found else "distance")
    page = _page(session, reader, order, search)
    return replace(
        page,
        total_words=_total_words(further, results, request),
        understood=request.words,
        elsewhere=request.elsewhere,
        widened=further.words,
        larger=further.larger,
        fewer=further.fewer,
        neighbours=further.neighbours,
        facets=facets_of(results, searcher.ticks, known, reader.near, search.radius, today),
    )


def offers_map(
    actor: Actor | None, search: OfferSearch, level: int | None = None, *, now: datetime, on: Engine | None = None
) -> OfferMap:
    """Say where the open offers of a search are, also beyond its radius; without a level, at one that shows the radius.

    A place of nowhere has no map: the list says so beside its field.
    """
    actor = require(actor, Permission.OFFER_SEARCH)
    with reading(on) as session:
        known, today = lexicon(session), day_in_brussels(now)
        searcher = searcher_of(session, actor.learner_id, today)
        request = understand(session, known, search, filters_of(known, search, searcher, today))
        if request is None:
            return OfferMap()
        home = known.municipalities[searcher.learner.municipality_ins]
        return map_of(session, known, MapAsked(request, home, level), today)


def new_offers_for(
    session: Session, learner: Learner, search: OfferSearch, since: datetime, now: datetime
) -> list[OfferCard]:
    """Return the open offers of a saved search that were published after a moment, the newest first, a page at most.

    Nothing is widened; offers to which the learner has applied are left out; a search for a place of nowhere finds
    nothing. Within a session, for jobs as well as for pages; whoever calls keeps what was told already.
    """
    known, today = lexicon(session), day_in_brussels(now)
    filters = filters_of(known, search, searcher_of(session, learner.id, today), today)
    request = understand(session, known, search, filters)
    if request is None:
        return []
    found = candidates(session, replace(request.wanted, beyond=frozenset(), since=since), today).near
    newest = sorted(found, key=lambda each: (each.published_at, each.offer_id), reverse=True)
    cards = _cards(session, _reader(known, learner, request, now), newest[:PAGE_SIZE])
    return [card for card in cards if not card.applied]


def _reader(known: Lexicon, learner: Learner, request: Request, now: datetime) -> Reader:
    near = known.distances_from(request.center) if request.center else {}
    return Reader(learner, known, near, now, request.marked, excerpts=bool(request.wanted.words))


def _distances(known: Lexicon, request: Request, searcher: Searcher) -> Mapping[str, float]:
    """Measure from the place asked for, or from the learner's own town."""
    return known.distances_from(request.center or known.municipalities[searcher.learner.municipality_ins])


def may_fit(session: Session, learner: Learner, search: OfferSearch, fresh: Collection[tuple[str, str]]) -> bool:
    """Say whether a saved search may find one of some offers, given by trade and municipality, without reading them."""
    request = understand(session, lexicon(session), search, Filters())
    if request is None:
        return False
    trades, near = request.wanted.trades, request.wanted.near
    return any((not trades or trade in trades) and (not near or town in near) for trade, town in fresh)


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
        found = session.exec(_everything(offer_id, actor, day_in_brussels(now))).first()
        if found is None or found[0].published_at is None:
            raise NotFound
        sheet, known = Sheet(*found), lexicon(session)
        parameters = parameters_in_force(session, day_in_brussels(now))
        detail = detail_of(sheet, known, parameters, day_in_brussels(now))
        if not detail.is_open:
            return replace(detail, similar=offers_like(session, sheet.learner, sheet.offer, now))
        honest = honesty_of(session, sheet.offer, parameters, now)
        return replace(detail, answers=honest.answers, applicants=honest.applicants)


def also_at(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> list[AlsoAt]:
    """List where else the company offers the same place, the nearest first; only what takes applications."""
    actor = require(actor, Permission.OFFER_SEARCH)
    with reading(on) as session:
        return open_elsewhere(session, session.get_one(Learner, actor.learner_id), offer_id, day_in_brussels(now))


def municipality_named(session: Session, place: str) -> Municipality | None:
    """Return the municipality that somebody means by a commune, a locality or a postal code."""
    return lexicon(session).municipality_named(place)


def similar_offers(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> list[OfferCard]:
    """Propose the nearest open offers of the same trade, then of its neighbours, for whoever came too late."""
    actor = require(actor, Permission.OFFER_SEARCH)
    with reading(on) as session:
        offer = session.get(Offer, offer_id)
        if offer is None:
            return []
        return offers_like(session, session.get_one(Learner, actor.learner_id), offer, now)


def offers_like(session: Session, learner: Learner, offer: Offer, now: datetime) -> list[OfferCard]:
    """Find what to propose in place of an offer, within a session."""
    return offers_like_each(session, learner, {offer.id or 0: offer.trade_code}, now)[offer.id or 0]


def offers_like_each(
    session: Session, learner: Learner, trades: Mapping[int, str], now: datetime
) -> dict[int, list[OfferCard]]:
    """Find what to propose in place of each of some offers, given with their trades, in two statements."""
    if not trades:
        return {}
    known = lexicon(session)
    home = known.distances_from(known.municipalities[learner.municipality_ins])
    around = {trade: {trade, *_neighbours_of(known, trade)} for trade in trades.values()}
    all_trades = dict.fromkeys(set().union(*around.values()), 1.0)
    found = candidates(session, Wanted(all_trades), day_in_brussels(now)).near
    ranked_by_trade = {trade: _nearest(found, trade, near, home) for trade, near in around.items()}
    nearest = {
        offer_id: [each for each in ranked_by_trade[trade] if each.offer_id != offer_id]
        for offer_id, trade in trades.items()
    }
    cards = _cards(session, Reader(learner, known, home, now), {one for some in nearest.values() for one in some})
    free = {card.offer_id: card for card in cards if not card.applied}
    return {
        offer_id: [free[each.offer_id] for each in some if each.offer_id in free][:SIMILAR]
        for offer_id, some in nearest.items()
    }


def offers_to_show(session: Session, learner: Learner, offer_ids: Sequence[int], now: datetime) -> list[OfferShown]:
    """Show a learner the offers of a list of their own, open or not, in its order and in one statement."""
    if not offer_ids:
        return []
    known = lexicon(session)
    home = known.distances_from(known.municipalities[learner.municipality_ins])
    reader = Reader(learner, known, home, now)
    soon = in_force(literal("offer_ending_soon_days"), day_in_brussels(now))
    rows = session.execute(_with_names().add_columns(soon), _asked(reader, offer_ids)).all()
    shown = {
        offer.id: OfferShown(
            card=_card(reader, offer, company, applied is not None),
            trade=offer.trade_code,
            ends_on=offer.ends_on,
            closed_words=closed_words(offer, day_in_brussels(now)),
            is_paused=offer.status is OfferStatus.SUSPENDED or bool(enough_words(offer)),
            soon=int(days),
        )
        for offer, company, applied, days in rows
    }
    return [shown[each] for each in offer_ids if each in shown]


def _neighbours_of(known: Lexicon, trade: str) -> set[str]:
    return {each.code for each in known.neighbours({trade: 1.0})}


def _nearest(found: Iterable[Candidate], trade: str, around: set[str], home: Mapping[str, float]) -> list[Candidate]:
    fitting = [each for each in found if each.trade in around]
    fitting.sort(key=lambda each: (each.trade != trade, home[each.municipality], each.published_at))
    return fitting[: PAGE_SIZE + 1]


def _everything(offer_id: int, actor: Actor, today: date) -> Any:
    mine = (col(Application.offer_id) == Offer.id) & (col(Application.learner_id) == actor.learner_id)
    return (
        select(  # type: ignore[call-overload]
            Offer,
            Company.name,
            Establishment.name,
            Scheme.name,
            SchemeRule,
            Learner,
            Person,
            Operator.name,
            Operator.kind,
            Application.id,
            last_confirmed(),
        )
        .join(Company, Offer.company_id == Company.id)
        .join(Establishment, Offer.establishment_id == Establishment.id)
        .join(Scheme, Offer.scheme_code == Scheme.code)
        .join(SchemeRule, rule_in_force(today))
        .join(Learner, Learner.id == actor.learner_id)
        .join(Person, Learner.person_id == Person.id)
        .join(Operator, Learner.operator_id == Operator.id)
        .outerjoin(Application, mine & col(Application.status).not_in(ENDED))
        .where(Offer.id == offer_id)
    )


def _page(session: Session, reader: Reader, order: Sequence[Candidate], search: OfferSearch) -> OfferPage:
    pages = max(1, -(-len(order) // PAGE_SIZE))
    page = min(search.page, pages)
    return OfferPage(
        cards=_cards(session, reader, order[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
        total=len(order),
        page=page,
        pages=pages,
        note=_("Cette page n’existe pas : voici la dernière.") if search.page > pages else "",
    )


def _total_words(further: Further, results: Results, request: Request) -> str:
    """Say how many offers there are: « plus de » when more were read than are shown, « au moins » when it is unsure."""
    total, near = len(further.found), bool(results.fitting)
    if not total:
        return _("Aucune offre")
    count = ngettext("{n} offre", "{n} offres", total)
    if further.more or (near and not results.all_near):
        at_least = ngettext("Au moins {n} offre", "Au moins {n} offres", total)
        count = at_least if results.filters.names else _("Plus de {n} offres")
    words = count.format(n=number(total))
    if request.center is None or not near:
        return words
    near_by = (
        _("{offers} à moins de {radius} km {of_place}") if request.radius else _("{offers} dans la commune {of_place}")
    )
    return near_by.format(offers=words, radius=request.radius, of_place=of_place(request.center.name))


def _cards(session: Session, reader: Reader, shown: Iterable[Candidate]) -> list[OfferCard]:
    ids = [each.offer_id for each in shown]
    if not ids:
        return []
    rows = session.execute(_with_names(), _asked(reader, ids)).all()
    cards = {offer.id: _card(reader, offer, company, applied is not None) for offer, company, applied in rows}
    return [cards[found] for found in ids if found in cards]


@cache
def _with_names() -> Any:
    """Read offers with the company's name and the learner's own application; made once, for every search asks it."""
    mine = (col(Application.offer_id) == Offer.id) & (col(Application.learner_id) == bindparam("learner"))
    statement = select(Offer, Company.name, Application.id).join(Company)
    lasting = statement.outerjoin(Application, mine & col(Application.status).not_in(ENDED))
    return lasting.where(col(Offer.id).in_(bindparam("offers", expanding=True)))


def _asked(reader: Reader, offer_ids: Sequence[int]) -> dict[str, Any]:
    return {"learner": reader.learner.id, "offers": list(offer_ids)}


def _card(reader: Reader, offer: Offer, company: str, applied: bool) -> OfferCard:
    left = offer.places - offer.places_taken
    distance = reader.near.get(offer.municipality_ins)
    title = reader.known.trades[offer.trade_code].place
    return OfferCard(
        offer_id=offer.id or 0,
        title=title,
        title_pieces=marked_pieces(title, reader.marked),
        company_pieces=marked_pieces(company, reader.marked) if reader.excerpts else [],
        excerpt=excerpt(offer.tasks, reader.marked) if reader.excerpts else [],
        company=company,
        municipality=reader.known.municipalities[offer.municipality_ins].name,
        distance="" if distance is None else kilometres(distance),
        days=days_span(offer.company_days),
        days_fit=days_fit(offer.company_days, reader.learner.company_days),
        days_words=my_days_words(offer.company_days, reader.learner.company_days),
        start=start_words(offer.starts_from),
        places_left=ngettext("{n} place", "{n} places", left).format(n=left),
        is_new=offer.published_at is not None and reader.now - offer.published_at < NEW_FOR,
        applied=applied,
        has_enough=bool(enough_words(offer)),
    )
