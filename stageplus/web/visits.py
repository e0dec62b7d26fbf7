"""Gives every first visit its session cookie, so that the first form already has a protection token."""

from secrets import token_urlsafe

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stageplus.services.accounts.browser import DEVICE_COOKIE, SESSION_COOKIE, session_token
from stageplus.web.origins import own_origins

NOT_MODIFIED = 304
DEVICE_KEPT = 365 * 24 * 3600
"""Seconds."""


def keep_session(response: Response, token: str) -> Response:
    """Put the session's token in its cookie: unread by scripts, sent to us only."""
    response.set_cookie(SESSION_COOKIE, token, path="/", httponly=True, samesite="lax", secure=_is_https())
    return response


def keep_device(response: Response, known: str) -> Response:
    """Let the browser keep what proves that accounts signed in on it; only the sign-in itself reads it."""
    response.set_cookie(
        DEVICE_COOKIE, known, max_age=DEVICE_KEPT, path="/auth", httponly=True, samesite="strict", secure=_is_https()
    )
    return response


def fresh_token() -> str:
    """Return the token of a visit that nobody signed in to."""
    return token_urlsafe(32)


def _is_https() -> bool:
    return own_origins()[0].startswith("https://")


class FirstVisit:
    """ASGI layer: an HTML page asked for without our cookie leaves with one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or session_token(Headers(scope=scope).get("cookie", "")):
            await self.app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_cookie(MutableHeaders(scope=message), message["status"])
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def _add_cookie(headers: MutableHeaders, status: int) -> None:
    is_page = headers.get("content-type", "").startswith("text/html") or status == NOT_MODIFIED
    if is_page and "set-cookie" not in headers:
        headers.append("set-cookie", keep_session(Response(), fresh_token()).headers["set-cookie"])
