"""A value counts from its day on, is checked beside its field, and can be taken back until then."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import FreshFactorNeeded, InvalidInput, NotFound, NotPossible
from stageplus.models import JournalEntry, Parameter
from stageplus.services.parameters.actions import add_value, remove_value, save_weights
from stageplus.services.parameters.queries import parameter_detail, parameters, weights
from stageplus.services.parameters.rules import WEIGHTS
from stageplus.services.parameters.schemas import ParameterDetail, ValueInput, WeightsInput
from stageplus.services.parameters.wording import described
from stageplus.services.registers.actions import REFERENCE_FOLDER
from stageplus.services.registers.queries import parameter_in_force
from tests import factories
from tests.factories import NOW

TODAY = NOW.date()
LATER = TODAY + timedelta(days=30)
UNITS = {"offer_lifetime_days": "days", "rmmmg_monthly_eur": "EUR", "evening_from": "hour", "pay_rate_a": "percent"}


@pytest.fixture
def offa(database: Engine) -> Actor:
    with transaction(database) as session:
        factories.minimal_reference(session)
        for name, unit in UNITS.items():
            session.exec(update(Parameter).where(col(Parameter.name) == name).values(unit=unit))
        return replace(factories.an_offa_member(session), proved_at=NOW)


def typed(value: str = "45", day: date = LATER) -> ValueInput:
    return ValueInput(value=value, effective_from=day, why="Décision du comité")


def detail(offa: Actor, database: Engine, name: str = "offer_lifetime_days") -> ParameterDetail:
    return parameter_detail(offa, name, now=NOW, on=database)


def test_a_planned_value_counts_from_its_day_on_and_not_before(offa: Actor, database: Engine) -> None:
    assert add_value(offa, "offer_lifetime_days", typed(), now=NOW, on=database) == "Durée d’une offre"
    with reading(database) as session:
        assert parameter_in_force(session, "offer_lifetime_days", LATER - timedelta(days=1)) == 60
        assert parameter_in_force(session, "offer_lifetime_days", LATER) == 45
        [entry] = session.exec(select(JournalEntry).where(JournalEntry.action == "reference.parameters")).all()
    assert "60 jours" in entry.detail and "45 jours" in entry.detail and "comité" in entry.detail
    shown = detail(offa, database)
    assert [(row.value, row.standing, bool(row.day)) for row in shown.dated] == [
        ("45 jours", "Prévue", True),
        ("60 jours", "En vigueur", False),
    ]
    assert (shown.row.value, shown.row.planned) == ("60 jours", "45 jours dès le 24 déc. 2026")
    assert shown.history[0].why == "Décision du comité"
    [offers] = [family for family in parameters(offa, now=NOW, on=database) if family.title == "Vie des offres"]
    assert "45 jours" in next(row.planned for row in offers.rows if row.name == "offer_lifetime_days")


def test_a_planned_value_is_taken_back_and_one_that_counts_is_not(offa: Actor, database: Engine) -> None:
    add_value(offa, "offer_lifetime_days", typed(), now=NOW, on=database)
    remove_value(offa, "offer_lifetime_days", LATER, now=NOW, on=database)
    assert len(detail(offa, database).dated) == 1
    with pytest.raises(NotFound):
        remove_value(offa, "offer_lifetime_days", LATER, now=NOW, on=database)
    with pytest.raises(NotPossible):
        remove_value(offa, "offer_lifetime_days", date(2020, 1, 1), now=NOW, on=database)
    assert len(detail(offa, database).history) == 2


def test_a_value_of_today_counts_at_once_and_can_be_corrected(offa: Actor, database: Engine) -> None:
    add_value(offa, "offer_lifetime_days", typed("45", TODAY), now=NOW, on=database)
    add_value(offa, "offer_lifetime_days", typed("50", TODAY), now=NOW, on=database)
    shown = detail(offa, database)
    assert [row.value for row in shown.dated] == ["50 jours", "60 jours"]
    assert [line.before for line in shown.history] == ["Durée d’une offre : 45 jours", "Durée d’une offre : 60 jours"]


@pytest.mark.parametrize(
    ("name", "value", "day", "field"),
    [
        ("offer_lifetime_days", "soixante", LATER, "value"),
        ("offer_lifetime_days", "6", LATER, "value"),
        ("offer_lifetime_days", "45,5", LATER, "value"),
        ("offer_lifetime_days", "NaN", LATER, "value"),
        ("offer_lifetime_days", "60", LATER, "value"),
        ("offer_lifetime_days", "45", TODAY - timedelta(days=1), "effective_from"),
        ("offer_lifetime_days", "45", date(2300, 1, 1), "effective_from"),
        ("offer_reminder_days_2", "7", LATER, "value"),
        ("evening_from", "24", LATER, "value"),
        ("pay_rate_a", "24", LATER, "value"),
        ("rmmmg_monthly_eur", "2 111,891", LATER, "value"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    offa: Actor, database: Engine, name: str, value: str, day: date, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        add_value(offa, name, typed(value, day), now=NOW, on=database)
    assert list(refused.value.fields) == [field]
    with reading(database) as session:
        assert len(session.exec(select(Parameter).where(Parameter.name == name)).all()) == 1


def test_amounts_are_read_as_people_write_them(offa: Actor, database: Engine) -> None:
    add_value(offa, "rmmmg_monthly_eur", typed("2 200,50"), now=NOW, on=database)
    assert detail(offa, database, "rmmmg_monthly_eur").dated[0].value.startswith("2")
    with reading(database) as session:
        assert session.get_one(Parameter, ("rmmmg_monthly_eur", LATER)).value == "2200.5"


def test_a_change_asks_for_a_recent_proof(offa: Actor, database: Engine) -> None:
    stale = replace(offa, proved_at=NOW - timedelta(hours=1))
    same = WeightsInput(typed=dict.fromkeys(WEIGHTS, "10"), effective_from=LATER, why="Essai")
    with pytest.raises(FreshFactorNeeded):
        add_value(stale, "offer_lifetime_days", typed(), now=NOW, on=database)
    with pytest.raises(FreshFactorNeeded):
        remove_value(stale, "offer_lifetime_days", LATER, now=NOW, on=database)
    with pytest.raises(FreshFactorNeeded):
        save_weights(stale, same, now=NOW, on=database)


def test_weights_change_together_and_only_what_changed_is_written(offa: Actor, database: Engine) -> None:
    now_typed = {row.name: row.typed for row in weights(offa, now=NOW, on=database).rows}
    wanted = WeightsInput(typed={**now_typed, "rank_distance": "30"}, effective_from=LATER, why="Plus près")
    assert save_weights(offa, wanted, now=NOW, on=database) == 1
    desk = weights(offa, now=NOW, on=database)
    assert [row.standing for row in desk.planned] == ["rank_distance"]
    assert next(row for row in desk.rows if row.name == "rank_distance").planned.startswith("30")
    with pytest.raises(InvalidInput, match="form"):
        save_weights(offa, wanted, now=NOW, on=database)
    for wrong, field in (({"rank_days": "x"}, "rank_days"), (dict.fromkeys(WEIGHTS[:8], "0"), "form")):
        with pytest.raises(InvalidInput, match=field):
            save_weights(offa, wanted.model_copy(update={"typed": now_typed | wrong}), now=NOW, on=database)


def test_every_shipped_parameter_is_described() -> None:
    lines = (REFERENCE_FOLDER / "parameters.csv").read_text(encoding="utf-8").splitlines()[1:]
    names = {line.split(",")[0] for line in lines}
    assert {name for name in names if described(name).label == name} == set()
