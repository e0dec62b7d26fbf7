"""What companies read of their own offers."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, case, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.applications import HIDDEN_FROM_COMPANY, TO_ANSWER
from stageplus.domain.errors import NotPossible
from stageplus.domain.moderation import Standing
from stageplus.domain.offers import OFFER_LIFE, OfferStatus
from stageplus.domain.plain_text import plain
from stageplus.domain.titles import place_title
from stageplus.models import Application, Approval, ApprovalState, Establishment, ModerationCase, Offer, Scheme, Trade
from stageplus.services.applications.queries import waiting_for
from stageplus.services.moderation.queries import notice_of, remarks_on
from stageplus.services.moderation.schemas import Remark
from stageplus.services.offers.queries import preview_in
from stageplus.services.offers.schemas import OfferDetail
from stageplus.services.postings.capacity import Capacity, capacity_of
from stageplus.services.postings.linking import free_places, linked_rows
from stageplus.services.postings.rules import Limits, faults_of, limits_of
from stageplus.services.postings.schemas import (
    DAYS,
    YEARS,
    Extension,
    OfferGroup,
    PosterSheet,
    PostingDetail,
    PostingForm,
    PostingPage,
    PostingSearch,
    Suggestions,
    ToChange,
    ToTend,
)
from stageplus.services.postings.scope import establishments_of, offers_of, own_offer
from stageplus.services.postings.suggestions import suggested_for
from stageplus.services.postings.wording import (
    intake_of,
    place_words,
    poster_sheet,
    posting_row,
    title_of,
    words_to_all,
    written_words,
)
from stageplus.services.postings.writing import suggested
from stageplus.services.registers.queries import parameter_in_force, parameters_in_force, schemes_in_force
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

PAGE_SIZE = 25
MOST_TO_TEND = 6
BACK = {"resume", "renew"}
"""The steps that put an offer back on line."""
OPEN_FIRST = (
    OfferStatus.PUBLISHED,
    OfferStatus.SUSPENDED,
    OfferStatus.DRAFT,
    OfferStatus.EXPIRED,
    OfferStatus.FILLED,
    OfferStatus.CLOSED,
)
GROUPS: dict[OfferGroup, tuple[OfferStatus, ...]] = {
    "": OPEN_FIRST,
    "ouvertes": OPEN_FIRST[:2],
    "brouillons": OPEN_FIRST[2:3],
    "terminees": OPEN_FIRST[3:],
}


def my_offers(actor: Actor | None, search: PostingSearch, *, now: datetime, on: Engine | None = None) -> PostingPage:
    """List a page of the company's offers, open ones first, the latest change first; a page too far is the last."""
    actor = require(actor, Permission.OFFER_MANAGE)
    with reading(on) as session:
        in_group = col(Offer.status).in_(GROUPS[search.group])
        total = session.exec(_counted(actor).where(in_group)).one()
        pages = max(1, -(-total // PAGE_SIZE))
        page = min(search.page, pages)
        order = case({status: position for position, status in enumerate(OPEN_FIRST)}, value=col(Offer.status))
        listed = _listed(actor).where(in_group).order_by(order, col(Offer.updated_at).desc(), col(Offer.id).desc())
        found = session.exec(listed.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE))
        return PostingPage([posting_row(*each, now=now) for each in found], total, page, pages)


def offers_to_tend(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> ToTend:
    """List the company's published offers that end soon, and those to which nobody applied, a few of each."""
    actor = require(actor, Permission.OFFER_MANAGE)
    with reading(on) as session:
        today = day_in_brussels(now)
        soon = today + timedelta(days=int(parameter_in_force(session, "offer_ending_soon_days", today)))
        online = _listed(actor).where(Offer.status == OfferStatus.PUBLISHED).limit(MOST_TO_TEND)
        ending = online.where(col(Offer.ends_on) <= soon).order_by(col(Offer.ends_on), col(Offer.id))
        without = online.where(col(Offer.ends_on) > soon, _applications() == 0)
        without = without.order_by(col(Offer.published_at), col(Offer.id))
        rows = [[posting_row(*each, now=now) for each in session.exec(wanted)] for wanted in (ending, without)]
        return ToTend(rows[0], rows[1], session.exec(_counted(actor)).one())


def offers_to_change(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> list[ToChange]:
    """List what OFFA asks the company to change, or has taken off line, as long as the offer has not ended."""
    actor = require(actor, Permission.OFFER_MANAGE)
    with reading(on) as session:
        asked: Any = _listed(actor).add_columns(ModerationCase).join(ModerationCase)
        asked = asked.where(ModerationCase.standing != Standing.ONLINE, col(Offer.status).in_(GROUPS["ouvertes"]))
        found = session.exec(asked.order_by(col(ModerationCase.changed_at).desc()).limit(MOST_TO_TEND))
        return [ToChange(posting_row(*each, now=now), notice_of(case)) for *each, case in found]


def preview_offer(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> OfferDetail:
    """Show one offer of the company as learners read it, a draft too; raises `NotFound` for any other."""
    actor = require(actor, Permission.OFFER_MANAGE)
    with reading(on) as session:
        return preview_in(session, own_offer(session, actor, offer_id), now)


def poster_of(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> PosterSheet:
    """Return what the poster of one of the company's offers says; raises `NotPossible` for one that is not on line."""
    actor = require(actor, Permission.OFFER_MANAGE)
    with reading(on) as session:
        offer = own_offer(session, actor, offer_id)
        if offer.status is not OfferStatus.PUBLISHED:
            raise NotPossible("print", offer.status)
        return poster_sheet(preview_in(session, offer, now), offer_id)


def extension_of(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> Extension:
    """Say which linked offers there are, and in which other establishments an offer on line may be made too."""
    actor = require(actor, Permission.OFFER_MANAGE)
    with reading(on) as session:
        offer = own_offer(session, actor, offer_id)
        is_open = offer.status is OfferStatus.PUBLISHED
        places = free_places(session, actor, offer) if is_open else []
        return Extension(linked_rows(session, offer), [(str(each.id), each.name) for each in places])


def words_noticed(
    actor: Actor | None, typed: Mapping[str, Any], *, now: datetime, on: Engine | None = None
) -> list[Remark]:
    """Say which words of an offer that is being written select people, or ask for what may not be asked."""
    require(actor, Permission.OFFER_MANAGE)
    return remarks_on(typed)


def my_offer(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> PostingDetail:
    """Show one offer of the company; raises `NotFound` for any other."""
    actor = require(actor, Permission.OFFER_MANAGE)
    with reading(on) as session:
        return posting_in(session, actor, own_offer(session, actor, offer_id), now)


def new_offer_form(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> PostingForm:
    """Return the form of a new offer with what is suggested: only trades with a granted approval can be chosen."""
    actor = require(actor, Permission.OFFER_MANAGE)
    with reading(on) as session:
        parameters = parameters_in_force(session, day_in_brussels(now))
        offer, limits = Offer(**suggested(parameters, now)), limits_of(parameters, Capacity(1), now)
        places = _choices(session, actor)
        trade = session.get(Trade, places[0][0].split(":")[1]) if len(places) == 1 else None
        written = written_words(offer) | {"place": places[0][0] if len(places) == 1 else ""}
        return PostingForm(
            places=places,
            schemes=_schemes(session, limits.today),
            written=written,
            years=_ticked(offer.years, YEARS),
            missing=sorted(faults_of(written, limits).keys() - {"form_key"}),
            hours_hint=limits.hours_words,
            suggested=suggested_for(trade.code, trade.sector_code) if trade else Suggestions(),
        )


def offer_acted_for(session: Session, actor: Actor, offer_id: int) -> Offer:
    """Return an offer that the actor acts for, within a session; raises `NotFound` for any other."""
    return own_offer(session, actor, offer_id)


def title_in(session: Session, offer: Offer) -> tuple[str, str]:
    """Return an offer's title and the name of its establishment, for mails and links about it."""
    trade = session.get_one(Trade, offer.trade_code)
    return place_title(trade.name_f, trade.name_m), session.get_one(Establishment, offer.establishment_id).name


def posting_in(session: Session, actor: Actor, offer: Offer, now: datetime) -> PostingDetail:
    """Build what the company sees of one offer, within a session."""
    around: Any = select(Trade, Establishment, Scheme, ModerationCase, _to_answer(), _applications())  # type: ignore[call-overload]
    around = around.join_from(Offer, Trade).join(Establishment, Offer.establishment_id == Establishment.id).join(Scheme)
    around = around.join(ModerationCase, ModerationCase.offer_id == Offer.id, isouter=True)
    trade, establishment, scheme, case, *counted = session.exec(around.where(Offer.id == offer.id)).one()
    today, place, notice = day_in_brussels(now), title_of(trade, establishment), notice_of(case)
    parameters = parameters_in_force(session, today)
    limits = limits_of(parameters, capacity_of(session, offer, today), now, offer)
    waiting = waiting_for(session, offer.id or 0) if counted[1] else []
    return PostingDetail(
        row=posting_row(offer, trade, establishment, *counted, now=now),
        form=_form_of(session, actor, offer, place, limits),
        place=place,
        scheme=scheme.name,
        steps=sorted(OFFER_LIFE.possible(offer.status, Role.COMPANY) - (BACK if notice.taken_off else set())),
        is_draft=offer.status is OfferStatus.DRAFT,
        can_edit=offer.status in {*GROUPS["ouvertes"], OfferStatus.DRAFT, OfferStatus.EXPIRED},
        renewal=_("Renouveler pour {n} jours").format(n=parameters["offer_lifetime_days"]),
        remarks=remarks_on(offer.model_dump()),
        notice=notice,
        waiting=waiting,
        shown=" ".join(str(each.application_id) for each in waiting),
        intake=intake_of(offer),
        answer=words_to_all(establishment.name) if waiting else "",
    )


def _form_of(session: Session, actor: Actor, offer: Offer, place: str, limits: Limits) -> PostingForm:
    written, days, years = written_words(offer), _ticked(offer.company_days, DAYS), _ticked(offer.years, YEARS)
    choices, own = _choices(session, actor), (place_words(offer), place)
    return PostingForm(
        # Without its approval an offer keeps its place: another one would be chosen unseen.
        places=choices if own in choices else [own, *choices],
        schemes=_schemes(session, limits.today),
        written=written,
        days=days,
        years=years,
        missing=sorted(faults_of(written | {"days": days, "years": years}, limits)),
        hours_hint=limits.hours_words,
        suggested=suggested_for(offer.trade_code, offer.sector_code),
    )


def _counted(actor: Actor) -> Any:
    return select(func.count(col(Offer.id))).where(*offers_of(actor))


def _listed(actor: Actor) -> Any:
    statement: Any = select(Offer, Trade, Establishment, _to_answer(), _applications())  # type: ignore[call-overload]
    statement = statement.join(Trade, col(Offer.trade_code) == Trade.code)
    return statement.join(Establishment, col(Offer.establishment_id) == Establishment.id).where(*offers_of(actor))


def _to_answer() -> Any:
    return _count(col(Application.status).in_(TO_ANSWER))


def _applications() -> Any:
    return _count(col(Application.status).not_in(HIDDEN_FROM_COMPANY))


def _count(which: Any) -> Any:
    counted = select(func.count(col(Application.id))).where(Application.offer_id == Offer.id, which)
    return counted.correlate(Offer).scalar_subquery()


def _choices(session: Session, actor: Actor) -> list[tuple[str, str]]:
    mine = establishments_of(actor).with_only_columns(Establishment.id)
    statement = select(Approval, Trade, Establishment).join(Trade, col(Approval.trade_code) == Trade.code)
    statement = statement.join(Establishment, col(Approval.establishment_id) == Establishment.id)
    granted = statement.where(Approval.state == ApprovalState.GRANTED, col(Approval.establishment_id).in_(mine))
    found = [
        (f"{establishment.id}:{trade.code}", title_of(trade, establishment))
        for _approval, trade, establishment in session.exec(granted)
    ]
    return sorted(found, key=lambda choice: plain(choice[1]))


def _schemes(session: Session, today: date) -> list[tuple[str, str]]:
    return [(scheme.code, scheme.name) for scheme, _rule in schemes_in_force(session, today)]


def _ticked(bits: int, offered: range) -> list[str]:
    return [str(number) for number in offered if bits >> number & 1]
