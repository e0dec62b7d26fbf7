"""What the routes of signed-in people share: who asks, what a refusal says, and files that nothing keeps."""

from collections.abc import AsyncIterable, Awaitable, Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from stageplus.domain.actors import Actor
from stageplus.domain.errors import Denied, DomainError
from stageplus.services import threads
from stageplus.services.accounts.actions import recognise
from stageplus.texts import _
from stageplus.web.forms import see_other, token_of

Handler = Callable[[Request, Actor], Awaitable[Response]]
Pieces = Iterable[bytes] | AsyncIterable[bytes]


def for_signed_in(handler: Handler, back: str = "") -> Callable[[Request], Awaitable[Response]]:
    """Resolve who asks; a refusal says nothing of what is there.

    Whoever is not signed in signs in first, and goes on to the address asked for, or to `back`.
    """

    async def answer(request: Request) -> Response:
        actor = await threads.run(recognise, token_of(request), datetime.now(UTC))
        if actor is None:
            return see_other(f"/connexion?suite={quote(back or request.url.path, safe='')}")
        try:
            return await handler(request, actor)
        except Denied:
            return PlainTextResponse(_("Cette page n’est pas pour votre profil."), 403, {"Cache-Control": "no-store"})
        except DomainError:
            return nothing_here()

    return answer


async def at_once(use_case: Callable[..., Any], *given: Any) -> Any:
    """Run a use case now, off the loop."""
    return await threads.run(use_case, *given, now=datetime.now(UTC))


def nothing_here() -> Response:
    """Say that there is nothing at this address, whatever the reason."""
    return PlainTextResponse(_("Page introuvable."), 404, {"Cache-Control": "no-store"})


def file_response(content: bytes | Pieces, name: str, media_type: str, *, opened: bool = False) -> Response:
    """Give a file that nothing keeps or lists, streamed when it comes in pieces; `opened` shows it in the browser."""
    disposition = f'{"inline" if opened else "attachment"}; filename="{name}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    if isinstance(content, bytes):
        return Response(content, media_type=media_type, headers=headers)
    return StreamingResponse(content, media_type=media_type, headers=headers)
