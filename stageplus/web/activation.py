"""The last step of an activation: a plain form post, because it opens a session."""

import re
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stageplus.domain.errors import DomainError, InvalidInput
from stageplus.services.accounts.actions import sign_out
from stageplus.services.accounts.browser import known_from_now_on
from stageplus.services.activation.actions import finish_activation
from stageplus.services.activation.schemas import FINISH, PAGE
from stageplus.services.links.actions import PATH
from stageplus.services.threads import run
from stageplus.web.forms import field_of, is_our_form, see_other, token_of, visitor_of
from stageplus.web.visits import keep_device, keep_session

TOKEN = re.compile(r"[A-Za-z0-9_-]{20,120}")


async def post_activation(request: Request) -> Response:
    """Open the account behind a mailed link and sign in; an account that was there already signs in as ever."""
    form = await request.form(max_fields=10, max_files=0)
    link, password = field_of(form, "token", longest=120), field_of(form, "new")
    back = f"{PATH}{link}" if TOKEN.fullmatch(link) else PAGE
    if not is_our_form(request, form):
        return see_other(f"{back}?erreur=formulaire")
    visitor = visitor_of(request)
    try:
        done = await run(finish_activation, None, visitor, link, password, now=datetime.now(UTC))
    except InvalidInput:
        return see_other(f"{back}?erreur=mot-de-passe")
    except DomainError:
        return see_other(back)
    if not done.token:
        return see_other("/connexion?suite=/offres")
    # Whoever was signed in on this browser no longer is: one browser, one person.
    await run(sign_out, token_of(request), datetime.now(UTC))
    answer = keep_session(see_other("/offres"), done.token)
    return keep_device(answer, known_from_now_on(visitor.known, done.email))


ACTIVATION_ROUTES = [Route(FINISH, post_activation, methods=["POST"])]
