"""One tab over the websocket, spoken by hand: Socket.IO frames, any event, and how long its answer takes."""

import json
from time import perf_counter
from typing import Any, Self
from uuid import uuid4

from simple_websocket import Client  # type: ignore[import-untyped]

NAMESPACE = "/_event"
SECONDS_TO_ANSWER = 30
SESSION = "reflex___state____state.stageplus___states___session____session_state"
OFFERS = "stageplus___states___learner___offers____learner_filters_state"
SEARCH = f"{SESSION}.{OFFERS}.stageplus___states___learner___offers____learner_offers_state.search"
OPENED = "reflex___state____state.reflex___state____on_load_internal_state.on_load_internal"
"""What a browser sends first: the handlers of the page run, those that listen to what happens elsewhere as well."""
FOUND = "shown_rx_state_"


class Tab:
    """A signed-in tab on a page of the served site."""

    def __init__(self, address: str, cookie: str, path: str) -> None:
        self.path = path
        self.token = str(uuid4())
        url = f"{address.replace('http', 'ws', 1)}{NAMESPACE}/?EIO=4&transport=websocket&token={self.token}"
        # Not waiting for the greeting: the client library loses one that comes in the same packet as the handshake.
        self._socket = Client(url, headers={"Origin": address, "Cookie": cookie})
        self._socket.send(f"40{NAMESPACE},{json.dumps({'token': self.token})}")
        while not (self._frame(SECONDS_TO_ANSWER) or "40").startswith("40"):
            pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._socket.close()

    def search(self, word: str) -> float:
        """Search open offers and return the milliseconds until they come."""
        return self.milliseconds_until(FOUND, SEARCH, typed={"q": word, "intent": "filter"})

    def milliseconds_until(self, wanted: str, event: str, **payload: Any) -> float:
        """Send an event and time the answer that holds a text; raises `TimeoutError` when none comes."""
        router = {"pathname": self.path, "asPath": self.path, "query": {}}
        message = {"name": event, "payload": payload, "router_data": router, "token": self.token}
        start = perf_counter()
        self._socket.send(f"42{NAMESPACE},{json.dumps(['event', message])}")
        while frame := self._frame(SECONDS_TO_ANSWER):
            if wanted in frame:
                return (perf_counter() - start) * 1000
        raise TimeoutError(f"{event} brought no {wanted}")

    def _frame(self, timeout: float) -> str | None:
        frame = self._socket.receive(timeout=timeout)
        if frame == "2":
            self._socket.send("3")
            return self._frame(timeout)
        return None if frame is None else str(frame)
