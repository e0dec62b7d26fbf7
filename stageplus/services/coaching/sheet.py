"""One company as a coach reads it: houses and capacity, agréments, a year of offers, and how it answers."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlmodel import Session, col, func, select

from stageplus.domain.actors import Actor
from stageplus.domain.answering import answering_habit
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.coaching import Told, months_earlier, on_line_at
from stageplus.domain.offers import OfferStatus
from stageplus.domain.titles import both_genders
from stageplus.models import Approval, Establishment, Municipality, Offer, OfferChange, Trade
from stageplus.services.coaching.companies import CompanyFacts, answers_words, facts_of, standing_of
from stageplus.services.coaching.counting import answered_since
from stageplus.services.coaching.followed import offer_rows
from stageplus.services.coaching.schemas import ApprovalRow, CompanySheet, DeskFigure, HouseRow, MonthRow
from stageplus.services.coaching.scope import DECIDED, ON_LINE, Bounds
from stageplus.services.numbers import shown
from stageplus.services.paging import cut_words
from stageplus.services.registers.queries import months_back
from stageplus.texts import _, ngettext
from stageplus.texts.formats import BRUSSELS, long_month, number, short_date

MOST_OFFERS, MONTHS = 50, 12
PUBLISH = "publish"
STATE_WORDS = {
    ApprovalState.GRANTED: _("Accordé"),
    ApprovalState.REFUSED: _("Refusé"),
    ApprovalState.SUSPENDED: _("Suspendu"),
    ApprovalState.WITHDRAWN: _("Retiré"),
}


def sheet_of(session: Session, actor: Actor, company_id: int, known: Bounds, soon: date, now: datetime) -> CompanySheet:
    """Gather the sheet of a company of the coach's sectors."""
    [facts] = facts_of(session, actor.sectors, [company_id])
    standing, tone = standing_of(facts, known)
    approvals = _approvals(session, actor, company_id)
    mine = (Offer.company_id == company_id, col(Offer.sector_code).in_(actor.sectors))
    listed: Any = select(Offer.id, func.count().over()).where(*mine, col(Offer.published_at).is_not(None))
    offers = session.execute(listed.order_by(col(Offer.published_at).desc()).limit(MOST_OFFERS)).all()
    return CompanySheet(
        company_id=company_id,
        name=facts.company.name,
        number=shown(facts.company.enterprise_number),
        standing=standing,
        tone=tone,
        figures=_figures(session, facts, known, now),
        houses=_houses(session, approvals),
        approvals=[_approval_row(*each) for each in approvals],
        months=_months(session, mine, known.today),
        offers=offer_rows(session, [offer_id for offer_id, _total in offers], soon),
        offers_cut=cut_words(len(offers), offers[0][1] if offers else 0),
    )


def _figures(session: Session, facts: CompanyFacts, known: Bounds, now: datetime) -> list[DeskFigure]:
    months, least = known.answer_months, known.answers_least
    answers = answered_since(session, facts.company.id or 0, months_back(now, months))
    habit = answering_habit(answers, known.today, least)
    return [
        DeskFigure(
            "answers",
            _("Candidatures répondues"),
            answers_words(facts.received, facts.answered),
            _("Celles reçues en {n} mois et répondues, ou dont le délai de réponse est passé.").format(n=months),
        ),
        DeskFigure(
            "delay",
            _("Délai de réponse"),
            ngettext("{n} jour", "{n} jours", habit.days).format(n=habit.days) if habit else "—",
            _("Médiane sur {n} mois, arrondie vers le haut ; à partir de {least} réponses.").format(
                n=months, least=least
            ),
        ),
        DeskFigure(
            "offers", _("Offres en ligne"), number(facts.published), _("Publiées dans vos secteurs, aujourd’hui.")
        ),
        DeskFigure(
            "places", _("Places libres"), number(facts.places_left), _("Places de ces offres, moins celles prises.")
        ),
    ]


def _approvals(session: Session, actor: Actor, company_id: int) -> Sequence[Any]:
    same = (Offer.establishment_id == Approval.establishment_id, Offer.trade_code == Approval.trade_code)
    published = select(func.count()).select_from(Offer).where(*same, Offer.status == OfferStatus.PUBLISHED)
    promised = select(func.sum(Offer.places)).where(Offer.establishment_id == Establishment.id)
    promised = promised.where(col(Offer.status).in_(ON_LINE)).correlate(Establishment)
    read: Any = select(  # type: ignore[call-overload]
        Approval,
        Establishment,
        Municipality,
        Trade,
        published.correlate(Approval).scalar_subquery(),
        promised.scalar_subquery(),
    )
    read = read.join(Establishment, col(Establishment.id) == Approval.establishment_id)
    read = read.join(Municipality, col(Municipality.ins) == Establishment.municipality_ins)
    read = read.join(Trade, col(Trade.code) == Approval.trade_code)
    mine = read.where(Establishment.company_id == company_id, col(Trade.sector_code).in_(actor.sectors))
    known = mine.where(col(Approval.state).in_(DECIDED))
    return session.execute(known.order_by(col(Establishment.plain_name), col(Establishment.id), Trade.name_f)).all()


def _houses(session: Session, approvals: Sequence[Any]) -> list[HouseRow]:
    found = {row[1].id: row for row in approvals}
    granted = [row[1].id for row in approvals if row[0].state is ApprovalState.GRANTED]
    return [
        _house_row(house, town, granted.count(house_id), promised or 0)
        for house_id, (_approval, house, town, _trade, _published, promised) in found.items()
    ]


def _house_row(house: Establishment, town: Municipality, granted: int, promised: int) -> HouseRow:
    # Never more learners than workers under contract, one when there is none (DOMAIN: capacité formative).
    most = max(1, house.workers)
    return HouseRow(
        name=house.name,
        municipality=town.name,
        workers=number(house.workers),
        approvals=number(granted),
        capacity=_("{promised} sur {most}").format(promised=number(promised), most=number(most)),
        share=min(100, round(100 * promised / most)),
    )


def _approval_row(
    approval: Approval, house: Establishment, _town: Municipality, trade: Trade, published: int, _promised: int | None
) -> ApprovalRow:
    return ApprovalRow(
        trade=both_genders(trade.name_f, trade.name_m),
        establishment=house.name,
        state=approval.state.value,
        state_words=STATE_WORDS[approval.state],
        since=short_date(approval.since),
        open_offers=number(published),
    )


def _months(session: Session, mine: tuple[Any, ...], today: date) -> list[MonthRow]:
    """Tell the last twelve months from the stories of the offers, the present one first."""
    read = select(OfferChange.offer_id, OfferChange.at, col(OfferChange.status), OfferChange.step)
    read = read.join(Offer, col(Offer.id) == OfferChange.offer_id).where(*mine)
    changes = session.exec(read.order_by(col(OfferChange.at), col(OfferChange.id))).all()
    stories = [Told(offer_id, at, status) for offer_id, at, status, _step in changes]
    published = [at.astimezone(BRUSSELS) for _offer, at, _status, step in changes if step == PUBLISH]
    firsts = [months_earlier(today.replace(day=1), back) for back in range(MONTHS)]
    lines = [
        (
            first,
            sum((at.year, at.month) == (first.year, first.month) for at in published),
            on_line_at(stories, datetime.combine(months_earlier(first, -1), time(), BRUSSELS)),
        )
        for first in firsts
    ]
    most = max(1, *(open_then for _first, _new, open_then in lines))
    return [
        MonthRow(long_month(first), number(new), number(open_then), round(100 * open_then / most))
        for first, new, open_then in lines
    ]
