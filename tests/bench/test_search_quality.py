"""Search understands learners as they write: the bar of the closing note, measured as the command prints it."""

import json

from click.testing import CliRunner

from stageplus.bench.search_quality import Quality, Query, learners_queries
from stageplus.cli import main

LEAST = 0.95


def test_nearly_every_query_finds_a_right_offer_among_the_first_five() -> None:
    told = CliRunner().invoke(main, ["bench", "search-quality", "--json"])
    assert told.exit_code == 0, told.output
    figures = json.loads(told.stdout)
    assert figures["queries"] >= 150
    assert figures["top5"] >= LEAST
    assert figures["held_out"] >= 50
    assert figures["held_out_top5"] >= LEAST


def test_no_query_stands_twice_and_each_has_an_answer() -> None:
    queries = learners_queries()
    assert len({query.text for query in queries}) == len(queries)
    assert all(query.trades for query in queries)


def test_what_is_missed_is_counted() -> None:
    known, unseen = Query("a", frozenset({"x"}), held_out=False), Query("b", frozenset({"y"}), held_out=True)
    assert Quality([known, unseen], [unseen]).figures == {
        "queries": 2,
        "top5": 0.5,
        "held_out": 1,
        "held_out_top5": 0.0,
    }
