"""The file of one's own data: asked for by a form of `/compte`, so that no link of another site fetches it."""

from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stageplus.domain.errors import DomainError, FreshFactorNeeded
from stageplus.domain.refusals import TooManyTries
from stageplus.services.accounts.actions import recognise
from stageplus.services.privacy.actions import export_my_data
from stageplus.services.privacy.schemas import EXPORT
from stageplus.services.threads import run
from stageplus.web.doors import file_response
from stageplus.web.forms import is_our_form, see_other, token_of

ACCOUNT = "/compte"
PROVED = f"{ACCOUNT}?donnees=pretes"


async def post_export(request: Request) -> Response:
    """Give the file; whoever has to prove first who they are comes back to the same button."""
    form = await request.form(max_fields=10, max_files=0)
    now = datetime.now(UTC)
    if not is_our_form(request, form):
        return _back(erreur="donnees-formulaire")
    actor = await run(recognise, token_of(request), now)
    if actor is None:
        return see_other(f"/connexion?suite={ACCOUNT}")
    try:
        file = await run(export_my_data, actor, now=now)
    except FreshFactorNeeded:
        return see_other(f"/connexion/second-facteur?suite={quote(PROVED, safe='')}")
    except TooManyTries as refusal:
        return _back(erreur="donnees-essais", minutes=str(refusal.minutes))
    except DomainError:
        return see_other(f"/connexion/second-facteur?suite={ACCOUNT}")
    name, media_type, content = await run(file.whole)
    return file_response(content, name, media_type)


def _back(**told: str) -> Response:
    return see_other(f"{ACCOUNT}?{urlencode(told)}")


PERSONAL_DATA_ROUTES = [Route(EXPORT, post_export, methods=["POST"])]
