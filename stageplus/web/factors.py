"""Proving who one is: plain form posts, because each proof replaces the session cookie."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stageplus.domain.errors import DomainError
from stageplus.services.accounts.actions import recognise
from stageplus.services.accounts.browser import own_path
from stageplus.services.accounts.schemas import HOMES
from stageplus.services.factors.actions import prove_by_password
from stageplus.services.factors.schemas import Proof
from stageplus.web.forms import field_of, is_our_form, see_other, token_of
from stageplus.web.patience import Patience
from stageplus.web.visits import keep_session

PAGE = "/connexion/second-facteur"
PROOFS: dict[str, Callable[..., str]] = {"mot-de-passe": prove_by_password}


@cache
def patience() -> Patience:
    """Return the counter of this installation: in memory, or in Redis when several processes share it."""
    return Patience(os.environ.get("STAGEPLUS_REDIS_URL") or "memory://")


async def post_proof(request: Request) -> Response:
    """Take one proof; the session goes on under a fresh token to where the person was heading."""
    form = await request.form(max_fields=10, max_files=0)
    heading, kind, token = own_path(field_of(form, "suite")), request.path_params["kind"], token_of(request)
    now = datetime.now(UTC)
    if not is_our_form(request, form):
        return _back("formulaire", heading)
    actor = await run_in_threadpool(recognise, token, now)
    if actor is None or kind not in PROOFS:
        return see_other(f"/connexion?{urlencode({'suite': heading or PAGE})}")
    if minutes := patience().minutes_to_wait(str(actor.person_id)):
        return _back("essais", heading, minutes=str(minutes))
    try:
        fresh = await run_in_threadpool(PROOFS[kind], actor, token, Proof(field_of(form, "preuve")), now=now)
    except DomainError:
        return _back(kind, heading)
    patience().forgive(str(actor.person_id))
    return keep_session(see_other(heading or HOMES[actor.role]), fresh)


def _back(error: str, heading: str, **more: str) -> Response:
    query = {"erreur": error} | ({"suite": heading} if heading else {}) | more
    return see_other(f"{PAGE}?{urlencode(query)}")


FACTOR_ROUTES = [Route("/auth/preuve/{kind}", post_proof, methods=["POST"])]
