"""The lists of a coach as files, streamed: the address holds the same search as the page."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from stageplus.domain.errors import Denied
from stageplus.services import threads
from stageplus.services.accounts.actions import recognise
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
from stageplus.texts import _
from stageplus.web.forms import see_other, token_of


async def send_list(
    request: Request,
    path: str,
    kind: SheetFormat,
    write: Callable[..., Any],
    shape: type[Input],
    words: Mapping[str, str],
) -> Response:
    """Send what a search means; whoever is not signed in signs in first, whoever may not reads one sentence."""
    now, asked = datetime.now(UTC), request.query_params
    actor = await threads.run(recognise, token_of(request), now)
    if actor is None:
        return see_other(f"/connexion?suite={quote(path, safe='')}")
    search = shape.read_address({field: asked[word] for word, field in words.items() if word in asked})
    try:
        pieces = await threads.run(write, actor, search, kind, now=now)
    except Denied:
        return PlainTextResponse(_("Cette page n’est pas pour votre profil."), status_code=403)
    name = f"stageplus-{path.rsplit('/', 1)[-1]}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(pieces, media_type=MEDIA[kind], headers=headers)


SECTOR_ROUTES = [
    Route(
        f"{path}.{kind}",
        partial(send_list, path=path, kind=kind, write=write, shape=shape, words=words),
        methods=["GET"],
    )
    for path, write, shape, words in (
        (OFFERS, offers_file, FollowedSearch, OFFER_WORDS),
        (COMPANIES, companies_file, CompanySearch, COMPANY_WORDS),
    )
    for kind in MEDIA
]
"""Mounted with the other files."""
