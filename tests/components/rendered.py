"""Turns a component into what a browser would get, for tests without a browser."""

import json
from collections.abc import Iterator
from typing import Any

import reflex as rx


def tags(component: rx.Component, name: str) -> list[rx.Component]:
    """Return every element with this tag inside a component."""
    return [part for part in walk(component) if getattr(part, "tag", None) == name]


def walk(component: Any) -> Iterator[Any]:
    """Yield a component and everything in it, both branches of conditions included."""
    yield component
    for child in getattr(component, "children", ()):
        yield from walk(child)


def text_of(component: Any) -> str:
    """Return the words of a component, in reading order."""
    words = (plain(part.contents) for part in walk(component) if type(part).__name__ == "Bare")
    return " ".join(word for word in words if word.strip())


def plain(value: Any) -> str:
    """Return what a literal says, without the quotes and escapes it has in JavaScript."""
    written = str(value)
    return json.loads(written) if written.startswith('"') else written


def attribute(component: Any, name: str) -> str:
    """Return an attribute as written in the page, without quotes; empty when absent."""
    value = component.custom_attrs.get(name, getattr(component, name.replace("-", "_"), None))
    return "" if value is None else plain(value)


def libraries(component: rx.Component) -> set[str]:
    """Return the JavaScript packages that a component pulls into the page."""
    return set(component._get_all_imports())
