"""The sign-in bench itself: it names a real handler, and everybody of its crowd comes in."""

import json
import subprocess
import sys

from stageplus.bench import wire
from stageplus.states.learner.offers import LearnerOffersState


def test_the_search_it_times_is_a_handler_of_ours() -> None:
    assert f"{LearnerOffersState.get_full_name()}.search" == wire.SEARCH
    assert "search" in LearnerOffersState.event_handlers
    assert wire.FOUND.removesuffix("_rx_state_") in LearnerOffersState.vars


def test_a_small_crowd_is_timed_and_nothing_else_is_printed() -> None:
    # In a process of its own: the command sets the environment that settings are read from once.
    command = [sys.executable, "-m", "stageplus.cli", "bench", "sign-in", "--people", "4", "--json"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    figures = json.loads(told.stdout)
    assert figures["signed_in"] == 4
    assert figures["calm_p95_ms"] > 0 and figures["storm_p95_ms"] > 0
