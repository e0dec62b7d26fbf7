"""Open data as CSV, each set behind an address that stays: no cookie is read, nobody is asked who they are."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from stageplus.domain.errors import NotFound
from stageplus.services.statistics.queries import open_data
from stageplus.services.statistics.schemas import OPEN_FILE, VERSION
from stageplus.services.threads import run
from stageplus.texts import _

AN_HOUR = "public, max-age=3600"
"""A month is published at most once a day: whoever reads often asks our server seldom."""


async def get_data(request: Request) -> Response:
    """Give a data set, or the dictionary of its columns."""
    try:
        file = await run(open_data, None, request.path_params["name"], now=datetime.now(UTC))
    except NotFound:
        return PlainTextResponse(_("Page introuvable."), status_code=404)
    name = f"stageplus-{VERSION}-{file.name}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": AN_HOUR}
    return Response(file.content.encode(), media_type="text/csv; charset=utf-8", headers=headers)


OPEN_DATA_ROUTES = [Route(OPEN_FILE, get_data, methods=["GET"])]
