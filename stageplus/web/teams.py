"""Acting for another of one's companies: a plain form post, because the switch replaces the session cookie."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stageplus.domain.errors import DomainError
from stageplus.services import threads
from stageplus.services.accounts.actions import recognise
from stageplus.services.inputs import identifier
from stageplus.services.teams.actions import switch_company
from stageplus.web.forms import field_of, is_our_form, see_other, token_of
from stageplus.web.visits import keep_session

HOME, CHOICE = "/entreprise", "/entreprise/choisir"


async def post_switch(request: Request) -> Response:
    """Act for the chosen company under a fresh token; whatever is wrong leads back to the choice, changing nothing."""
    form = await request.form(max_fields=10, max_files=0)
    token, now = token_of(request), datetime.now(UTC)
    if not is_our_form(request, form):
        return see_other(CHOICE)
    actor = await threads.run(recognise, token, now)
    try:
        fresh = await threads.run(switch_company, actor, token, identifier(field_of(form, "entreprise")), now=now)
    except DomainError:
        return see_other(CHOICE)
    return keep_session(see_other(HOME), fresh)


TEAM_ROUTES = [Route("/auth/entreprise", post_switch, methods=["POST"])]
"""Mounted with the other routes of sessions."""
