"""CVs over HTTP: the file that a learner adds to a draft, and the one that whoever may see it opens."""

from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from stageplus.domain.documents import Flaw
from stageplus.domain.errors import Denied, DomainError, InvalidInput
from stageplus.domain.refusals import TooManyTries
from stageplus.services.accounts.actions import recognise
from stageplus.services.applications.actions import open_cv
from stageplus.services.documents.actions import add_document
from stageplus.services.documents.queries import draft_file
from stageplus.services.documents.rewriter import refused
from stageplus.services.documents.schemas import (
    MEDIA_TYPES,
    MOST_POSTED_BYTES,
    OF_APPLICATION,
    OF_DRAFT,
    UPLOAD,
    DocumentFile,
)
from stageplus.services.inputs import identifier
from stageplus.services.threads import run
from stageplus.texts import _
from stageplus.web.forms import field_of, is_our_form, see_other, token_of
from stageplus.web.uploads import TooHeavy, file_of, form_with_file

NOT_READY = _("La page n’était plus à jour. Recharge-la, puis choisis ton fichier encore une fois.")
NOWHERE = _("Cette offre n’est plus là, ou tu as déjà postulé.")
SAFE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
"""Nothing keeps a CV, nothing in it runs, and no browser takes it for another kind of file."""


async def post_cv(request: Request) -> Response:
    """Take a file for a draft: 204 when it is there, else one sentence; the page that sent it shows either."""
    actor = await run(recognise, token_of(request), datetime.now(UTC))
    if actor is None:
        return _told(NOT_READY, 403)
    try:
        async with form_with_file(request, MOST_POSTED_BYTES) as form:
            if not is_our_form(request, form):
                return _told(NOT_READY, 403)
            offer_id = identifier(field_of(form, "offer"))
            _name, content = await file_of(form, "cv")
        await run(add_document, actor, offer_id, content, now=datetime.now(UTC))
    except TooHeavy:
        return _told(refused(Flaw.TOO_HEAVY, MOST_POSTED_BYTES // 1_000_000).fields["cv"], 413)
    except InvalidInput as refusal:
        return _told(refusal.fields["cv"], 422)
    except TooManyTries as refusal:
        return _told(_("Beaucoup de fichiers en peu de temps : réessaie dans {n} min.").format(n=refusal.minutes), 429)
    except Denied:
        return _told(_("Cette page n’est pas pour ton profil."), 403)
    except DomainError:
        return _told(NOWHERE, 409)
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


async def get_draft_cv(request: Request) -> Response:
    """Give the CV of one's own draft, as the company would get it."""
    return await _opened(request, draft_file)


async def get_cv(request: Request) -> Response:
    """Give the CV of an application to its learner and to the company that received it."""
    return await _opened(request, open_cv)


async def _opened(request: Request, read: Any) -> Response:
    now = datetime.now(UTC)
    actor = await run(recognise, token_of(request), now)
    if actor is None:
        return see_other("/connexion")
    try:
        file: DocumentFile = await run(read, actor, identifier(request.path_params["number"]), now=now)
    except DomainError:  # not for this role, not theirs, gone or not there yet: all alike
        return PlainTextResponse(_("Ce fichier n’est plus là, ou n’est pas pour vous."), status_code=404, headers=SAFE)
    disposition = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, media_type=MEDIA_TYPES[file.kind], headers=SAFE | disposition)


def _told(sentence: str, status: int) -> Response:
    return PlainTextResponse(sentence, status_code=status, headers={"Cache-Control": "no-store"})


DOCUMENT_ROUTES = [
    Route(UPLOAD, post_cv, methods=["POST"]),
    Route(f"{OF_DRAFT}/{{number:int}}", get_draft_cv, methods=["GET"]),
    Route(f"{OF_APPLICATION}/{{number:int}}", get_cv, methods=["GET"]),
]
