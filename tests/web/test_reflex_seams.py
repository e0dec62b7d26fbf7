"""The places where we lean on Reflex beyond its documented surface still hold, on a real built page."""

import http.client
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from stageplus.bench.bare_page import build_bare_page
from stageplus.web.server import served

HANDSHAKE = "/_event/?EIO=4&transport=websocket"


@pytest.fixture(scope="module")
def folder() -> Path:
    return build_bare_page()


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    # Without Node on its path no build is possible: the application starts without compiling or not at all.
    with served("bare.bare:app", folder, {"PATH": "/nonexistent"}) as address:
        yield address


def handshake_status(address: str, origin: str) -> int:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=5)
    headers = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Origin": origin}
    connection.request("GET", HANDSHAKE, headers={**headers, "Sec-WebSocket-Key": "c3RhZ2VwbHVzLXRlc3QtIQ=="})
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def test_site_starts_without_compiling(address: str) -> None:
    with urllib.request.urlopen(address) as answer:
        assert "Compteur" in answer.read().decode()


def test_built_pages_hold_no_address(folder: Path) -> None:
    scripts = (folder / ".web" / "build" / "client" / "assets").glob("*.js")
    assert [script.name for script in scripts if "localhost:8000" in script.read_text()] == []


def test_websocket_answers_our_own_pages(address: str) -> None:
    assert handshake_status(address, address) == 101


@pytest.mark.parametrize("origin", ["https://ailleurs.test", "null"])
def test_websocket_refuses_another_site(address: str, origin: str) -> None:
    assert handshake_status(address, origin) == 403
