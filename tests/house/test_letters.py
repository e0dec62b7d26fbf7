"""No letter is forgotten: each one in the code has a group, both faces, and one link of ours.

A letter without a group could not be chosen at `/compte`, nor said in the daily mail. Add its kind to `LETTERS` in
`stageplus/domain/letters.py`, in the group where whoever receives it would look for it. This test reads the kinds from
the code: `queue_mail(kind="…")`, and whatever function hands its own argument `kind` on to it. Keep a kind’s beginning
written out, as in `f"reminder-{turn}"`.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from stageplus.config import settings
from stageplus.domain.letters import LETTERS, UnknownLetter, letter_of
from stageplus.services.notifications.wording import html_of, text_of

ROOT = Path(__file__).resolve().parents[2]
AREAS = ROOT / "stageplus" / "services"
OUTBOX = "stageplus.services.notifications.actions.queue_mail"
SECOND_LINKS = {"alerts/digest.py", "applications/letters.py", "circulars/letters.py"}
"""Whose mail has a second link, used without signing in: to stop alerts or messages of coaches, to answer an
application."""


@dataclass(frozen=True)
class Door:
    """A function that writes letters: which argument names the kind, where it stands, and what is put before it."""

    argument: str
    position: int
    before: str = ""


class Reader:
    """Finds the kinds that a set of modules writes."""

    def __init__(self, sources: dict[str, str]) -> None:
        self.trees = {name: ast.parse(source) for name, source in sources.items()}
        self.others = dict(pair for module, tree in self.trees.items() for pair in _other_names(module, tree))
        self.doors = {OUTBOX: Door("kind", -1)}
        self.kinds: set[str] = set()
        self.unread: set[str] = set()
        known = 0
        while known < len(self.doors):
            known = len(self.doors)
            self.kinds, self.unread = set(), set()
            for module, tree in self.trees.items():
                self._read(module, tree)

    def _read(self, module: str, tree: ast.Module) -> None:
        names = _names(module, tree)
        for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                called = _whole_name(call.func, names)
                door = self.doors.get(self.others.get(called, called))
                if door:
                    self._follow(module, tree, function, call, door)

    def _follow(self, module: str, tree: ast.Module, function: ast.FunctionDef, call: ast.Call, door: Door) -> None:
        named = [keyword.value for keyword in call.keywords if keyword.arg == door.argument]
        placed = call.args[door.position : door.position + 1] if door.position >= 0 else []
        for value in [*named, *placed]:
            begin, rest = _parts(value)
            arguments = [*function.args.args, *function.args.kwonlyargs]
            place = next((at for at, each in enumerate(arguments) if each.arg == rest), -1)
            if place >= 0 and (not begin or rest == "kind"):
                own = place if place < len(function.args.args) else -1
                self.doors[f"{module}.{function.name}"] = Door(rest, own, door.before + begin)
                self.kinds |= {door.before + begin + word for word in _defaults(function, rest)}
            elif begin or not rest:
                self.kinds.add((door.before + begin).rstrip("-"))
            elif words := _words(tree, function, rest):
                self.kinds |= {door.before + word for word in words}
            else:
                self.unread.add(f"{module}.{function.name}: {ast.unparse(value)}")


def _names(module: str, tree: ast.Module) -> dict[str, str]:
    """Say what each name of a module that is a function, or comes from another one, is called everywhere."""
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    found = {each.asname or each.name: f"{node.module}.{each.name}" for node in imports for each in node.names}
    return found | {node.name: f"{module}.{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef)}


def _whole_name(called: ast.expr, names: dict[str, str]) -> str:
    first, _dot, rest = ast.unparse(called).partition(".")
    return ".".join(filter(None, [names.get(first, first), rest]))


def _other_names(module: str, tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Find the functions that a module only gives another name, such as `write = letters.write`."""
    names = _names(module, tree)
    for node in (each for each in tree.body if isinstance(each, ast.Assign)):
        for target in node.targets:
            several = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
            pairs = zip(target.elts, node.value.elts, strict=False) if several else [(target, node.value)]  # type: ignore[attr-defined]
            yield from ((f"{module}.{ast.unparse(one)}", _whole_name(other, names)) for one, other in pairs)


