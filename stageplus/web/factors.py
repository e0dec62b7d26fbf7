"""Second factors over HTTP: plain form posts, because each proof replaces the session cookie."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stageplus.domain.actors import Actor
from stageplus.domain.errors import Denied, DomainError, FreshFactorNeeded
from stageplus.domain.refusals import AccountSuspended, TooManyTries
from stageplus.services.accounts.actions import recognise, sign_out
from stageplus.services.accounts.browser import own_path
from stageplus.services.accounts.schemas import HOMES
from stageplus.services.factors.actions import (
    confirm_totp,
    passkey_to_prove,
    passkey_to_register,
    passkey_to_sign_in,
    prove_by_code,
    prove_by_passkey,
    prove_by_password,
    prove_by_totp,
    register_passkey,
    sign_in_with_passkey,
)
from stageplus.services.factors.schemas import PasskeyInput, Proof, TotpInput
from stageplus.services.inputs import Input
from stageplus.services.threads import run
from stageplus.services.throttle import Limit, network_of, throttle
from stageplus.web.forms import field_of, is_our_form, see_other, token_of, visitor_of
from stageplus.web.visits import keep_session

SIGN_IN, PROOF, FACTORS = "/connexion", "/connexion/second-facteur", "/compte/second-facteur"
PER_PERSON = (Limit("factor day", 100, 24 * 60), Limit("factor", 10, 15))
PER_ADDRESS = (Limit("passkey", 300, 15),)
"""A whole school may share one address."""
LONGEST_ANSWER = 20_000
"""What a browser sends for a passkey; a certificate chain makes it long."""
PROOFS: dict[str, Callable[..., str]] = {
    "application": prove_by_totp,
    "cle": prove_by_passkey,
    "secours": prove_by_code,
    "mot-de-passe": prove_by_password,
}
REGISTRATIONS: dict[str, tuple[Callable[..., str], type[Input]]] = {
    "application": (confirm_totp, TotpInput),
    "cle": (register_passkey, PasskeyInput),
}
REQUESTS: dict[str, Callable[..., str]] = {
    "ajout": passkey_to_register,
    "preuve": passkey_to_prove,
    "connexion": passkey_to_sign_in,
}


async def post_proof(request: Request) -> Response:
    """Take one proof; the session goes on under a fresh token to where the person was heading."""
    form = await request.form(max_fields=10, max_files=0)
    heading, kind, now = own_path(field_of(form, "suite")), request.path_params["kind"], datetime.now(UTC)
    if not is_our_form(request, form):
        return _to(PROOF, heading, erreur="formulaire")
    actor = await _actor(request)
    if actor is None or kind not in PROOFS:
        return _to(SIGN_IN, heading or PROOF)
    if minutes := _minutes_to_wait(PER_PERSON, str(actor.person_id)):
        return _to(PROOF, heading, erreur="essais", minutes=str(minutes))
    proof = Proof(field_of(form, "preuve", LONGEST_ANSWER))
    try:
        fresh = await run(PROOFS[kind], actor, token_of(request), proof, now=now)
    except DomainError:
        return _to(PROOF, heading, erreur=kind)
    for limit in PER_PERSON:
        throttle().forgive(limit, str(actor.person_id))
    return keep_session(see_other(heading or HOMES[actor.role]), fresh)


async def post_passkey_sign_in(request: Request) -> Response:
    """Sign in by a passkey alone, then go where the person was heading."""
    form = await request.form(max_fields=10, max_files=0)
    heading, token, now = own_path(field_of(form, "suite")), token_of(request), datetime.now(UTC)
    if not is_our_form(request, form):
        return _to(SIGN_IN, heading, erreur="formulaire")
    if minutes := _minutes_to_wait(PER_ADDRESS, _address(request)):
        return _to(SIGN_IN, heading, erreur="essais", minutes=str(minutes))
    try:
        proof = Proof(field_of(form, "preuve", LONGEST_ANSWER))
        opened = await run(sign_in_with_passkey, token, proof, now, visitor=visitor_of(request))
    except AccountSuspended:
        return _to(SIGN_IN, heading, erreur="suspendu")
    except DomainError:
        return _to(SIGN_IN, heading, erreur="cle")
    # Whoever was signed in on this browser no longer is: one browser, one person.
    await run(sign_out, token, now)
    return keep_session(see_other(heading or HOMES[opened.role]), opened.token)


async def post_registration(request: Request) -> Response:
    """Register a second factor; the session goes on under a fresh token, and the page offers what comes next."""
    form = await request.form(max_fields=10, max_files=0)
    heading, kind = own_path(field_of(form, "suite")), request.path_params["kind"]
    if not is_our_form(request, form):
        return _to(FACTORS, heading, erreur="formulaire")
    actor = await _actor(request)
    if actor is None or kind not in REGISTRATIONS:
        return _to(SIGN_IN, heading or FACTORS)
    use_case, shape = REGISTRATIONS[kind]
    try:
        data = shape.read({name: field_of(form, name, LONGEST_ANSWER) for name in shape.model_fields})
        fresh = await run(use_case, actor, token_of(request), data, now=datetime.now(UTC))
    except FreshFactorNeeded:
        return _to(PROOF, FACTORS)
    except DomainError:
        return _to(FACTORS, heading, erreur=kind)
    return keep_session(_to(FACTORS, heading, fait=kind), fresh)


async def post_request(request: Request) -> Response:
    """Answer the script of our pages: what to ask a passkey to sign, or where to go first."""
    form = await request.form(max_fields=10, max_files=0)
    use_case = REQUESTS.get(request.path_params["use"])
    if use_case is None or not is_our_form(request, form):
        return _json({"aller": SIGN_IN}, 403)
    if _minutes_to_wait(PER_ADDRESS, _address(request)):
        return _json({}, 429)
    actor = await _actor(request)
    try:
        options = await run(use_case, actor, token_of(request), now=datetime.now(UTC))
    except FreshFactorNeeded:
        return _json({"aller": f"{PROOF}?{urlencode({'suite': FACTORS})}"}, 403)
    except Denied:
        return _json({"aller": SIGN_IN}, 403)
    except DomainError:
        return _json({}, 409)
    return Response(options, media_type="application/json", headers={"Cache-Control": "no-store"})


async def _actor(request: Request) -> Actor | None:
    return await run(recognise, token_of(request), datetime.now(UTC))


def _address(request: Request) -> str:
    return network_of(request.client.host) if request.client else ""


def _minutes_to_wait(limits: Sequence[Limit], whose: str) -> int:
    """Count one try and return 0 when it may go on, else in how many minutes the next one may."""
    try:
        throttle().admit_by_all(limits, whose)
    except TooManyTries as refusal:
        return refusal.minutes
    return 0


def _to(page: str, heading: str, **told: str) -> Response:
    query = told | ({"suite": heading} if heading else {})
    return see_other(f"{page}?{urlencode(query)}" if query else page)


def _json(content: dict[str, Any], status: int) -> Response:
    return JSONResponse(content, status_code=status, headers={"Cache-Control": "no-store"})


FACTOR_ROUTES = [
    Route("/auth/preuve/{kind}", post_proof, methods=["POST"]),
    Route("/auth/moyen/{kind}", post_registration, methods=["POST"]),
    Route("/auth/cle/demande/{use}", post_request, methods=["POST"]),
    Route("/auth/cle/connexion", post_passkey_sign_in, methods=["POST"]),
]
