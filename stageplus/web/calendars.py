"""Calendar files: of one interview for whoever takes part, and a company's calendar behind its secret address."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stageplus.domain.actors import Actor
from stageplus.domain.errors import DomainError
from stageplus.services.interviews.queries import followed_calendar, interview_file
from stageplus.services.interviews.schemas import FEED, FILE, CalendarFile
from stageplus.services.notifications.schemas import CALENDAR_FILE
from stageplus.web.doors import at_once, file_response, for_signed_in, nothing_here


async def get_file(request: Request, actor: Actor) -> Response:
    """Give the file of an interview to its learner or company."""
    file = await at_once(interview_file, actor, int(request.path_params["number"]))
    return _calendar(file)


async def get_feed(request: Request) -> Response:
    """Give a company's calendar to whoever holds its address; no cookie is read, an ended address gives nothing."""
    try:
        return _calendar(await at_once(followed_calendar, None, request.path_params["token"]), opened=True)
    except DomainError:
        return nothing_here()


def _calendar(file: CalendarFile, *, opened: bool = False) -> Response:
    kind = f"text/calendar; charset=utf-8; method={file.method}"
    return file_response(file.content.encode(), CALENDAR_FILE, kind, opened=opened)


CALENDAR_ROUTES = [
    Route(FILE, for_signed_in(get_file), methods=["GET"]),
    Route(FEED, get_feed, methods=["GET"]),
]