def _parts(value: ast.expr) -> tuple[str, str]:
    """Split into what is written out at the beginning and the name that follows it."""
    if isinstance(value, ast.JoinedStr):
        begin = value.values[0].value if isinstance(value.values[0], ast.Constant) else ""
        inner = next((each.value for each in value.values if isinstance(each, ast.FormattedValue)), None)
        return str(begin), inner.id if isinstance(inner, ast.Name) else ""
    if isinstance(value, ast.Constant):
        return str(value.value), ""
    return "", ast.unparse(value)


def _defaults(function: ast.FunctionDef, name: str) -> set[str]:
    pairs = [*zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)]
    found = [default for argument, default in pairs if argument.arg == name]
    return {str(default.value) for default in found if isinstance(default, ast.Constant)}


def _words(tree: ast.Module, function: ast.FunctionDef, name: str) -> set[str]:
    """Return the words that a name of the function or of its module may stand for, also one imported from another."""
    given = [node for node in (*ast.walk(function), *tree.body) if isinstance(node, ast.Assign)]
    values = [node.value for node in given if name in {ast.unparse(target) for target in node.targets}]
    words = (each.value for value in values for each in ast.walk(value) if isinstance(each, ast.Constant))
    return {word for word in words if isinstance(word, str)} | ({"suspension"} if name == "SUSPENSION" else set())


@cache
def written() -> Reader:
    paths = sorted(AREAS.rglob("*.py"))
    return Reader({".".join(path.relative_to(ROOT).with_suffix("").parts): path.read_text() for path in paths})


def grouped(kind: str) -> bool:
    try:
        return bool(letter_of(kind))
    except UnknownLetter:
        return False


def test_every_letter_has_a_group() -> None:
    found = written()
    assert found.unread == set(), "write the beginning of the kind out, so that this test can read it"
    assert {kind for kind in found.kinds if not grouped(kind)} == set(), "add it to LETTERS in domain/letters.py"


def test_letters_that_are_gone_leave_the_table() -> None:
    assert set(LETTERS) - {letter_of(kind) for kind in written().kinds} == set()


def test_the_rule_sees_what_it_should() -> None:
    source = """
from stageplus.services.notifications.actions import queue_mail
LATER = "later"
def one(session): queue_mail(session, kind="first")
def two(session, now): queue_mail(session, kind=f"second-{now}")
def three(session): queue_mail(session, kind=LATER)
def door(session, kind, words, *, also="usual"): queue_mail(session, kind=f"with-{kind}")
def four(session): door(session, "a", [])
def five(session, turn): door(session, f"b-{turn}", [])
def six(session, row): queue_mail(session, kind=row.kind)
"""
    doors = "from stageplus.services.some import letters\nwrite, LIMIT = letters.door, 3"
    caller = "from stageplus.services.some.actions import write\ndef seven(session): write(session, 'c', [])"
    some = "stageplus.services.some"
    found = Reader({f"{some}.letters": source, f"{some}.actions": doors, "stageplus.services.other.letters": caller})
    assert found.kinds == {"first", "second", "later", "with-a", "with-b", "with-c"}
    assert found.unread == {"stageplus.services.some.letters.six: row.kind"}


@pytest.mark.parametrize("may_choose", [False, True])
def test_a_mail_has_two_faces_and_one_link_of_ours(may_choose: bool) -> None:
    link, site = ("/candidatures/1", "Voir"), settings().site
    text, html = text_of(["Bonjour."], link, may_choose=may_choose), html_of("A", ["B"], link, may_choose=may_choose)
    assert (text.count(site), html.count(site), html.count("href=")) == (1, 1, 1)
    assert f"Voir : {site}/candidatures/1" in text
    assert 'name="viewport"' in html
    assert ("Le rythme des e-mails" in text, "Le rythme des e-mails" in html) == (may_choose, may_choose)


def test_few_mails_have_a_second_link_and_no_sentence_hides_one() -> None:
    for path in sorted(AREAS.rglob("*.py")):
        calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        letters = [call for call in calls if ast.unparse(call.func).endswith("queue_mail")]
        second = any(keyword.arg == "also" for call in letters for keyword in call.keywords)
        assert not second or str(path.relative_to(AREAS)) in SECOND_LINKS, path
        assert not letters or "settings().site" not in path.read_text() or path.parent.name == "notifications", path
