"""Files of agréments: the template, and the file handed in."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import Denied, DomainError, InvalidInput
from stageplus.services import threads
from stageplus.services.accounts.actions import recognise
from stageplus.services.approvals.actions import hand_in_approvals
from stageplus.services.approvals.queries import approval_file_problems, approvals_template
from stageplus.services.inputs import identifier
from stageplus.services.spreadsheets.schemas import MEDIA, MOST_BYTES
from stageplus.texts import _
from stageplus.web.forms import field_of, is_our_form, see_other, token_of
from stageplus.web.uploads import TooHeavy, file_of, form_with_file

Handler = Callable[[Request, Actor], Awaitable[Response]]


def for_registrars(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Resolve who asks; whoever is not signed in signs in first, whoever may not reads one sentence."""

    async def answer(request: Request) -> Response:
        actor = await threads.run(recognise, token_of(request), datetime.now(UTC))
        if actor is None:
            return see_other(f"/connexion?suite={quote('/operateur/agrements', safe='')}")
        try:
            return await handler(request, actor)
        except Denied:
            return PlainTextResponse(_("Cette page n’est pas pour votre profil."), status_code=403)
        except DomainError:
            return PlainTextResponse(_("Page introuvable."), status_code=404)

    return answer


async def get_template(_request: Request, actor: Actor) -> Response:
    """Give the file to fill in."""
    headers = {"Content-Disposition": 'attachment; filename="stageplus-agrements.xlsx"', "Cache-Control": "no-store"}
    return Response(await _now(approvals_template, actor), media_type=MEDIA["xlsx"], headers=headers)


async def get_problems(request: Request, actor: Actor) -> Response:
    """Give what did not fit in a file."""
    content = await _now(approval_file_problems, actor, identifier(request.path_params["number"]))
    headers = {"Content-Disposition": 'attachment; filename="stageplus-problemes.csv"', "Cache-Control": "no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


async def post_file(request: Request, actor: Actor) -> Response:
    """Take a file and lead to its preview; what cannot be read leads back with one sentence."""
    desk = "offa" if actor.role is Role.OFFA else "operateur"
    page = f"/{desk}/agrements/importer"
    try:
        async with form_with_file(request, MOST_BYTES) as form:
            if not is_our_form(request, form):
                return see_other(f"{page}?erreur=formulaire")
            operator = identifier(field_of(form, "operator"))
            name, content = await file_of(form, "fichier")
    except TooHeavy:
        return see_other(f"{page}?erreur=poids")
    if not name:
        return see_other(f"{page}?erreur=fichier")
    try:
        return see_other(f"{page}/{await _now(hand_in_approvals, actor, operator, name, content)}")
    except InvalidInput:
        return see_other(f"{page}?erreur=operateur")


async def _now(use_case: Callable[..., Any], *given: Any) -> Any:
    return await threads.run(use_case, *given, now=datetime.now(UTC))


APPROVAL_ROUTES = [
    Route("/registre/agrements/modele.xlsx", for_registrars(get_template), methods=["GET"]),
    Route("/registre/agrements/fichier/{number:int}/problemes.csv", for_registrars(get_problems), methods=["GET"]),
    Route("/registre/agrements/fichier", for_registrars(post_file), methods=["POST"]),
]
"""Mounted with the other files."""
