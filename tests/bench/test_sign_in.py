"""The sign-in bench itself: it names a real handler, and everybody of its crowd comes in."""

import json

from click.testing import CliRunner

from stageplus.bench import sign_in
from stageplus.cli import main
from stageplus.states.learner.offers import LearnerOffersState


def test_the_search_it_times_is_a_handler_of_ours() -> None:
    assert f"{LearnerOffersState.get_full_name()}.search" == sign_in.SEARCH
    assert "search" in LearnerOffersState.event_handlers
    assert sign_in.ANSWER.removesuffix("_rx_state_") in LearnerOffersState.vars


def test_a_small_crowd_is_timed_and_nothing_else_is_printed() -> None:
    told = CliRunner().invoke(main, ["bench", "sign-in", "--people", "12", "--json"])
    assert told.exit_code == 0, told.output
    figures = json.loads(told.stdout)
    assert figures["signed_in"] == 12
    assert figures["calm_p95_ms"] > 0 and figures["storm_p95_ms"] > 0
