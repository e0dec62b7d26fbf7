"""The bench of the dashboards fills a world in proportion and times what each page reads."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from stageplus.bench import dashboards
from stageplus.cli import main

PAGES = {
    *(f"coach: {page}" for page in ("home", "offers", "companies", "company sheet", "territory")),
    *(f"operator: {page}" for page in ("home", "learners", "introductions", "learner sheet")),
    *(f"offa: {page}" for page in ("home", "accounts", "suspicions", "statistics")),
    "open figures",
    "open files",
}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_page_is_timed(kind: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dashboards, "ROUNDS", 2)
    address = kind
    if kind == "postgresql":
        database: Engine = request.getfixturevalue("postgresql_database")
        address = database.url.render_as_string(hide_password=False)
    command = ["bench", "dashboards", "--applications", "1000", "--database", address, "--json"]
    told = CliRunner().invoke(main, command)
    assert told.exit_code == 0, told.output
    figures = json.loads(told.stdout)
    assert set(figures["families"]) == PAGES
    assert figures["applications"] > 1000
    assert figures["facts"] > 4000
    assert all(0 < each["p50_ms"] <= each["p95_ms"] for each in figures["families"].values())
