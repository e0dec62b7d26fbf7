"""Reads of the registers."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from stageplus.domain.errors import NotFound
from stageplus.domain.plain_text import plain
from stageplus.models import Company, FormerNumber, Municipality, Parameter, Scheme, SchemeRule, Trade
from stageplus.services.registers.schemas import Named
from stageplus.texts.formats import day_in_brussels


def parameter_in_force(session: Session, name: str, on: date) -> Decimal:
    """Return the value of a dated parameter on a day, in the unit that its row names; raises `NotFound` before any."""
    statement = select(Parameter).where(Parameter.name == name, col(Parameter.effective_from) <= on)
    found = session.exec(statement.order_by(col(Parameter.effective_from).desc()).limit(1)).first()
    if found is None:
        raise NotFound(name)
    return Decimal(found.value)


def months_before(session: Session, name: str, now: datetime) -> datetime:
    """Return the moment that lies the months of a dated parameter, of thirty and a half days each, before now."""
    return months_back(now, float(parameter_in_force(session, name, day_in_brussels(now))))


def months_back(now: datetime, months: float) -> datetime:
    """Return the moment that lies so many months, of thirty and a half days each, before now."""
    return now - timedelta(days=30.5 * months)


def in_force(name: ColumnElement[str], on: date | ColumnElement[date]) -> Any:
    """Select, inside another statement, the value on a day of the dated parameter that an expression names."""
    dated = select(Parameter.value).where(Parameter.name == name, col(Parameter.effective_from) <= on)
    return dated.order_by(col(Parameter.effective_from).desc()).limit(1).scalar_subquery()


def parameters_in_force(session: Session, on: date) -> dict[str, str]:
    """Return every dated parameter's value on a day, read at once."""
    dated = select(Parameter).where(col(Parameter.effective_from) <= on).order_by(col(Parameter.effective_from))
    return {parameter.name: parameter.value for parameter in session.exec(dated)}


def rule_in_force(today: date) -> ColumnElement[bool]:
    """Join, inside another statement, to each dispositif what it asks on a day."""
    other = aliased(SchemeRule)
    latest = select(func.max(other.effective_from)).where(
        col(other.scheme_code) == Scheme.code, col(other.effective_from) <= today
    )
    of_it: ColumnElement[bool] = col(SchemeRule.scheme_code) == Scheme.code
    return of_it & (col(SchemeRule.effective_from) == latest.correlate(Scheme).scalar_subquery())


def schemes_in_force(session: Session, today: date) -> list[tuple[Scheme, SchemeRule]]:
    """List the dispositifs that an offer or an enrolment may begin in, with what they ask; the oldest first."""
    first = aliased(SchemeRule)
    oldest = select(func.min(first.effective_from)).where(col(first.scheme_code) == Scheme.code)
    lasts = col(Scheme.last_day).is_(None) | (col(Scheme.last_day) >= today)
    wanted = select(Scheme, SchemeRule).join(SchemeRule, rule_in_force(today)).where(lasts)
    return list(session.exec(wanted.order_by(oldest.correlate(Scheme).scalar_subquery(), Scheme.name)).all())


def former_numbers(session: Session) -> dict[str, str]:
    """Return the present enterprise number for each one of a company that OFFA joined to another."""
    wanted = select(FormerNumber.enterprise_number, Company.enterprise_number).join(Company)
    return {former: present for former, present in session.exec(wanted)}  # noqa: C416 — rows are no pairs for the types


def named(session: Session, words: Sequence[str]) -> list[Named]:
    """Return, for each plain word, the trades and municipalities whose name has a word that begins so."""
    trades = session.exec(select(Trade.code, Trade.name_f, Trade.name_m)).all()
    towns = session.exec(select(Municipality.ins, Municipality.name)).all()
    known_trades = {code: f" {plain(f'{feminine} {masculine}')}" for code, feminine, masculine in trades}
    known_towns = {ins: f" {plain(name)}" for ins, name in towns}
    return [Named(_with(word, known_trades), _with(word, known_towns)) for word in words]


def _with(beginning: str, names: dict[str, str]) -> list[str]:
    return [code for code, name in names.items() if f" {beginning}" in name]
