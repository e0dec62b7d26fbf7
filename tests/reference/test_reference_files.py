"""The reference files that ship with the package are complete, consistent and clean."""

import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

Row = dict[str, str]
Reader = Callable[[str], list[Row]]
InForce = Callable[[str, str], Decimal]

COLUMNS = {
    "places": "postal_code,locality,municipality_ins,latitude,longitude,precision",
    "municipalities": "ins,name,province,region,basin_code,latitude,longitude",
    "place_names": "name,municipality_ins",
    "basins": "code,name",
    "sectors": "code,name,fund,has_coach",
    "trades": "code,sector_code,name_m,name_f,joint_committee,no_age_limit,status",
    "trade_words": "trade_code,word,kind",
    "joint_committees": "code,name",
    "operator_networks": "code,name,words",
    "schemes": "code,name",
    "scheme_rules": "scheme_code,effective_from,min_age,min_age_with_two_years,max_age_contract,operator_kinds",
    "parameters": "name,value,unit,effective_from,source",
    "tutor_limits": "sector_code,effective_from,learners,source",
}

KEYS = {
    "places": ("postal_code", "municipality_ins"),
    "municipalities": ("ins",),
    "place_names": ("name", "municipality_ins"),
    "basins": ("code",),
    "sectors": ("code",),
    "trades": ("code",),
    "trade_words": ("trade_code", "word"),
    "joint_committees": ("code",),
    "operator_networks": ("code",),
    "schemes": ("code",),
    "scheme_rules": ("scheme_code", "effective_from"),
    "parameters": ("name", "effective_from"),
    "tutor_limits": ("sector_code", "effective_from"),
}

LINKS = [
    ("places", "municipality_ins", "municipalities", "ins"),
    ("place_names", "municipality_ins", "municipalities", "ins"),
    ("municipalities", "basin_code", "basins", "code"),
    ("trades", "sector_code", "sectors", "code"),
    ("trades", "joint_committee", "joint_committees", "code"),
    ("trade_words", "trade_code", "trades", "code"),
    ("tutor_limits", "sector_code", "sectors", "code"),
    ("scheme_rules", "scheme_code", "schemes", "code"),
]

MAY_BE_EMPTY = {("municipalities", "basin_code"), ("sectors", "fund"), ("trades", "joint_committee")}


@pytest.mark.parametrize("name", COLUMNS)
def test_each_file_has_exactly_the_agreed_columns(reference: Path, name: str) -> None:
    first_line = (reference / f"{name}.csv").read_text(encoding="utf-8").split("\n", 1)[0]
    assert first_line == COLUMNS[name]


@pytest.mark.parametrize("name", COLUMNS)
def test_every_cell_is_clean_and_filled(rows_of: Reader, name: str) -> None:
    for row in rows_of(name):
        for column, value in row.items():
            assert isinstance(value, str), row
            assert value == unicodedata.normalize("NFC", " ".join(value.split())), row
            assert value or (name, column) in MAY_BE_EMPTY, (column, row)
            assert "’" not in value and "�" not in value, row


@pytest.mark.parametrize("name", KEYS)
def test_keys_are_unique(rows_of: Reader, name: str) -> None:
    counted = Counter(tuple(row[column] for column in KEYS[name]) for row in rows_of(name))
    assert [key for key, times in counted.items() if times > 1] == []


@pytest.mark.parametrize(("child", "column", "parent", "key"), LINKS)
def test_links_between_files_lead_somewhere(rows_of: Reader, child: str, column: str, parent: str, key: str) -> None:
    known = {row[key] for row in rows_of(parent)}
    used = {row[column] for row in rows_of(child)} - {""}
    assert used
    assert used - known == set()


@pytest.mark.parametrize(
    ("name", "count"),
    [("places", 1152), ("municipalities", 565), ("basins", 10), ("joint_committees", 180), ("schemes", 1)],
)
def test_closed_lists_have_their_exact_size(rows_of: Reader, name: str, count: int) -> None:
    assert len(rows_of(name)) == count


@pytest.mark.parametrize(
    ("name", "least"), [("place_names", 150), ("sectors", 16), ("trades", 160), ("trade_words", 900)]
)
def test_open_lists_are_rich_enough(rows_of: Reader, name: str, least: int) -> None:
    assert len(rows_of(name)) >= least


@pytest.mark.parametrize("name", ["scheme_rules", "parameters"])
def test_effective_dates_are_real_dates(rows_of: Reader, name: str) -> None:
    for row in rows_of(name):
        assert date.fromisoformat(row["effective_from"]).isoformat() == row["effective_from"]


def test_the_scheme_opens_at_fifteen_or_sixteen_and_ends_before_twenty_five(rows_of: Reader) -> None:
    (scheme,) = rows_of("scheme_rules")
    assert (scheme["min_age"], scheme["min_age_with_two_years"], scheme["max_age_contract"]) == ("16", "15", "25")
    assert set(scheme["operator_kinds"].split("|")) == {row["code"] for row in rows_of("operator_networks")}


@pytest.mark.parametrize(("level", "amount"), [("a", "359.02"), ("b", "506.85"), ("c", "675.80")])
def test_minimum_pay_follows_from_the_parameters(in_force: InForce, level: str, amount: str) -> None:
    base, rate = in_force("rmmmg_monthly_eur", "2025-02-01"), in_force(f"pay_rate_{level}", "2025-02-01")
    assert (base * rate / 100).quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal(amount)


def test_parameters_are_positive_numbers_with_one_unit_each(rows_of: Reader) -> None:
    units: dict[str, set[str]] = {}
    for row in rows_of("parameters"):
        assert Decimal(row["value"]) > 0, row
        units.setdefault(row["name"], set()).add(row["unit"])
    assert [name for name, used in units.items() if len(used) > 1] == []


def test_every_role_has_its_session_limits(in_force: InForce) -> None:
    for role in ("learner", "company", "coach", "operator", "offa"):
        idle = in_force(f"session_idle_minutes_{role}", "2026-11-24")
        assert idle < in_force(f"session_absolute_hours_{role}", "2026-11-24") * 60


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("weekly_hours_max", 38),
        ("weekly_company_hours_min", 20),
        ("night_from", 20),
        ("night_to", 6),
        ("offer_lifetime_days", 60),
        ("answer_due_days", 7),
        ("answer_reminder_days_1", 7),
        ("answer_reminder_days_2", 14),
        ("no_answer_after_days", 30),
        ("retention_ended_application_months", 3),
        ("retention_inactive_learner_months", 12),
        ("log_retention_months", 12),
    ],
)
def test_rules_of_the_field_are_in_force_today(in_force: InForce, name: str, value: int) -> None:
    assert in_force(name, "2026-11-24") == value
