"""The search bench itself: every family is timed and finds something."""

import json

from click.testing import CliRunner

from stageplus.bench.search import FAMILIES
from stageplus.cli import main


def test_each_family_is_timed_and_nothing_else_is_printed() -> None:
    told = CliRunner().invoke(main, ["bench", "search", "--offers", "300", "--json"])
    assert told.exit_code == 0, told.output
    families = json.loads(told.stdout)["families"]
    assert set(families) == set(FAMILIES)
    assert all(0 < each["p50_ms"] <= each["p95_ms"] for each in families.values())
