"""Signing in and out: plain form posts that set and replace the session cookie."""

from datetime import UTC, datetime
from functools import cache
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from stageplus.config import settings
from stageplus.domain.errors import Denied
from stageplus.services.accounts.actions import sign_in, sign_out
from stageplus.services.accounts.browser import is_form_token, own_path, session_token
from stageplus.services.accounts.schemas import HOMES, Credentials
from stageplus.web.throttle import Throttle
from stageplus.web.visits import fresh_token, keep_session

LONGEST_FIELD = 1000


@cache
def throttle() -> Throttle:
    """Return the counter of this installation: in memory, or in Redis when several processes share it."""
    return Throttle(settings().redis_url or "memory://")


async def post_sign_in(request: Request) -> Response:
    """Open a session, then go where the person was heading; back to the form with one sentence otherwise."""
    form = await request.form(max_fields=10, max_files=0)
    heading = own_path(_field(form, "suite"))
    if not is_form_token(_token(request), _field(form, "csrf")):
        return _back("formulaire", heading)
    typed = Credentials(_field(form, "email"), _field(form, "password"))
    address = request.client.host if request.client else ""
    if not throttle().admits(typed.email, address):
        return _back("essais", heading)
    try:
        opened = await run_in_threadpool(sign_in, typed, datetime.now(UTC))
    except Denied:
        return _back("identifiants", heading)
    throttle().forgive(typed.email)
    # Whoever was signed in on this browser no longer is: one browser, one person.
    await run_in_threadpool(sign_out, _token(request), datetime.now(UTC))
    return keep_session(_see_other(heading or HOMES[opened.role]), opened.token)


async def post_sign_out(request: Request) -> Response:
    """End the session and leave with a fresh cookie; a forged form changes nothing."""
    form = await request.form(max_fields=10, max_files=0)
    token = _token(request)
    if not is_form_token(token, _field(form, "csrf")):
        return _see_other("/")
    await run_in_threadpool(sign_out, token, datetime.now(UTC))
    return keep_session(_see_other("/"), fresh_token())


def _token(request: Request) -> str:
    return session_token(request.headers.get("cookie", ""))


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    return value[:LONGEST_FIELD] if isinstance(value, str) else ""


def _back(error: str, heading: str) -> Response:
    query = {"erreur": error} | ({"suite": heading} if heading else {})
    return _see_other(f"/connexion?{urlencode(query)}")


def _see_other(path: str) -> RedirectResponse:
    return RedirectResponse(path, status_code=303, headers={"Cache-Control": "no-store"})


AUTH_ROUTES = [
    Route("/auth/connexion", post_sign_in, methods=["POST"]),
    Route("/auth/deconnexion", post_sign_out, methods=["POST"]),
]
