"""Leaving for the identity provider and coming back: plain form posts away, one address to return to."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stageplus.config import settings
from stageplus.domain.actors import Actor
from stageplus.domain.errors import AlreadyDone, Denied, DomainError, FreshFactorNeeded
from stageplus.domain.refusals import (
    AccountSuspended,
    AnswerNotBelieved,
    AttemptOver,
    IdentityTaken,
    IdentityUnknown,
    ProviderDown,
    ProviderRefused,
    TooManyTries,
)
from stageplus.services.accounts.actions import recognise, sign_out
from stageplus.services.accounts.browser import own_path
from stageplus.services.accounts.schemas import HOMES
from stageplus.services.federation.actions import (
    leave_to_link,
    leave_to_sign_in,
    link_identity,
    sign_in_with_provider,
)
from stageplus.services.federation.attempts import is_for_link
from stageplus.services.federation.provider import BACK
from stageplus.services.federation.schemas import Answer
from stageplus.services.threads import run
from stageplus.web.forms import field_of, is_our_form, see_other, token_of, visitor_of
from stageplus.web.leaving import leaving_page
from stageplus.web.visits import keep_session

SIGN_IN, ACCOUNT, PROOF = "/connexion", "/compte", "/connexion/second-facteur"
LONGEST_WORD = 2000
"""Of what a provider sends back by the address bar."""
CODES: dict[type[DomainError], str] = {
    AlreadyDone: "fournisseur-fait",
    AnswerNotBelieved: "fournisseur-reponse",
    AttemptOver: "fournisseur-expire",
    IdentityTaken: "fournisseur-pris",
    IdentityUnknown: "fournisseur-inconnu",
    ProviderDown: "fournisseur-panne",
    ProviderRefused: "fournisseur-refus",
}


async def post_sign_in(request: Request) -> Response:
    """Leave for the provider to sign in there; back to the form with one sentence otherwise."""
    form = await request.form(max_fields=10, max_files=0)
    heading, token, now = own_path(field_of(form, "suite")), token_of(request), datetime.now(UTC)
    if not is_our_form(request, form):
        return _to(SIGN_IN, heading, erreur="formulaire")
    try:
        address = await run(leave_to_sign_in, None, token, visitor_of(request), heading, now=now)
    except DomainError as refusal:
        return _refused(refusal, SIGN_IN, heading)
    return leaving_page(address, settings().oidc_name)


async def post_link(request: Request) -> Response:
    """Leave for the provider to link the account that is signed in."""
    form = await request.form(max_fields=10, max_files=0)
    if not is_our_form(request, form):
        return _to(ACCOUNT, erreur="fournisseur-formulaire")
    actor = await _actor(request)
    try:
        address = await run(leave_to_link, actor, token_of(request), visitor_of(request), now=datetime.now(UTC))
    except DomainError as refusal:
        return _refused(refusal, ACCOUNT)
    return leaving_page(address, settings().oidc_name)


async def get_return(request: Request) -> Response:
    """Take what the browser brings back: a session, a link, or one sentence."""
    if request.method != "GET":
        return Response(status_code=405)  # whoever only looks whether the address is there spends nothing
    asked = request.query_params
    names = ("state", "code", "error", "iss")
    answer = Answer(*(asked.get(name, "")[:LONGEST_WORD] for name in names))
    return await (_linked if is_for_link(answer.state) else _signed_in)(request, answer)


async def _signed_in(request: Request, answer: Answer) -> Response:
    token, now = token_of(request), datetime.now(UTC)
    try:
        arrived = await run(sign_in_with_provider, token, answer, now, visitor=visitor_of(request))
    except IdentityUnknown as refusal:
        return _refused(refusal, SIGN_IN, ACCOUNT)  # whoever signs in otherwise arrives where it is linked
    except DomainError as refusal:
        return _refused(refusal, SIGN_IN)
    # Whoever was signed in on this browser no longer is: one browser, one person.
    await run(sign_out, token, now)
    return keep_session(see_other(arrived.heading or HOMES[arrived.role]), arrived.token)


async def _linked(request: Request, answer: Answer) -> Response:
    actor = await _actor(request)
    try:
        await run(link_identity, actor, token_of(request), answer, visitor_of(request), now=datetime.now(UTC))
    except DomainError as refusal:
        return _refused(refusal, ACCOUNT)
    return _to(ACCOUNT, fait="fournisseur")


def _refused(refusal: DomainError, page: str, heading: str = "") -> Response:
    if isinstance(refusal, FreshFactorNeeded):
        return _to(PROOF, page)
    if isinstance(refusal, Denied):
        return _to(SIGN_IN, page)
    if isinstance(refusal, AccountSuspended):
        return _to(SIGN_IN, erreur="suspendu")
    if isinstance(refusal, TooManyTries):
        return _to(page, heading, erreur="essais", minutes=str(refusal.minutes))
    code = next((CODES[kind] for kind in type(refusal).__mro__ if kind in CODES), "")
    return _to(page, heading, erreur=code) if code else _to(page, heading)


async def _actor(request: Request) -> Actor | None:
    return await run(recognise, token_of(request), datetime.now(UTC))


def _to(page: str, heading: str = "", **told: str) -> Response:
    query = told | ({"suite": heading} if heading else {})
    return see_other(f"{page}?{urlencode(query)}" if query else page)


FEDERATION_ROUTES = [
    Route("/auth/fournisseur/connexion", post_sign_in, methods=["POST"]),
    Route("/auth/fournisseur/lien", post_link, methods=["POST"]),
    Route(BACK, get_return, methods=["GET"]),
]
