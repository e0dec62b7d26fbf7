"""Starts the ASGI server on one port, without compiling anything."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from ipaddress import ip_address
from pathlib import Path

from stageplus.web.build import ROOT, STANDARD_ERROR

SERVING_ENVIRONMENT = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_SKIP_COMPILE": "true",
    "REFLEX_TELEMETRY_ENABLED": "false",
    "PYTHONUNBUFFERED": "1",
}

SECONDS_TO_STOP = 3


def serve(host: str, port: int, when_ready: Callable[[], None]) -> None:
    """Serve pages, websocket and HTTP routes until told to stop; call back once /healthz answers 200."""
    os.chdir(ROOT)
    os.environ.update(SERVING_ENVIRONMENT)
    waiting = threading.Thread(target=_call_when_healthy, args=(host, port, when_ready), daemon=True)
    waiting.start()
    _granian("stageplus.stageplus:app", host, port)


def _granian(target: str, host: str, port: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    # One worker: states live in memory, see docs/operations.md for several.
    Server(
        target,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        factory=True,
        websockets=True,
        workers=1,
        # Open websockets never end by themselves; states are saved nowhere, so there is nothing to wait for.
        workers_kill_timeout=SECONDS_TO_STOP,
        log_level=LogLevels.warning,
        respawn_failed_workers=False,
    ).serve()


def _call_when_healthy(host: str, port: int, when_ready: Callable[[], None]) -> None:
    if wait_until_healthy(f"{address_of(host, port)}/healthz", seconds=120):
        when_ready()


def address_of(host: str, port: int) -> str:
    """Return the address at which a browser of this machine reaches the site."""
    try:
        everywhere = ip_address(host).is_unspecified
    except ValueError:
        everywhere = False
    name = "127.0.0.1" if everywhere else host
    return f"http://{f'[{name}]' if ':' in name else name}:{port}"


def wait_until_healthy(url: str, seconds: float) -> bool:
    """Ask /healthz until it answers 200; false when the time is over."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while time.monotonic() < deadline:
        if answers_healthy(url):
            return True
        pause.wait(0.1)
    return False


def answers_healthy(url: str) -> bool:
    """Ask /healthz once."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, HTTPException):
        return False


def free_port() -> int:
    """Return a port that nothing listens on, chosen by the system."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_port_free(host: str, port: int) -> bool:
    """Tell whether this process could listen on this port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


@contextmanager
def served(target: str, folder: Path, environment: Mapping[str, str], seconds: float = 60) -> Iterator[str]:
    """Serve an application of a folder in a process of its own, for tests and measures; give its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = start(target, folder, environment, port)
    try:
        if not wait_until_healthy(f"{address}/healthz", seconds):
            raise TimeoutError(f"{target} does not answer on {address}")
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def start(target: str, folder: Path, environment: Mapping[str, str], port: int) -> subprocess.Popen[bytes]:
    """Start an application on a port, in a process group of its own; whoever starts it ends it."""
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--log-level", "warning"]
    command += ["--workers-kill-timeout", str(SECONDS_TO_STOP)]
    command += ["--host", "127.0.0.1", "--port", str(port), target]
    everything = {**os.environ, **SERVING_ENVIRONMENT, **environment, "STAGEPLUS_PORT": str(port)}
    return subprocess.Popen(command, cwd=folder, env=everything, stdout=STANDARD_ERROR, start_new_session=True)
