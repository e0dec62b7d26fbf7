"""The measure of the desks fills a believable database and times every list."""

import pytest

from stageplus.bench import desks
from stageplus.bench.desks import FAMILIES, measure_desks


def test_every_list_is_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "ROUNDS", 2)
    families = measure_desks(60)["families"]
    assert set(FAMILIES) < set(families)
    assert {"introductions", "offers of a coach", "companies of a coach", "desk of a coach", "totals of OFFA"} < set(
        families
    )
    assert all(0 < figures["p50_ms"] <= figures["p95_ms"] for figures in families.values())
