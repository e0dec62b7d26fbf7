"""Reads of the registers."""

from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from stageplus.domain.errors import NotFound
from stageplus.models import Parameter


def parameter_in_force(session: Session, name: str, on: date) -> Decimal:
    """Return the value of a dated parameter on a day, in the unit that its row names; raises `NotFound` before any."""
    statement = select(Parameter).where(Parameter.name == name, col(Parameter.effective_from) <= on)
    found = session.exec(statement.order_by(col(Parameter.effective_from).desc()).limit(1)).first()
    if found is None:
        raise NotFound(name)
    return Decimal(found.value)


def parameters_in_force(session: Session, on: date) -> dict[str, str]:
    """Return every dated parameter's value on a day, read at once."""
    dated = select(Parameter).where(col(Parameter.effective_from) <= on).order_by(col(Parameter.effective_from))
    return {parameter.name: parameter.value for parameter in session.exec(dated)}
