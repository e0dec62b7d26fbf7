"""What OFFA reads of trades, their words, the searches that found nothing, and sectors."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import NotFound
from stageplus.domain.offers import OfferStatus
from stageplus.domain.plain_text import plain
from stageplus.domain.reference import SearchState, TradeStatus
from stageplus.domain.titles import both_genders
from stageplus.models import (
    Approval,
    CoachMandate,
    FruitlessSearch,
    JointCommittee,
    Learner,
    Offer,
    Scheme,
    Sector,
    Trade,
    TradeWord,
)
from stageplus.services.paging import PAGE_SIZE, cut_words, page_of
from stageplus.services.reference import changes
from stageplus.services.reference.schemas import (
    STATUS_WORDS,
    FruitlessRow,
    SectorPage,
    SectorRow,
    TradeDetail,
    TradePage,
    TradeRow,
    TradeSearch,
    WordDesk,
    WordRow,
    WordSearch,
)
from stageplus.services.registers.queries import parameters_in_force
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, days_ago, number, offers_counted

changes_of = changes.changes_of
MOST_WORDS = 60


def trades(actor: Actor | None, search: TradeSearch, *, now: datetime, on: Engine | None = None) -> TradePage:
    """List one page of trades by name, with their open offers and how many words mean them."""
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with reading(on) as session:
        sectors = _sectors(session)
        wanted = _wanted(session, search)
        pages = max(1, -(-len(wanted) // PAGE_SIZE))
        page = min(search.page, pages)
        shown = wanted[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        return TradePage(
            rows=_trade_rows(session, shown, dict(sectors)),
            found_words=ngettext("{n} métier", "{n} métiers", len(wanted)).format(n=number(len(wanted))),
            page=page,
            pages=pages,
            sectors=sectors,
            schemes=[(code, name) for code, name in session.exec(select(Scheme.code, Scheme.name))],
        )


def trade_detail(actor: Actor | None, code: str, *, now: datetime, on: Engine | None = None) -> TradeDetail:
    """Show a trade with its words, what depends on it and its history; raises `NotFound` for a code of nothing."""
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with reading(on) as session:
        trade = session.get(Trade, code)
        if trade is None:
            raise NotFound
        sectors = _sectors(session)
        committee = session.get(JointCommittee, trade.joint_committee) if trade.joint_committee else None
        words = session.exec(select(TradeWord).where(TradeWord.trade_code == code).order_by(TradeWord.word)).all()
        history = changes_of(session, "trades", keys=[code]) + changes_of(session, "trade_words", begins=f"{code}|")
        return TradeDetail(
            row=_trade_rows(session, [trade], dict(sectors))[0],
            name_f=trade.name_f,
            name_m=trade.name_m,
            sector=trade.sector_code,
            committee=f"{committee.code} · {committee.name}" if committee else _("à compléter"),
            no_age_limit=trade.no_age_limit,
            depends=_dependants(session, code),
            words=[_word_row(each, trade) for each in words],
            sectors=sectors,
            history=history,
        )


def word_desk(actor: Actor | None, search: WordSearch, *, now: datetime, on: Engine | None = None) -> WordDesk:
    """List the searches that found nothing, the most frequent first, and the words of trades that a text finds.

    A search shows only from the times in force on: rarer words might say who typed them.
    """
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with reading(on) as session:
        known = parameters_in_force(session, day_in_brussels(now))
        state = SearchState.IGNORED if search.state else SearchState.WAITING
        least = int(known["fruitless_search_least"])
        waiting = select(FruitlessSearch.words).where(FruitlessSearch.state == state, FruitlessSearch.times >= least)
        ordered = waiting.order_by(col(FruitlessSearch.times).desc(), col(FruitlessSearch.words))
        found = page_of(session, ordered, search.page)
        rows = _searches(session, found.ids, now)
        words, cut = _words(session, search.text)
        return WordDesk(
            searches=[rows[each] for each in map(str, found.ids)],
            found_words=ngettext("{n} recherche", "{n} recherches", found.total).format(n=number(found.total)),
            page=found.page,
            pages=found.pages,
            kept_words=_kept_words(known),
            words=words,
            words_cut=cut,
            trades=_names(session),
        )


def sectors(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> SectorPage:
    """List all sectors with their trades and coaches, and what OFFA changed in them."""
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with reading(on) as session:
        of_trades, of_coaches = select(func.count(col(Trade.code))), select(func.count(col(CoachMandate.person_id)))
        of_trades = of_trades.where(Trade.sector_code == Sector.code).correlate(Sector)
        of_coaches = of_coaches.where(CoachMandate.sector_code == Sector.code).correlate(Sector)
        counted: Any = select(Sector, of_trades.scalar_subquery(), of_coaches.scalar_subquery())
        rows = [_sector_row(*each) for each in session.execute(counted)]
        return SectorPage(sorted(rows, key=lambda each: plain(each.name)), changes_of(session, "sectors"))


def _is_open() -> Any:
    return Offer.status == OfferStatus.PUBLISHED


def _sectors(session: Session) -> list[tuple[str, str]]:
    found = [(code, name) for code, name in session.exec(select(Sector.code, Sector.name))]
    return sorted(found, key=lambda sector: plain(sector[1]))


def _wanted(session: Session, search: TradeSearch) -> list[Trade]:
    asked = select(Trade)
    if search.sector:
        asked = asked.where(Trade.sector_code == search.sector)
    if search.status:
        asked = asked.where(Trade.status == search.status)
    if search.scheme:
        offered = select(Offer.trade_code).where(Offer.scheme_code == search.scheme, _is_open())
        asked = asked.where(col(Trade.code).in_(offered))
    found = session.exec(asked).all()
    if text := plain(search.text):
        meaning = {each.trade_code for each in session.exec(select(TradeWord)) if text in plain(each.word)}
        found = [each for each in found if text in plain(f"{each.name_f} {each.name_m}") or each.code in meaning]
    return sorted(found, key=lambda trade: plain(both_genders(trade.name_f, trade.name_m)))


def _trade_rows(session: Session, shown: Sequence[Trade], sectors: dict[str, str]) -> list[TradeRow]:
    codes = [each.code for each in shown]
    offers = _counted(session, Offer.trade_code, codes, _is_open())
    words = _counted(session, TradeWord.trade_code, codes)
    return [
        TradeRow(
            code=each.code,
            name=both_genders(each.name_f, each.name_m),
            sector=sectors[each.sector_code],
            status=each.status,
            status_words=STATUS_WORDS.get(TradeStatus(each.status), each.status),
            offers=number(offers.get(each.code, 0)),
            words=number(words.get(each.code, 0)),
        )
        for each in shown
    ]


def _counted(session: Session, column: Any, codes: Sequence[str], *conditions: Any) -> dict[str, int]:
    grouped = select(column, func.count()).where(col(column).in_(codes), *conditions).group_by(column)
    return {code: count for code, count in session.execute(grouped)}  # noqa: C416 — rows are no pairs for the types


def _dependants(session: Session, code: str) -> str:
    """Say what keeps a trade from ever being deleted."""
    approved = select(func.count(col(Approval.id))).where(Approval.trade_code == code).scalar_subquery()
    offered = select(func.count(col(Offer.id))).where(Offer.trade_code == code).scalar_subquery()
    learned = select(func.count(col(Learner.id))).where(Learner.trade_code == code).scalar_subquery()
    approvals, offers, learners = session.execute(select(approved, offered, learned)).one()
    words = [
        ngettext("{n} agrément", "{n} agréments", approvals).format(n=number(approvals)),
        offers_counted(offers),
        ngettext("{n} apprenant", "{n} apprenants", learners).format(n=number(learners)),
    ]
    return ", ".join(words)


def _word_row(word: TradeWord, trade: Trade) -> WordRow:
    return WordRow(trade.code, both_genders(trade.name_f, trade.name_m), word.word, word.kind)


def _searches(session: Session, words: Sequence[Any], now: datetime) -> dict[str, FruitlessRow]:
    today = day_in_brussels(now)
    found = session.exec(select(FruitlessSearch).where(col(FruitlessSearch.words).in_(words)))
    return {
        each.words: FruitlessRow(
            words=each.words,
            times=ngettext("{n} fois", "{n} fois", each.times).format(n=number(each.times)),
            last=days_ago(day_in_brussels(each.last_at), today),
        )
        for each in found
    }


def _words(session: Session, text: str) -> tuple[list[WordRow], str]:
    wanted = plain(text)
    if not wanted:
        return [], ""
    named: Any = select(TradeWord, Trade).join(Trade)
    found = [_word_row(*each) for each in session.execute(named) if wanted in plain(each[0].word)]
    found.sort(key=lambda each: (plain(each.word), each.trade_name))
    return found[:MOST_WORDS], cut_words(MOST_WORDS, len(found))


def _names(session: Session) -> list[str]:
    live = select(Trade).where(Trade.status != TradeStatus.ARCHIVED)
    return sorted((both_genders(each.name_f, each.name_m) for each in session.exec(live)), key=plain)


def _kept_words(known: dict[str, str]) -> str:
    return _(
        "Seuls les mots sont gardés, jamais qui les a tapés. Ils se montrent à partir de {least} recherches "
        "et sont effacés {days} jours après la dernière."
    ).format(least=known["fruitless_search_least"], days=known["fruitless_search_days"])


def _sector_row(sector: Sector, trades: int, coaches: int) -> SectorRow:
    return SectorRow(sector.code, sector.name, sector.fund or "", sector.has_coach, number(trades), number(coaches))
