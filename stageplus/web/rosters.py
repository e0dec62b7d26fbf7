"""Files of rosters: the template and the example, the file handed in, its problems, the sheet of codes."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from stageplus.domain.actors import Actor
from stageplus.domain.errors import InvalidInput
from stageplus.services.activation.actions import print_codes, send_codes
from stageplus.services.activation.schemas import PRINT, ChosenInput
from stageplus.services.enrolment.actions import hand_in_roster
from stageplus.services.enrolment.queries import demo_roster, import_problems, roster_template
from stageplus.services.enrolment.schemas import DEMO_ROSTER, HAND_IN, IMPORTS, ROSTER_TEMPLATE
from stageplus.services.inputs import identifier
from stageplus.services.spreadsheets.schemas import MEDIA, MOST_BYTES
from stageplus.web.code_sheet import sheet_of
from stageplus.web.doors import at_once, file_response, for_signed_in
from stageplus.web.forms import field_of, is_our_form, see_other
from stageplus.web.uploads import TooHeavy, file_of, form_with_file

CODES = "/operateur/codes"


async def get_template(_request: Request, actor: Actor) -> Response:
    """Give the file to fill in."""
    return file_response(await at_once(roster_template, actor), "stageplus-apprenants.xlsx", MEDIA["xlsx"])


async def get_example(_request: Request, actor: Actor) -> Response:
    """Give the invented roster of the demonstration."""
    return file_response(await at_once(demo_roster, actor), "stageplus-exemple.xlsx", MEDIA["xlsx"])


async def get_problems(request: Request, actor: Actor) -> Response:
    """Give what did not fit in a file."""
    content = await at_once(import_problems, actor, identifier(request.path_params["number"]))
    return file_response(content, "stageplus-problemes.csv", "text/csv; charset=utf-8")


async def post_roster(request: Request, actor: Actor) -> Response:
    """Take a file and lead to its preview."""
    try:
        async with form_with_file(request, MOST_BYTES) as form:
            if not is_our_form(request, form):
                return see_other(f"{IMPORTS}?erreur=formulaire")
            name, content = await file_of(form, "fichier")
    except TooHeavy:
        return see_other(f"{IMPORTS}?erreur=poids")
    if not name:
        return see_other(f"{IMPORTS}?erreur=fichier")
    return see_other(f"{IMPORTS}/{await at_once(hand_in_roster, actor, name, content)}")


async def post_codes(request: Request, actor: Actor) -> Response:
    """Print or mail fresh codes for the chosen enrolments; the codes of the sheet are nowhere else."""
    form = await request.form(max_fields=1_100, max_files=0)
    if not is_our_form(request, form):
        return see_other(f"{CODES}?erreur=formulaire")
    try:
        data = _chosen(form)
    except InvalidInput:
        return see_other(f"{CODES}?erreur=trop")
    if not data.ids and not data.everybody:
        return see_other(f"{CODES}?erreur=personne")
    if field_of(form, "voie") == "courrier":
        result = await at_once(send_codes, actor, data)
        return see_other(f"{CODES}?envoyes={result.sent}&sans={result.without_address}")
    slips = await at_once(print_codes, actor, data)
    return HTMLResponse(sheet_of(slips), headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})


def _chosen(form: FormData) -> ChosenInput:
    typed = [value for value in form.getlist("ids") if isinstance(value, str)]
    return ChosenInput.read({"ids": typed, "everybody": field_of(form, "tous")})


ROSTER_ROUTES = [
    Route(ROSTER_TEMPLATE, for_signed_in(get_template, IMPORTS), methods=["GET"]),
    Route(DEMO_ROSTER, for_signed_in(get_example, IMPORTS), methods=["GET"]),
    Route(HAND_IN, for_signed_in(post_roster, IMPORTS), methods=["POST"]),
    Route(f"{IMPORTS}/{{number:int}}/problemes.csv", for_signed_in(get_problems, IMPORTS), methods=["GET"]),
    Route(PRINT, for_signed_in(post_codes, IMPORTS), methods=["POST"]),
]
