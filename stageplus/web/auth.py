"""Signing in and out: plain form posts that set and replace the session cookie."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stageplus.domain.errors import Denied
from stageplus.domain.refusals import AccountSuspended, TooManyTries
from stageplus.services.accounts.actions import sign_in, sign_out
from stageplus.services.accounts.browser import known_from_now_on, own_path
from stageplus.services.accounts.schemas import HOMES, Credentials
from stageplus.services.threads import run
from stageplus.web.forms import field_of, is_our_form, see_other, token_of, visitor_of
from stageplus.web.visits import fresh_token, keep_device, keep_session


async def post_sign_in(request: Request) -> Response:
    """Open a session, then go where the person was heading; back to the form with one sentence otherwise."""
    form = await request.form(max_fields=10, max_files=0)
    heading = own_path(field_of(form, "suite"))
    if not is_our_form(request, form):
        return _back("formulaire", heading)
    typed = Credentials(field_of(form, "email"), field_of(form, "password"))
    visitor = visitor_of(request)
    try:
        opened = await run(sign_in, typed, datetime.now(UTC), visitor=visitor)
    except TooManyTries as refusal:
        return _back("essais", heading, minutes=str(refusal.minutes))
    except AccountSuspended:
        return _back("suspendu", heading)
    except Denied:
        return _back("identifiants", heading)
    # Whoever was signed in on this browser no longer is: one browser, one person.
    await run(sign_out, token_of(request), datetime.now(UTC))
    answer = keep_session(see_other(heading or HOMES[opened.role]), opened.token)
    return keep_device(answer, known_from_now_on(visitor.known, typed.email))


async def post_sign_out(request: Request) -> Response:
    """End the session and leave with a fresh cookie; a forged form changes nothing."""
    form = await request.form(max_fields=10, max_files=0)
    if not is_our_form(request, form):
        return see_other("/")
    await run(sign_out, token_of(request), datetime.now(UTC))
    return keep_session(see_other("/"), fresh_token())


def _back(error: str, heading: str, **more: str) -> Response:
    query = {"erreur": error} | ({"suite": heading} if heading else {}) | more
    return see_other(f"/connexion?{urlencode(query)}")


AUTH_ROUTES = [
    Route("/auth/connexion", post_sign_in, methods=["POST"]),
    Route("/auth/deconnexion", post_sign_out, methods=["POST"]),
]
