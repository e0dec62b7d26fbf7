"""What OFFA reads of dated parameters and weights: in force, before, planned, and what another value would do."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import InvalidInput, NotFound
from stageplus.models import Parameter
from stageplus.services.offers.queries import ranked_twice
from stageplus.services.offers.schemas import OfferSearch
from stageplus.services.parameters.actions import KIND, unit_of, weights_typed
from stageplus.services.parameters.effects import Tried, effects_of, is_computed
from stageplus.services.parameters.ranked import compared
from stageplus.services.parameters.rules import WEIGHTS, allowed_value, allowed_words
from stageplus.services.parameters.schemas import (
    Comparison,
    ParameterDetail,
    ParameterFamily,
    ParameterRow,
    SampleInput,
    Trial,
    TryInput,
    ValueRow,
    WeightRow,
    WeightsDesk,
)
from stageplus.services.parameters.wording import FAMILIES, RANKING, described, unit_words, value_words
from stageplus.services.reference.queries import changes_of
from stageplus.services.registers.queries import parameters_in_force
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, long_date, short_date


def parameters(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> list[ParameterFamily]:
    """List every parameter by family with its value in force and the next one planned; weights are elsewhere."""
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with reading(on) as session:
        rows = [_row(name, dated, day_in_brussels(now)) for name, dated in _dated(session).items()]
    families: dict[str, list[ParameterRow]] = {family: [] for family in FAMILIES}
    for row in rows:
        if (family := described(row.name).family) != RANKING:
            families[family].append(row)
    return [ParameterFamily(title, found) for title, found in families.items() if found]


def parameter_detail(actor: Actor | None, name: str, *, now: datetime, on: Engine | None = None) -> ParameterDetail:
    """Show a parameter with its past, present and planned values; raises `NotFound` for one of nothing."""
    actor = require(actor, Permission.REFERENCE_MANAGE)
    today = day_in_brussels(now)
    with reading(on) as session:
        dated = _dated(session, [name]).get(name)
        if dated is None:
            raise NotFound(name)
        history = changes_of(session, KIND, keys=[name])
    current = _in_force(dated, today)
    return ParameterDetail(
        row=_row(name, dated, today),
        typed=_typed(current.value),
        allowed=f"{unit_words(dated[0].unit).capitalize()}. {allowed_words(name, dated[0].unit)}",
        earliest=today.isoformat(),
        dated=[_value_row(each, current, today) for each in reversed(dated)],
        history=history,
    )


def try_value(actor: Actor | None, name: str, data: TryInput, *, now: datetime, on: Engine | None = None) -> Trial:
    """Say what a value would do on the data of this moment, before and after; nothing is saved.

    Raises `InvalidInput` when the value is out of its range.
    """
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with reading(on) as session:
        unit = unit_of(session, name)
        value = allowed_value(name, unit, data.value)
        before = parameters_in_force(session, day_in_brussels(now))
        effects = effects_of(Tried(session, name, before, {**before, name: value}, now))
    return Trial(value_words(value, unit), effects, "" if effects else described(name).governs)


def weights(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> WeightsDesk:
    """Show the weights of ranking, those planned and what changed in them."""
    actor = require(actor, Permission.REFERENCE_MANAGE)
    today = day_in_brussels(now)
    with reading(on) as session:
        dated = _dated(session, WEIGHTS)
        history = changes_of(session, KIND, keys=WEIGHTS)
    rows = [_weight(name, dated[name], today) for name in WEIGHTS]
    planned = [_planned_row(each) for name in WEIGHTS for each in dated[name] if each.effective_from > today]
    return WeightsDesk(rows, today.isoformat(), planned, history)


def try_weights(
    actor: Actor | None, typed: Mapping[str, str], data: SampleInput, *, now: datetime, on: Engine | None = None
) -> Comparison:
    """Rank the first ten results of a sample search with the weights in force and with those that were typed.

    Raises `InvalidInput` for a weight that does not fit and for a place of nowhere.
    """
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with reading(on) as session:
        values = weights_typed(session, typed)
        before = parameters_in_force(session, day_in_brussels(now))
        search = OfferSearch(text=data.text, place=data.place, radius=50)
        found = ranked_twice(session, search, before, {**before, **values}, now)
    if found is None:
        raise InvalidInput({"place": _("Ce lieu n’est pas connu. Essayez un code postal.")})
    return compared(*found)


def _dated(session: Session, names: Sequence[str] = ()) -> dict[str, list[Parameter]]:
    """Return all values of each parameter, the oldest first."""
    wanted = select(Parameter).order_by(col(Parameter.effective_from))
    found: dict[str, list[Parameter]] = defaultdict(list)
    for each in session.exec(wanted.where(col(Parameter.name).in_(names)) if names else wanted):
        found[each.name].append(each)
    return found


def _in_force(dated: Sequence[Parameter], today: date) -> Parameter:
    return next((each for each in reversed(dated) if each.effective_from <= today), dated[0])


def _row(name: str, dated: Sequence[Parameter], today: date) -> ParameterRow:
    words, current = described(name), _in_force(dated, today)
    planned = [f"{value_words(each.value, each.unit)} {_since(each)}" for each in dated if each.effective_from > today]
    return ParameterRow(
        name=name,
        label=words.label,
        governs=words.governs,
        value=value_words(current.value, current.unit),
        planned=", ".join(planned),
        is_tried=is_computed(name),
    )


def _since(value: Parameter) -> str:
    return _("dès le {day}").format(day=short_date(value.effective_from))


def _value_row(value: Parameter, current: Parameter, today: date) -> ValueRow:
    later = value.effective_from > today
    standing = _("Prévue") if later else _("En vigueur") if value is current else _("Remplacée")
    return ValueRow(
        value=value_words(value.value, value.unit),
        since=long_date(value.effective_from),
        standing=standing,
        source=value.source,
        day=value.effective_from.isoformat() if later else "",
    )


def _planned_row(value: Parameter) -> ValueRow:
    words = f"{described(value.name).label} : {value_words(value.value, value.unit)}"
    day = value.effective_from
    return ValueRow(words, long_date(day), value.name, value.source, day.isoformat())


def _weight(name: str, dated: Sequence[Parameter], today: date) -> WeightRow:
    words, current = described(name), _in_force(dated, today)
    planned = _row(name, dated, today).planned
    return WeightRow(name, words.label, words.governs, _typed(current.value), unit_words(current.unit), planned)


def _typed(value: str) -> str:
    return value.replace(".", ",")
