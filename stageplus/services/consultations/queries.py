"""What a learner reads of who consulted their data: the organization and the day.

Never which of its people: the access right covers when and why data were consulted, not who at the controller or a
recipient did (Court of Justice, 22 June 2023, C-579/21, Pankki S).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.titles import both_genders
from stageplus.models import Application, Company, Consultation, Offer, Operator, Trade
from stageplus.services.consultations.schemas import Looked
from stageplus.texts import _
from stageplus.texts.formats import long_date

MOST_SHOWN = 100


def my_consultations(
    actor: Actor | None, application_id: int, *, now: datetime, on: Engine | None = None
) -> list[Looked]:
    """List who opened one of the learner's applications and when, or everything of theirs for 0; the latest first.

    Somebody else's application has no line. At most a hundred lines; the whole log is in the file of one's data.
    """
    actor = require(actor, Permission.APPLICATION_SEND)
    mine = _read().where(Consultation.learner_id == actor.learner_id)
    if application_id:
        mine = mine.where(Consultation.application_id == application_id)
    with reading(on) as session:
        found = session.execute(mine.order_by(col(Consultation.day).desc()).limit(MOST_SHOWN)).all()
    return [_line(*row) for row in found]


def _read() -> Any:
    """Select one line per organization, application and day, however many of its people looked."""
    shown: Any = (
        Consultation.day,
        Consultation.application_id,
        Company.name,
        Operator.name,
        Trade.name_f,
        Trade.name_m,
    )
    read: Any = select(*shown).select_from(Consultation)
    read = read.join(Company, col(Company.id) == Consultation.company_id, isouter=True)
    read = read.join(Operator, col(Operator.id) == Consultation.operator_id, isouter=True)
    read = read.join(Application, col(Application.id) == Consultation.application_id, isouter=True)
    read = read.join(Offer, col(Offer.id) == Application.offer_id, isouter=True)
    read = read.join(Trade, col(Trade.code) == Offer.trade_code, isouter=True)
    return read.distinct()


def _line(day: Any, _application: Any, company: Any, operator: Any, name_f: Any, name_m: Any) -> Looked:
    who = company or _("{operator}, ton opérateur").format(operator=operator or "")
    what = both_genders(name_f, name_m) if name_f else ""
    return Looked(who, what, long_date(day))
