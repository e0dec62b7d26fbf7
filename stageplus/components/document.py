"""What every page puts in its head: the font, our script, colours of the browser, icons."""

import hashlib
from pathlib import Path

import reflex as rx

from stageplus.texts import _

ASSETS = Path(__file__).resolve().parents[2] / "assets"
STYLESHEETS = ["/tokens.css", "/components.css"]
EARLY = """addEventListener(`submit`,function(e){
if(window.stageplus)return;e.preventDefault();window.early={form:e.target,button:e.submitter}},true)"""
"""Holds a form sent before our script is there: the browser alone would write what was typed into the address.

Without the characters that React escapes in a text.
"""
PAPER = {"light": "#f6f5f1", "dark": "#11121b"}


def document_head() -> list[rx.Component]:
    """Build the tags shared by all pages, for `rx.App(head_components=…)`."""
    return [
        rx.el.link(
            rel="preload",
            href="/fonts/figtree.woff2",
            custom_attrs={"as": "font", "type": "font/woff2", "crossOrigin": "anonymous"},
        ),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        rx.el.link(rel="apple-touch-icon", href="/icons/stageplus-192.png"),
        *[_theme_color(scheme, colour) for scheme, colour in PAPER.items()],
        rx.el.script(EARLY.replace("\n", "")),
        rx.el.script(src=versioned("app.js"), custom_attrs={"defer": True, **_newer_version()}),
    ]


def _newer_version() -> dict[str, str]:
    """Say in French what Reflex says in English when the page is older than the server; our script puts it there."""
    return {"data-newer-text": _("Stage+ vient d’être mis à jour."), "data-reload-text": _("Recharger la page")}


def _theme_color(scheme: str, colour: str) -> rx.Component:
    return rx.el.meta(name="theme-color", content=colour, custom_attrs={"media": f"(prefers-color-scheme: {scheme})"})


def versioned(name: str) -> str:
    """Return the address of a script, which changes with its content."""
    digest = hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:8]
    return f"/{name}?v={digest}"
