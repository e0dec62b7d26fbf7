"""What companies read of their own offers."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.offers import OFFER_LIFE, ClosingReason, OfferStatus
from stageplus.domain.titles import both_genders, place_title
from stageplus.models import Application, Approval, ApprovalState, Establishment, Offer, Trade
from stageplus.services.postings.schemas import STATUS_WORDS, Choice, PostingDetail, PostingForm, PostingRow
from stageplus.services.postings.scope import establishments_of, offers_of, own_offer
from stageplus.texts import _
from stageplus.texts.formats import short_date

REASON_WORDS = {
    ClosingReason.FILLED_HERE: _("Pourvue grâce à Stage+"),
    ClosingReason.FILLED_ELSEWHERE: _("Pourvue autrement"),
    ClosingReason.NO_LONGER_NEEDED: _("Plus de besoin"),
    ClosingReason.OTHER: _("Autre raison"),
}
TO_ANSWER = (ApplicationStatus.SENT, ApplicationStatus.SEEN, ApplicationStatus.UNANSWERED)
OPEN_FIRST = list(OfferStatus)
TEXTS = (
    "form_key",
    "places",
    "starts_from",
    "starts_until",
    "weekly_hours",
    "tasks",
    "first_day",
    "language",
    "tutor_first_name",
    "tutor_function",
    "transport",
    "equipment",
    "risks",
    "accessibility",
)


def my_offers(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> list[PostingRow]:
    """List the company's offers, open ones first, the latest change first."""
    actor = require(actor, Permission.OFFER_MANAGE)
    with reading(on) as session:
        waiting = (
            select(func.count(col(Application.id)))
            .where(Application.offer_id == Offer.id, col(Application.status).in_(TO_ANSWER))
            .scalar_subquery()
        )
        statement = select(Offer, Trade, Establishment, waiting).join(Trade, col(Offer.trade_code) == Trade.code)
        statement = statement.join(Establishment, col(Offer.establishment_id) == Establishment.id)
        found = session.exec(statement.where(*offers_of(actor)).order_by(col(Offer.id).desc()))
        rows = [_row(*each) for each in found]
    return sorted(rows, key=lambda row: OPEN_FIRST.index(OfferStatus(row.status)))


def my_offer(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> PostingDetail:
    """Show one offer of the company; raises `NotFound` for any other."""
    actor = require(actor, Permission.OFFER_MANAGE)
    with reading(on) as session:
        return posting_in(session, actor, own_offer(session, actor, offer_id), now)


def new_offer_form(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> PostingForm:
    """Return an empty form: only trades with a granted approval can be chosen."""
    actor = require(actor, Permission.OFFER_MANAGE)
    with reading(on) as session:
        return PostingForm(_choices(session, actor), {}, [], _reasons())


def posting_in(session: Session, actor: Actor, offer: Offer, now: datetime) -> PostingDetail:
    """Build what the company sees of one offer, within a session."""
    waiting = select(func.count(col(Application.id))).where(Application.offer_id == offer.id)
    count = session.exec(waiting.where(col(Application.status).in_(TO_ANSWER))).one()
    trade = session.get_one(Trade, offer.trade_code)
    establishment = session.get_one(Establishment, offer.establishment_id)
    written = {name: str(getattr(offer, name)) for name in TEXTS}
    written |= {
        "place": f"{offer.establishment_id}:{offer.trade_code}",
        "day_starts_at": f"{offer.day_starts_at:%H:%M}",
        "day_ends_at": f"{offer.day_ends_at:%H:%M}",
        "own_transport": "1" if offer.own_transport else "",
        "licence_needed": "1" if offer.licence_needed else "",
    }
    days = [str(day) for day in range(7) if offer.company_days >> day & 1]
    return PostingDetail(
        row=_row(offer, trade, establishment, count),
        form=PostingForm(_choices(session, actor), written, days, _reasons()),
        steps=sorted(OFFER_LIFE.possible(offer.status, Role.COMPANY)),
    )


def _row(offer: Offer, trade: Trade, establishment: Establishment, waiting: int) -> PostingRow:
    is_open = offer.status in {OfferStatus.PUBLISHED, OfferStatus.SUSPENDED}
    return PostingRow(
        offer_id=offer.id or 0,
        title=place_title(trade.name_f, trade.name_m),
        establishment=establishment.name,
        status=offer.status.value,
        status_words=STATUS_WORDS[offer.status],
        places=_("{taken} sur {places}").format(taken=offer.places_taken, places=offer.places),
        to_answer=waiting,
        ends=_("jusqu’au {day}").format(day=short_date(offer.ends_on)) if is_open else "",
    )


def _choices(session: Session, actor: Actor) -> list[Choice]:
    mine = establishments_of(actor).with_only_columns(Establishment.id)
    statement = select(Approval, Trade, Establishment).join(Trade, col(Approval.trade_code) == Trade.code)
    statement = statement.join(Establishment, col(Approval.establishment_id) == Establishment.id)
    granted = statement.where(Approval.state == ApprovalState.GRANTED, col(Approval.establishment_id).in_(mine))
    return [
        Choice(f"{establishment.id}:{trade.code}", f"{both_genders(trade.name_f, trade.name_m)} — {establishment.name}")
        for _approval, trade, establishment in session.exec(granted.order_by(Trade.name_f))
    ]


def _reasons() -> list[Choice]:
    return [Choice(reason.value, words) for reason, words in REASON_WORDS.items()]
