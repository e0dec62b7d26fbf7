"""Use cases of dated parameters: OFFA adds a value from a day on, or takes back one that does not count yet."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import InvalidInput, NotFound, NotPossible
from stageplus.models import Parameter
from stageplus.services.factors.queries import require_recent_proof
from stageplus.services.parameters.rules import WEIGHTS, allowed_value, check_day, check_order
from stageplus.services.parameters.schemas import ValueInput, WeightsInput
from stageplus.services.parameters.wording import described, value_words
from stageplus.services.reference.actions import note_change
from stageplus.services.reference.schemas import Change
from stageplus.services.registers.queries import parameters_in_force
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, short_date

KIND = "parameters"


def add_value(actor: Actor | None, name: str, data: ValueInput, *, now: datetime, on: Engine | None = None) -> str:
    """Give a parameter a value from today or a later day on, and return its label; asks for a recent proof.

    A value planned for the same day is replaced. Raises `NotFound` for a parameter of nothing, `InvalidInput` when the
    value is out of its range, changes nothing, contradicts another parameter, or counts from a day that is over.
    """
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with transaction(on) as session:
        require_recent_proof(session, actor, now)
        unit = unit_of(session, name)
        value = allowed_value(name, unit, data.value)
        check_day(data.effective_from, day_in_brussels(now))
        known = parameters_in_force(session, data.effective_from)
        if known.get(name) == value:
            raise InvalidInput({"value": _("C’est déjà la valeur à cette date.")})
        check_order({**known, name: value}, name)
        _write(session, actor, name, unit, value, data.effective_from, data.why, now)
        return described(name).label


def remove_value(actor: Actor | None, name: str, day: date, *, now: datetime, on: Engine | None = None) -> str:
    """Take back a value that does not count yet, and return the parameter's label; asks for a recent proof.

    Raises `NotFound` when there is none, `NotPossible` when its day has come.
    """
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with transaction(on) as session:
        require_recent_proof(session, actor, now)
        found = session.get(Parameter, (name, day))
        if found is None:
            raise NotFound(name)
        if day <= day_in_brussels(now):
            raise NotPossible("remove", "en vigueur")
        session.delete(found)
        _note(
            session,
            actor,
            name,
            _from(found.value, found.unit, day),
            _("retirée"),
            _("avant son entrée en vigueur"),
            now,
        )
        return described(name).label


def save_weights(actor: Actor | None, data: WeightsInput, *, now: datetime, on: Engine | None = None) -> int:
    """Give the weights of ranking other values from a day on, and say how many changed; asks for a recent proof.

    Raises `InvalidInput` with one message for each weight that does not fit, or when nothing changes.
    """
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with transaction(on) as session:
        require_recent_proof(session, actor, now)
        check_day(data.effective_from, day_in_brussels(now))
        values = weights_typed(session, data.typed)
        known = parameters_in_force(session, data.effective_from)
        changed = {name: value for name, value in values.items() if known.get(name) != value}
        if not changed:
            raise InvalidInput({"form": _("Ce sont déjà les pondérations à cette date.")})
        units = units_of(session, changed)
        for name, value in changed.items():
            _write(session, actor, name, units[name], value, data.effective_from, data.why, now)
        return len(changed)


def weights_typed(session: Session, typed: Mapping[str, str]) -> dict[str, str]:
    """Read every weight of a form; raises `InvalidInput` with one message for each that does not fit."""
    units = units_of(session, WEIGHTS)
    values, wrong = {}, {}
    for name in WEIGHTS:
        try:
            values[name] = allowed_value(name, units[name], typed.get(name, ""))
        except InvalidInput as refusal:
            wrong[name] = refusal.fields["value"]
    if not wrong and not any(float(values[name]) for name in WEIGHTS[:8]):
        wrong["form"] = _("Une pondération au moins doit compter : toutes sont à zéro.")
    if wrong:
        raise InvalidInput(wrong)
    return values


def unit_of(session: Session, name: str) -> str:
    """Return the unit of a parameter; raises `NotFound` for one of nothing."""
    return units_of(session, [name])[name]


def units_of(session: Session, names: Collection[str]) -> dict[str, str]:
    """Return the unit of some parameters; raises `NotFound` when one of them is nothing."""
    found = session.exec(select(Parameter.name, Parameter.unit).where(col(Parameter.name).in_(names)))
    units = {name: unit for name, unit in found}  # noqa: C416 — rows are no pairs for the types
    if missing := set(names) - set(units):
        raise NotFound(min(missing))
    return units


def _write(
    session: Session, actor: Actor, name: str, unit: str, value: str, day: date, why: str, now: datetime
) -> None:
    dated = select(Parameter).where(Parameter.name == name, col(Parameter.effective_from) <= day)
    known = session.exec(dated.order_by(col(Parameter.effective_from).desc()).limit(1)).first()
    before = value_words(known.value, unit) if known else ""
    row = session.get(Parameter, (name, day)) or Parameter(
        name=name, effective_from=day, value="", unit=unit, source=""
    )
    row.value, row.source = value, f"OFFA : {why}"[:300]
    session.add(row)
    session.flush()
    _note(session, actor, name, before, _from(value, unit, day), why, now)


def _note(session: Session, actor: Actor, name: str, before: str, after: str, why: str, now: datetime) -> None:
    label = described(name).label
    note_change(session, actor, Change(KIND, name, f"{label} : {before}", after, why), now)


def _from(value: str, unit: str, day: date) -> str:
    return _("{value} dès le {day}").format(value=value_words(value, unit), day=short_date(day))
