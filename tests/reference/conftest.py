"""Ways to read the reference files, shared by their tests."""

import csv
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parents[2] / "stageplus" / "reference"

Row = dict[str, str]


def _rows_of(name: str) -> list[Row]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("œ", "oe")).lower()
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9&/]+", " ", kept).strip()


def _municipality(name: str) -> Row:
    (found,) = [row for row in _rows_of("municipalities") if row["name"] == name]
    return found


def _in_force(name: str, day: str) -> Decimal:
    dated = [row for row in _rows_of("parameters") if row["name"] == name and row["effective_from"] <= day]
    return Decimal(max(dated, key=lambda row: row["effective_from"])["value"])


@pytest.fixture(scope="session")
def reference() -> Path:
    return REFERENCE


@pytest.fixture(scope="session")
def rows_of() -> Callable[[str], list[Row]]:
    return _rows_of


@pytest.fixture(scope="session")
def folded() -> Callable[[str], str]:
    return _folded


@pytest.fixture(scope="session")
def municipality() -> Callable[[str], Row]:
    return _municipality


@pytest.fixture(scope="session")
def in_force() -> Callable[[str, str], Decimal]:
    return _in_force
