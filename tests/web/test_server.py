"""The server starts on a free port, says when it answers, and stops when told."""

import socket
import urllib.request
from pathlib import Path

import pytest

from stageplus.web.server import address_of, free_port, is_port_free, served, wait_until_healthy

TINY = """
import os

async def site(scope, receive, send):
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    await send({"type": "http.response.start", "status": STATUS, "headers": []})
    await send({"type": "http.response.body", "body": os.environ["STAGEPLUS_PORT"].encode()})

def app():
    return site
"""


def write_application(folder: Path, status: int) -> None:
    (folder / "tiny.py").write_text(TINY.replace("STATUS", str(status)))


def test_served_application_knows_its_port_and_stops(tmp_path: Path) -> None:
    write_application(tmp_path, 200)
    with served("tiny:app", tmp_path, {}) as address:
        with urllib.request.urlopen(address) as answer:
            port = answer.read().decode()
        assert address == f"http://127.0.0.1:{port}"
    assert is_port_free("127.0.0.1", int(port))


def test_an_application_that_stays_ill_is_given_up(tmp_path: Path) -> None:
    write_application(tmp_path, 503)
    with pytest.raises(TimeoutError, match="does not answer"), served("tiny:app", tmp_path, {}, seconds=1):
        raise AssertionError("an ill application was served")


def test_waiting_ends_when_nothing_listens() -> None:
    assert not wait_until_healthy(f"http://127.0.0.1:{free_port()}/healthz", seconds=0.2)


def test_a_port_in_use_is_not_free() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not is_port_free("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("localhost", "http://localhost:8000"),
    ],
)
def test_address_is_one_that_a_browser_here_can_open(host: str, address: str) -> None:
    assert address_of(host, 8000) == address
