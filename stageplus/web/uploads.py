"""Reads a posted file without ever holding more than it may weigh."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.types import Message

ROOM_FOR_FIELDS = 20_000


class TooHeavy(Exception):
    """The body is heavier than the file and its few fields may be."""


@asynccontextmanager
async def form_with_file(request: Request, most_bytes: int) -> AsyncIterator[FormData]:
    """Read a form with one file; raises `TooHeavy` once more arrives than it may weigh, whatever was announced."""
    most = most_bytes + ROOM_FOR_FIELDS
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > most:
        raise TooHeavy
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await request.receive()
        seen += len(message.get("body", b""))
        # Too much: the form ends here, so that whatever was opened for it is closed.
        return message if seen <= most else {"type": "http.request", "body": b"", "more_body": False}

    form = await Request(request.scope, counted).form(max_files=1, max_fields=10)
    try:
        if seen > most:
            raise TooHeavy
        yield form
    finally:
        await form.close()


async def file_of(form: FormData, name: str) -> tuple[str, bytes]:
    """Return the name and the content of a posted file; both empty when there is none."""
    file = form.get(name)
    return (file.filename or "", await file.read()) if isinstance(file, UploadFile) else ("", b"")
