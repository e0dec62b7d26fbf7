"""Whoever runs the site finds every setting, task and command in docs/operations.md.

A setting that nobody described is found by reading the code, at night, when something is broken.
"""

import re
from pathlib import Path

from stageplus.cli import main
from stageplus.config import Settings
from stageplus.jobs.clock import JOBS

OPERATIONS = (Path(__file__).resolve().parents[2] / "docs" / "operations.md").read_text()
SAID_BY_MAKE = {"build", "demo", "serve", "bench"}


def test_every_setting_is_described_and_no_other() -> None:
    described = set(re.findall(r"STAGEPLUS_[A-Z_]+", OPERATIONS))
    assert described == {f"STAGEPLUS_{name.upper()}" for name in Settings.model_fields}


def test_every_task_is_described_with_its_pace() -> None:
    rows = dict(re.findall(r"^\| `([^`]+)` \| (\d+ \w+) \|", OPERATIONS, re.MULTILINE))
    paces = {"5 seconds": 5, "1 minute": 60, "10 minutes": 600, "30 minutes": 1800, "1 hour": 3600, "1 day": 86_400}
    assert {name: paces[pace] for name, pace in rows.items()} == {job.name: job.every.total_seconds() for job in JOBS}


def test_every_command_is_named() -> None:
    assert {name for name in set(main.commands) - SAID_BY_MAKE if f"stageplus {name}" not in OPERATIONS} == set()
