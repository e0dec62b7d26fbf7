"""Lists that staff takes along: asked for by a form of the list, so that no link of another site fetches them."""

from collections.abc import Callable
from urllib.parse import quote, urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from stageplus.domain.actors import Actor
from stageplus.domain.errors import FreshFactorNeeded
from stageplus.domain.refusals import TooManyTries
from stageplus.services.extracts.actions import extract_introductions, extract_learners
from stageplus.services.extracts.schemas import INTRODUCTIONS, LEARNERS, Extract, FormatInput
from stageplus.services.followup.schemas import ADDRESS, LearnerSearch
from stageplus.services.spreadsheets.actions import streamed_file
from stageplus.services.spreadsheets.schemas import MEDIA, SheetFormat
from stageplus.texts import _
from stageplus.web.doors import at_once, file_response, for_signed_in
from stageplus.web.forms import field_of, is_our_form, see_other

LIST_OF_LEARNERS, LIST_OF_INTRODUCTIONS = "/operateur/apprenants", "/operateur/mises-en-relation"


async def post_learners(request: Request, actor: Actor) -> Response:
    """Give the learners that the list shows, all its pages; a proof that is asked for leads back to that list."""
    form = await request.form(max_fields=20, max_files=0)
    asked = {name: typed for name in ADDRESS if (typed := field_of(form, name))}
    search = LearnerSearch.read_address({ADDRESS[name]: typed for name, typed in asked.items()})
    back = f"{LIST_OF_LEARNERS}?{urlencode(asked)}" if asked else LIST_OF_LEARNERS
    return await _given(request, form, back, extract_learners, actor, search)


async def post_introductions(request: Request, actor: Actor) -> Response:
    """Give all introductions."""
    form = await request.form(max_fields=5, max_files=0)
    return await _given(request, form, LIST_OF_INTRODUCTIONS, extract_introductions, actor)


async def _given(
    request: Request, form: FormData, back: str, use_case: Callable[..., Extract], *arguments: object
) -> Response:
    if not is_our_form(request, form):
        return see_other(back)
    try:
        extract = await at_once(use_case, *arguments)
    except TooManyTries as refusal:
        words = _("Beaucoup de fichiers en peu de temps : réessayez dans {n} min.").format(n=refusal.minutes)
        return PlainTextResponse(words, status_code=429)
    except FreshFactorNeeded:
        return see_other(f"/connexion/second-facteur?suite={quote(back, safe='')}")
    return _file(extract, FormatInput.read_address({"format": field_of(form, "format")}).format)


def _file(extract: Extract, ending: SheetFormat) -> Response:
    pieces = streamed_file(ending, extract.name, extract.headings, extract.rows)
    return file_response(pieces, f"stageplus-{extract.name}.{ending}", MEDIA[ending])


EXTRACT_ROUTES = [
    Route(LEARNERS, for_signed_in(post_learners, LIST_OF_LEARNERS), methods=["POST"]),
    Route(INTRODUCTIONS, for_signed_in(post_introductions, LIST_OF_INTRODUCTIONS), methods=["POST"]),
]
