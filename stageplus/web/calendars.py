"""Calendar files: of one interview for whoever takes part, and a company's calendar behind its secret address."""

from datetime import UTC, datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from stageplus.domain.errors import DomainError
from stageplus.services.accounts.actions import recognise
from stageplus.services.interviews.queries import followed_calendar, interview_file
from stageplus.services.interviews.schemas import FEED, FILE, CalendarFile
from stageplus.services.notifications.schemas import CALENDAR_FILE
from stageplus.services.threads import run
from stageplus.texts import _
from stageplus.web.forms import see_other, token_of


async def get_file(request: Request) -> Response:
    """Give the file of an interview to its learner or company; whoever is not signed in signs in first."""
    number, now = int(request.path_params["number"]), datetime.now(UTC)
    actor = await run(recognise, token_of(request), now)
    if actor is None:
        return see_other(f"/connexion?suite={quote(request.url.path, safe='')}")
    try:
        file = await run(interview_file, actor, number, now=now)
    except DomainError:
        return _nothing()
    return _calendar(file, f'attachment; filename="{CALENDAR_FILE}"')


async def get_feed(request: Request) -> Response:
    """Give a company's calendar to whoever holds its address; no cookie is read, an ended address gives nothing."""
    try:
        file = await run(followed_calendar, None, request.path_params["token"], now=datetime.now(UTC))
    except DomainError:
        return _nothing()
    return _calendar(file, "inline")


def _calendar(file: CalendarFile, disposition: str) -> Response:
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    kind = f"text/calendar; charset=utf-8; method={file.method}"
    return Response(file.content.encode(), media_type=kind, headers=headers)


def _nothing() -> Response:
    return PlainTextResponse(_("Page introuvable."), status_code=404, headers={"Cache-Control": "no-store"})


CALENDAR_ROUTES = [
    Route(FILE, get_file, methods=["GET"]),
    Route(FEED, get_feed, methods=["GET"]),
]
