"""Tells a supervisor whether this process can serve people."""

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from stageplus.web.pages_index import PagesIndex


def health_of(pages: PagesIndex, database_is_ready: Callable[[], bool]) -> Callable[[Request], Awaitable[JSONResponse]]:
    """Make the /healthz endpoint: 200 once the database is migrated and the pages are there, 503 before."""

    async def healthz(_request: Request) -> JSONResponse:
        checks = {"database": await run_in_threadpool(database_is_ready), "pages": pages.is_complete}
        ready = all(checks.values())
        body = {"status": "ok" if ready else "unavailable", "checks": checks}
        return JSONResponse(body, status_code=200 if ready else 503, headers={"Cache-Control": "no-store"})

    return healthz
