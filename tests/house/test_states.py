"""Every public method of a State can be called by any browser.

Reflex turns each one into an event, decorated or not: so each is decorated on purpose, or starts with `_`, or is a
computed variable. And every state class says itself who may call it: an inherited audience does not count.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

STATES = Path(__file__).resolve().parents[2] / "stageplus" / "states"
DECLARING = {"rx.event", "rx.var"}
LONGEST_HANDLER = 24


def state_classes(tree: ast.AST) -> Iterator[ast.ClassDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any("State" in ast.unparse(base) for base in node.bases):
            yield node


def is_mixin(owner: ast.ClassDef) -> bool:
    """Say whether Reflex only copies a class into others, each with an audience of its own."""
    return any(each.arg == "mixin" for each in owner.keywords)


def methods(owner: ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in owner.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def faults_of(source: str) -> list[str]:
    """List the public methods that nobody declared and the classes without an audience."""
    wrong = []
    for owner in state_classes(ast.parse(source)):
        declared = {ast.unparse(node.target) for node in owner.body if isinstance(node, ast.AnnAssign)}
        if "AUDIENCE" not in declared and not is_mixin(owner):
            wrong.append(f"{owner.name}: declare AUDIENCE")
        for method in methods(owner):
            marks = {ast.unparse(mark).split("(")[0] for mark in method.decorator_list}
            if not method.name.startswith("_") and not marks & DECLARING:
                wrong.append(f"{owner.name}.{method.name}: add @rx.event, or start the name with _")
    return wrong


def modules() -> list[Path]:
    return sorted(path for path in STATES.rglob("*.py") if path.name not in {"__init__.py", "gate.py"})


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("AUDIENCE: ClassVar = 1\n    @rx.event\n    def act(self): ...", 0),
        ("AUDIENCE: ClassVar = 1\n    @rx.event(background=True)\n    async def act(self): ...", 0),
        ("AUDIENCE: ClassVar = 1\n    def act(self): ...", 1),
        ("AUDIENCE: ClassVar = 1\n    def _act(self): ...", 0),
        ("count: int = 0", 1),
    ],
)
def test_the_rule_sees_what_it_should(body: str, count: int) -> None:
    assert len(faults_of(f"class OneState(SessionState):\n    {body}")) == count


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.stem)
def test_every_public_method_is_declared(path: Path) -> None:
    assert faults_of(path.read_text()) == []


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.stem)
def test_handlers_stay_thin(path: Path) -> None:
    tall = {
        f"{owner.name}.{method.name}": (method.end_lineno or 0) - method.lineno + 1
        for owner in state_classes(ast.parse(path.read_text()))
        for method in methods(owner)
    }
    assert {name: lines for name, lines in tall.items() if lines > LONGEST_HANDLER} == {}, "move the work to a use case"
