"""Files of agréments: the template, and the file handed in."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import InvalidInput
from stageplus.services.approvals.actions import hand_in_approvals
from stageplus.services.approvals.queries import approval_file_problems, approvals_template
from stageplus.services.inputs import identifier
from stageplus.services.spreadsheets.schemas import MEDIA, MOST_BYTES
from stageplus.web.doors import at_once, file_response, for_signed_in
from stageplus.web.forms import field_of, is_our_form, see_other
from stageplus.web.uploads import TooHeavy, file_of, form_with_file

REGISTER = "/operateur/agrements"
FILE = "/registre/agrements/fichier"


async def get_template(_request: Request, actor: Actor) -> Response:
    """Give the file to fill in."""
    return file_response(await at_once(approvals_template, actor), "stageplus-agrements.xlsx", MEDIA["xlsx"])


async def get_problems(request: Request, actor: Actor) -> Response:
    """Give what did not fit in a file."""
    content = await at_once(approval_file_problems, actor, identifier(request.path_params["number"]))
    return file_response(content, "stageplus-problemes.csv", MEDIA["csv"])


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
        return see_other(f"{page}/{await at_once(hand_in_approvals, actor, operator, name, content)}")
    except InvalidInput:
        return see_other(f"{page}?erreur=operateur")


APPROVAL_ROUTES = [
    Route("/registre/agrements/modele.xlsx", for_signed_in(get_template, REGISTER), methods=["GET"]),
    Route(
        "/registre/agrements/fichier/{number:int}/problemes.csv", for_signed_in(get_problems, REGISTER), methods=["GET"]
    ),
    Route(FILE, for_signed_in(post_file, REGISTER), methods=["POST"]),
]
"""Mounted with the other files."""
