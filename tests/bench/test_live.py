"""The bench of live news itself: both sides see each other's taps, and nothing else is printed."""

import json
import subprocess
import sys


def test_taps_are_timed_on_the_other_side_while_others_search() -> None:
    # In a process of its own: the command sets the environment that settings are read from once.
    command = [sys.executable, "-m", "stageplus.cli", "bench", "live", "--sessions", "2", "--turns", "1", "--json"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    figures = json.loads(told.stdout)
    assert (figures["taps"], figures["sessions"]) == (3, 2)
    assert 0 < figures["p50_ms"] <= figures["p95_ms"]
