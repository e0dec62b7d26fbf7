"""A fresh machine installs what the code imports, nothing unpinned, and every choice is explained.

A package that only happens to be installed here makes the program fail elsewhere: add it to requirements.txt with its
exact version, and one line to docs/dependencies.md.
"""

import ast
import importlib.metadata
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOR_MEASURES_ONLY = {"playwright"}


def pinned(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text().splitlines()
    pairs = (re.fullmatch(r"([\w.-]+)(?:\[\w+\])?==([\w.]+)", line) for line in lines)
    return {pair[1]: pair[2] for pair in pairs if pair}


def chosen(name: str) -> list[str]:
    text = (ROOT / name).read_text().split("# Needed by those above")[0]
    return re.findall(r"^([\w-]+)(?:\[\w+\])?==", text, re.MULTILINE)


def imported_packages() -> set[str]:
    found = set()
    for path in (ROOT / "stageplus").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"stageplus"} - FOR_MEASURES_ONLY


def test_every_imported_package_is_pinned() -> None:
    distributions = importlib.metadata.packages_distributions()
    names = {re.sub("[._]", "-", distributions[module][0].lower()) for module in imported_packages()}
    assert names <= set(pinned("requirements.txt"))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_line_is_an_exact_version(name: str) -> None:
    lines = [line for line in (ROOT / name).read_text().splitlines() if line and line[0] not in "#-"]
    assert len(lines) == len(pinned(name)) > 5


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_choice_is_explained(name: str) -> None:
    explained = (ROOT / "docs" / "dependencies.md").read_text()
    assert [package for package in chosen(name) if f"`{package}`" not in explained] == []
