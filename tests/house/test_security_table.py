"""docs/security.md names tests: each is there, and no requirement is left out.

A table of promises that nobody checks drifts. When a test is renamed, rename it there too.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ASVS = re.findall(r"^\| (\d\.\d+\.\d+)(?: – (\d\.\d+\.\d+))? \|", TEXT, re.MULTILINE)
SECTIONS = {
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
}  # fmt: skip
"""How many requirements of levels 1 and 2 each section of ASVS 5.0 has; those of level 3 come last in it."""


def covered() -> list[str]:
    found = []
    for first, last in ASVS:
        section, start = first.rsplit(".", 1)
        end = (last or first).rsplit(".", 1)[1]
        found += [f"{section}.{number}" for number in range(int(start), int(end) + 1)]
    return found


def test_every_requirement_is_answered_once() -> None:
    wanted = [f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)]
    assert covered() == wanted


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`(tests/[\w/.]+::\w+)`", TEXT))))
def test_the_tests_it_names_exist(named: str) -> None:
    path, name = named.split("::")
    assert re.search(rf"^(async )?def {name}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`(tests/[\w/]+(?:\.py)?)/?`", TEXT))))
def test_the_files_it_names_exist(named: str) -> None:
    assert (ROOT / named).exists()
