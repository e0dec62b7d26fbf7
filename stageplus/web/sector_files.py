"""The lists of a coach as files, streamed: the address holds the same search as the page."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stageplus.domain.actors import Actor
from stageplus.services.coaching.queries import companies_file, offers_file
from stageplus.services.coaching.schemas import (
    COMPANIES,
    COMPANY_WORDS,
    OFFER_WORDS,
    OFFERS,
    CompanySearch,
    FollowedSearch,
)
from stageplus.services.inputs import Input
from stageplus.services.spreadsheets.schemas import MEDIA, SheetFormat
from stageplus.web.doors import Handler, at_once, file_response, for_signed_in


def list_as_file(
    path: str, kind: SheetFormat, write: Callable[..., Any], shape: type[Input], words: Mapping[str, str]
) -> Handler:
    """Make what sends a list as one kind of file."""
    name = f"stageplus-{path.rsplit('/', 1)[-1]}.{kind}"

    async def send(request: Request, actor: Actor) -> Response:
        asked = request.query_params
        search = shape.read_address({field: asked[word] for word, field in words.items() if word in asked})
        return file_response(await at_once(write, actor, search, kind), name, MEDIA[kind])

    return send


SECTOR_ROUTES = [
    Route(
        f"{path}.{kind}",
        for_signed_in(list_as_file(path, kind, write, shape, words), path),
        methods=["GET"],
    )
    for path, write, shape, words in (
        (OFFERS, offers_file, FollowedSearch, OFFER_WORDS),
        (COMPANIES, companies_file, CompanySearch, COMPANY_WORDS),
    )
    for kind in MEDIA
]
"""Mounted with the other files."""
