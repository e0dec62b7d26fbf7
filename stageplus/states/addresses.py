"""The address bar of a list holds its whole search: a link shows the same rows to whoever may see them."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

from reflex.istate.data import ReflexURL

from stageplus.services.inputs import SHORT_TEXT, Input

Shape = TypeVar("Shape", bound=Input)


def asked_in(url: ReflexURL) -> dict[str, str]:
    """Return what an address asks for."""
    return _filled(url.query_parameters)


def last_part(url: ReflexURL) -> str:
    """Return what a page is about, such as a number or a code: the last part of its path."""
    return str(url.path.rstrip("/").rsplit("/", 1)[-1])


def asked_by(typed: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """Return what a form of filters asks for: only known names, and the first page."""
    return _filled({name: typed.get(name) for name in names if name != "page"})


def read_search(shape: type[Shape], names: Mapping[str, str], asked: Mapping[str, str]) -> Shape:
    """Read a search from an address whose words name its fields."""
    return shape.read_address({field: asked[name] for name, field in names.items() if name in asked})


def address(path: str, asked: Mapping[str, str]) -> str:
    """Write an address."""
    return f"{path}?{urlencode(asked)}" if asked else path


def beside(path: str, asked: Mapping[str, str], page: int, pages: int, name: str = "page") -> tuple[str, str]:
    """Write the addresses of the page before and the page after; an empty one where there is none."""
    before = address(path, {**asked, name: str(page - 1)}) if page > 1 else ""
    after = address(path, {**asked, name: str(page + 1)}) if page < pages else ""
    return before, after


def files_beside(path: str, asked: Mapping[str, str]) -> dict[str, str]:
    """Write where the whole list that an address shows a page of is as each kind of file, and as a `view` to keep."""
    view = whole(asked)
    return {"view": view} | {kind: f"{path}.{kind}?{view}" if view else f"{path}.{kind}" for kind in ("csv", "xlsx")}


def whole(asked: Mapping[str, str]) -> str:
    """Write what an address asks for as a view to keep: not one page, but the whole list."""
    return urlencode({name: value for name, value in asked.items() if name != "page"})


def same_filters(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Say whether two addresses differ at most by their page: the form of filters then stays as it is."""
    return {**one, "page": ""} == {**other, "page": ""}


def _filled(asked: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value)[:SHORT_TEXT] for name, value in asked.items() if value}
