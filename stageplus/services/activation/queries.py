"""What whoever holds a mailed link of activation reads, and what is printed on a slip."""

from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.config import settings
from stageplus.db.engine import reading
from stageplus.domain.activation import grouped, new_code
from stageplus.domain.actors import Actor
from stageplus.domain.links import LinkPurpose
from stageplus.domain.titles import both_genders
from stageplus.models import ActivationCode, Enrolment, Operator, Trade
from stageplus.services.accounts.queries import person_with_email
from stageplus.services.activation.codes import live_code
from stageplus.services.activation.schemas import CodeSlip, DemoCode, LinkHolder
from stageplus.services.links.queries import fresh_link
from stageplus.texts.formats import day_in_brussels, long_date

DEMO_CODES = tuple(new_code(Random(2026 + number).choice) for number in range(6))  # noqa: S311 — public on purpose
"""The codes that the demonstration's people wait with."""


def demo_codes(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> list[DemoCode]:
    """List the codes that are still to try, in demo mode only."""
    if not settings().demo:
        return []
    with reading(on) as session:
        found = [(code, live_code(session, code, now)) for code in DEMO_CODES]
    return [DemoCode(f"{live[1].first_name} {live[1].last_name}", grouped(code)) for code, live in found if live]


def look_at_activation(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> LinkHolder:
    """Say whom a mailed link of activation is for, to whoever holds it; empty for any other link."""
    with reading(on) as session:
        link = fresh_link(session, token, LinkPurpose.ACTIVATION, now)
        wanted: Any = select(ActivationCode, Enrolment, Operator).select_from(ActivationCode).join(Enrolment)
        wanted = wanted.join(Operator, col(Enrolment.operator_id) == Operator.id)
        found = session.exec(wanted.where(ActivationCode.enrolment_id == int(link.subject))).first() if link else None
        if found is None:
            return LinkHolder()
        code, enrolment, operator = found
        known = person_with_email(session, code.email)
    return LinkHolder(f"{enrolment.first_name} {enrolment.last_name}", operator.name, code.email, known is not None)


def slip_of(session: Session, enrolment: Enrolment, code: str, until: datetime) -> CodeSlip:
    """Build what is printed for one learner; trade and operator are read once per session."""
    trade = session.get_one(Trade, enrolment.trade_code)
    return CodeSlip(
        name=f"{enrolment.first_name} {enrolment.last_name}",
        reference=enrolment.reference,
        trade=both_genders(trade.name_f, trade.name_m),
        operator=session.get_one(Operator, enrolment.operator_id).name,
        until=long_date(day_in_brussels(until)),
        code=code,
    )
