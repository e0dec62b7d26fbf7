"""Answers GET and HEAD for pages and their files."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from stageplus.web.pages_index import PageFile, PagesIndex
from stageplus.web.security_headers import content_security_policy

READING_METHODS = {"GET", "HEAD"}


class BuiltPages:
    """The ASGI application that serves the built pages from memory."""

    def __init__(self, pages: PagesIndex) -> None:
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._respond(scope)(scope, receive, send)

    def _respond(self, scope: Scope) -> Response:
        if scope["method"] not in READING_METHODS:
            return PlainTextResponse("", status_code=405, headers={"Allow": "GET, HEAD"})
        path: str = scope["path"]
        if (shorter := path.rstrip("/")) and shorter != path and self.pages.knows_page(shorter):
            query = scope["query_string"].decode("latin-1")
            return RedirectResponse(shorter + (f"?{query}" if query else ""), status_code=308)
        status, file = self.pages.find(path)
        if file is None:
            return PlainTextResponse("", status_code=503, headers={"Retry-After": "5"})
        return _file_response(file, status, Headers(scope=scope))


def _file_response(file: PageFile, status: int, request: Headers) -> Response:
    encoding, body = file.best_body(request.get("accept-encoding", ""))
    etag = file.etag if encoding == "identity" else f'{file.etag[:-1]}-{encoding}"'
    headers = {"Cache-Control": file.cache_control, "ETag": etag, "Vary": "Accept-Encoding"}
    if file.script_hashes:
        headers["Content-Security-Policy"] = content_security_policy(file.script_hashes)
    if status == 200 and etag in _etags(request.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    return Response(body, status_code=status, headers=headers, media_type=file.media_type)


def _etags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}
