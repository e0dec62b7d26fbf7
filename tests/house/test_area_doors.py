"""A business area is entered by its doors: actions, queries and schemas.

A module of one area that imports the inside of another ties both together, and lets rules and rights of the other
area be passed by. Mend it by adding what you need to the other area's actions, queries or schemas.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVICES = Path(__file__).resolve().parents[2] / "stageplus" / "services"
# `live` is the publish/subscribe seam that every area tells its news to.
DOORS = {"actions", "queries", "schemas", "live"}


def imported_names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def inside_imports(source: str, own_area: str, areas: set[str]) -> list[str]:
    """List the imports that reach past the doors of another area."""
    wrong = []
    for name in imported_names(ast.parse(source)):
        parts = name.split(".")
        if parts[:2] != ["stageplus", "services"] or len(parts) < 3 or parts[2] not in areas - {own_area}:
            continue
        if len(parts) > 3 and parts[3] not in DOORS:
            wrong.append(name)
    return wrong


def area_modules() -> list[Path]:
    return sorted(path for path in SERVICES.glob("*/**/*.py") if path.name != "__init__.py")


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("from stageplus.services.offers.ranking import score", True),
        ("import stageplus.services.offers.ranking", True),
        ("from stageplus.services.offers import ranking", True),
        ("from stageplus.services.offers import queries", False),
        ("from stageplus.services.offers.schemas import OfferCard", False),
        ("from stageplus.services.applications.wording import polite", False),
        ("from stageplus.services.inputs import Input", False),
    ],
)
def test_the_rule_sees_what_it_should(line: str, wrong: bool) -> None:
    assert bool(inside_imports(line, "applications", {"offers", "applications"})) is wrong


def test_areas_enter_each_other_by_their_doors() -> None:
    areas = {path.name for path in SERVICES.iterdir() if path.is_dir()}
    wrong = {
        str(path.relative_to(SERVICES)): found
        for path in area_modules()
        if (found := inside_imports(path.read_text(), path.relative_to(SERVICES).parts[0], areas))
    }
    assert wrong == {}, "use the other area's actions, queries or schemas"
