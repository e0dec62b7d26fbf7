"""Use cases of the reference data: OFFA changes trades, their words and sectors; nothing used is deleted."""

from datetime import datetime
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotFound
from stageplus.domain.plain_text import plain
from stageplus.domain.reference import SearchState, TradeStatus
from stageplus.domain.titles import both_genders
from stageplus.models import FruitlessSearch, Sector, Trade, TradeWord
from stageplus.services.notifications.live import tell
from stageplus.services.reference import changes
from stageplus.services.reference.schemas import (
    STATUS_WORDS,
    Change,
    SectorInput,
    SettleInput,
    StatusInput,
    TradeInput,
    WordInput,
)
from stageplus.services.reference.wording import sector_line, trade_line, word_line
from stageplus.texts import _

note_change, fresh_code = changes.note_change, changes.fresh_code
Row = TypeVar("Row", Trade, Sector)


def save_trade(actor: Actor | None, data: TradeInput, *, now: datetime, on: Engine | None = None) -> str:
    """Change a trade's names, sector and age rule, or add one as validated, and return its code.

    Raises `NotFound` for a code of nothing, `InvalidInput` for a sector of nothing or names that another trade has.
    """
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with transaction(on) as session:
        sector = session.get(Sector, data.sector)
        if sector is None:
            raise InvalidInput({"sector": _("Choisissez un secteur de la liste.")})
        same = select(Trade).where(Trade.name_f == data.name_f, Trade.name_m == data.name_m, Trade.code != data.code)
        if session.exec(same).first():
            raise InvalidInput({"name_f": _("Un autre métier porte déjà ces noms.")})
        trade = _found(session, Trade, data.code) if data.code else _new_trade(session, data)
        before = trade_line(trade, session.get_one(Sector, trade.sector_code)) if data.code else ""
        trade.name_f, trade.name_m, trade.sector_code = data.name_f, data.name_m, data.sector
        trade.no_age_limit = data.no_age_limit
        _save(session, actor, trade, Change("trades", trade.code, before, trade_line(trade, sector), data.why), now)
        return trade.code


def set_trade_status(
    actor: Actor | None, code: str, data: StatusInput, *, now: datetime, on: Engine | None = None
) -> str:
    """Archive a trade, so that no new agrément proposes it, or propose it again as validated; return its name.

    Its offers, agréments and learners stay as they are. Raises `AlreadyDone` when it stands so already.
    """
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with transaction(on) as session:
        trade = _found(session, Trade, code)
        if trade.status == data.status:
            raise AlreadyDone
        name = both_genders(trade.name_f, trade.name_m)
        before, after = (f"{name} · {STATUS_WORDS[TradeStatus(each)]}" for each in (trade.status, data.status))
        trade.status = data.status
        _save(session, actor, trade, Change("trades", code, before, after, data.why), now)
        return name


def add_word(actor: Actor | None, data: WordInput, *, now: datetime, on: Engine | None = None) -> str:
    """Let a word mean a trade in searches, and return the trade's name.

    Raises `InvalidInput` when the trade is not known or has the word already.
    """
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with transaction(on) as session:
        return _add_word(session, actor, data.word, _meant(session, data.trade), data.kind, now)


def remove_word(actor: Actor | None, trade: str, word: str, *, now: datetime, on: Engine | None = None) -> str:
    """Let a word mean a trade no longer, and return the word; an import does not bring it back."""
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with transaction(on) as session:
        found = session.get(TradeWord, (trade, word))
        if found is None:
            raise NotFound
        before = word_line(found, session.get_one(Trade, trade))
        session.delete(found)
        note_change(session, actor, Change("trade_words", f"{trade}|{word}", before, ""), now)
        return word


def settle_search(actor: Actor | None, data: SettleInput, *, now: datetime, on: Engine | None = None) -> str:
    """Make words that found nothing mean a trade, and return its name, or set them aside when no trade is named.

    Raises `NotFound` for words that nobody searched, `InvalidInput` for a trade of nothing.
    """
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with transaction(on) as session:
        found = session.get(FruitlessSearch, data.words)
        if found is None:
            raise NotFound
        found.state = SearchState.WORD if data.trade else SearchState.IGNORED
        session.add(found)
        tell(session, changes.TOPIC)
        if not data.trade:
            return ""
        return _add_word(session, actor, data.words, _meant(session, data.trade), "everyday", now)


def save_sector(actor: Actor | None, data: SectorInput, *, now: datetime, on: Engine | None = None) -> str:
    """Change a sector, or add one, and return its name; raises `InvalidInput` when another has that name."""
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with transaction(on) as session:
        if session.exec(select(Sector).where(Sector.name == data.name, Sector.code != data.code)).first():
            raise InvalidInput({"name": _("Un autre secteur porte déjà ce nom.")})
        new = Sector(code=fresh_code(session, Sector, data.name), name="", has_coach=False)
        sector = _found(session, Sector, data.code) if data.code else new
        before = sector_line(sector) if data.code else ""
        sector.name, sector.fund, sector.has_coach = data.name, data.fund or None, data.has_coach
        _save(session, actor, sector, Change("sectors", sector.code, before, sector_line(sector), data.why), now)
        return sector.name


def _save(session: Session, actor: Actor, row: Trade | Sector, change: Change, now: datetime) -> None:
    if change.before == change.after:
        raise InvalidInput({"form": _("Rien n’a changé : il n’y a rien à enregistrer.")})
    session.add(row)
    session.flush()
    note_change(session, actor, change, now)


def _add_word(session: Session, actor: Actor, word: str, trade: Trade, kind: str, now: datetime) -> str:
    word = " ".join(word.lower().split())
    names = {plain(trade.name_f), plain(trade.name_m)}
    known = session.exec(select(TradeWord.word).where(TradeWord.trade_code == trade.code))
    if plain(word) in names | {plain(each) for each in known}:
        raise InvalidInput({"word": _("Ce métier a déjà ce mot."), "trade": _("Ce métier a déjà ce mot.")})
    added = TradeWord(trade_code=trade.code, word=word, kind=kind)
    session.add(added)
    session.flush()
    note_change(session, actor, Change("trade_words", f"{trade.code}|{word}", "", word_line(added, trade)), now)
    return both_genders(trade.name_f, trade.name_m)


def _meant(session: Session, typed: str) -> Trade:
    """Find the trade that somebody chose by its code or wrote by one of its names."""
    trades = session.exec(select(Trade)).all()
    wanted = plain(typed)
    for trade in trades:
        names = (trade.name_f, trade.name_m, both_genders(trade.name_f, trade.name_m))
        if trade.code == typed or wanted in {plain(name) for name in names}:
            return trade
    raise InvalidInput({"trade": _("Choisissez un métier de la liste.")})


def _found(session: Session, table: type[Row], code: str) -> Row:
    found = session.get(table, code)
    if found is None:
        raise NotFound
    return found


def _new_trade(session: Session, data: TradeInput) -> Trade:
    code = fresh_code(session, Trade, data.name_m)
    names = {"name_f": data.name_f, "name_m": data.name_m}
    return Trade(code=code, sector_code=data.sector, no_age_limit=False, status=TradeStatus.VALIDATED, **names)
