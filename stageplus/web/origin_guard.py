"""Refuses requests that another site made a browser send."""

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class OwnOriginOnly:
    """ASGI layer: websockets and unsafe methods must name one of our own origins."""

    def __init__(self, app: ASGIApp, own_origins: Collection[str]) -> None:
        self.app = app
        self.own_origins = frozenset(own_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._is_allowed(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(code=1008)(scope, receive, send)
        else:
            refusal = PlainTextResponse("Cette demande ne vient pas de Stage+.", status_code=403)
            await refusal(scope, receive, send)

    def _is_allowed(self, scope: Scope) -> bool:
        if scope["type"] == "lifespan" or scope.get("method") in SAFE_METHODS:
            return True
        return Headers(scope=scope).get("origin") in self.own_origins
