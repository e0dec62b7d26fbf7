"""The bench of the figures fills two years of facts and times every page of them."""

import json

import pytest
from click.testing import CliRunner

from stageplus.bench import dashboards
from stageplus.bench.dashboards import SEARCHES
from stageplus.cli import main


def test_every_page_of_figures_is_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dashboards, "ROUNDS", 2)
    monkeypatch.setattr(dashboards, "DAYS", 70)
    told = CliRunner().invoke(main, ["bench", "dashboards", "--applications", "2000", "--json"])
    assert told.exit_code == 0, told.output
    figures = json.loads(told.stdout)
    assert set(figures["families"]) == {*SEARCHES, "open figures", "open files"}
    assert figures["facts"] > 4000
    assert all(0 < each["p50_ms"] <= each["p95_ms"] for each in figures["families"].values())
