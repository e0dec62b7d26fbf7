"""The websocket as an attacker speaks it: Socket.IO frames by hand, any event, any argument."""

import json
import time
from itertools import count
from typing import Any, Self
from uuid import uuid4

from simple_websocket import Client, ConnectionClosed

from stageplus.states.session import SessionState

NAMESPACE = "/_event"
ROOT_STATE = "reflex___state____state"
SESSION = SessionState.get_full_name()


class Wire:
    """One connection of a tab; `cookie` is what its browser would send."""

    def __init__(self, address: str, cookie: str = "", path: str = "/", origin: str | None = None) -> None:
        self.token = str(uuid4())
        self.path = path
        self.href = address + path
        url = f"{address.replace('http', 'ws', 1)}/_event/?EIO=4&transport=websocket&token={self.token}"
        headers = {"Origin": address if origin is None else origin, "Cookie": cookie}
        # Not waiting for the greeting: the client library loses one that comes in the same packet as the handshake.
        self._socket = Client(url, headers=headers)
        self._marks = count(1)
        self._socket.send(f"40{NAMESPACE},{json.dumps({'token': self.token})}")
        self._receive_until(lambda frame: frame.startswith(f"40{NAMESPACE}"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._socket.close()

    def emit(self, name: str, /, **payload: Any) -> None:
        """Send one event; `name` is the full name of a handler."""
        router = {"pathname": self.path, "asPath": self.path, "query": {}}
        event = {"name": name, "payload": payload, "router_data": router, "token": self.token}
        self._socket.send(f"42{NAMESPACE},{json.dumps(['event', event])}")

    def updates(self, quiet: float = 0.4, patience: float = 20.0) -> list[dict[str, Any]]:
        """Collect what the server sends: wait patiently for the first answer, then until it has been quiet."""
        found: list[dict[str, Any]] = []
        until = time.monotonic() + patience
        while time.monotonic() < until:
            frame = self._frame(quiet if found else patience)
            if frame is None:
                return found
            if frame.startswith(f"42{NAMESPACE},"):
                found.append(json.loads(frame.split(",", 1)[1])[1])
        return found

    def answer_to(self, name: str, /, **payload: Any) -> list[dict[str, Any]]:
        """Send one event and return all that it gave, as soon as it is over and however slow the machine.

        The server treats the events of a tab one after another: one of our own follows, which anybody may send, and
        whose answer carries a mark. What comes before the mark, or along with it, is the answer to the first.
        """
        mark = f"{next(self._marks):04X}-0000"
        self.emit(name, **payload)
        self.emit(f"{SESSION}.show_fault", reference=mark)
        found: list[dict[str, Any]] = []
        while (frame := self._frame(20)) is not None:
            if not frame.startswith(f"42{NAMESPACE},"):
                continue
            update = json.loads(frame.split(",", 1)[1])[1]
            found.append(update)
            told = (update.get("delta") or {}).get(SESSION, {})
            if told.get("fault_rx_state_") == mark:
                del told["fault_rx_state_"]
                return found
        raise TimeoutError(name)

    def call(self, name: str, /, **payload: Any) -> list[dict[str, Any]]:
        """Send one event and collect the answers."""
        self.emit(name, **payload)
        return self.updates()

    def _receive_until(self, wanted: Any) -> None:
        frame = self._frame(10)
        while frame is not None and not wanted(frame):
            frame = self._frame(10)
        if frame is None:
            raise ConnectionClosed

    def _frame(self, timeout: float) -> str | None:
        frame = self._socket.receive(timeout=timeout)
        if frame == "2":
            self._socket.send("3")
            return self._frame(timeout)
        return None if frame is None else str(frame)


def changes(updates: list[dict[str, Any]]) -> dict[str, Any]:
    """Merge the variables of every update: state name → variable → value."""
    merged: dict[str, Any] = {}
    for update in updates:
        for state, variables in (update.get("delta") or {}).items():
            if not variables:
                continue
            merged.setdefault(state, {}).update(variables)
    return merged


def events(updates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """List the events that the server asked the browser to run."""
    return [event for update in updates for event in update.get("events") or []]
