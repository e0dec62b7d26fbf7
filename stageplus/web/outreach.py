"""A coach's invitation: the door that its link opens, and the A4 leaflet, as PDF, with the link as a code to scan."""

from fpdf import FPDF
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stageplus.config import settings
from stageplus.domain.actors import Actor
from stageplus.services.outreach.queries import leaflet_of
from stageplus.services.outreach.schemas import CODE as OF_A_LINK
from stageplus.services.outreach.schemas import DOOR, LEAFLET, LeafletSheet
from stageplus.services.threads import run
from stageplus.texts import _
from stageplus.web.doors import at_once, file_response, for_signed_in
from stageplus.web.drawing import BOTTOM, CODE, MARGIN, WIDTH, blank_sheet, draw_code, write
from stageplus.web.forms import see_other
from stageplus.web.paper import ACCENT, QUIET, SOFT, SUN, close_fonts

REGISTER = "/inscription/entreprise"
ROW = 17.0


async def open_door(request: Request) -> Response:
    """Lead to the registration, known code or not; nothing is counted here, where robots knock too."""
    code = request.path_params["code"]
    asked = f"?lien={code}" if OF_A_LINK.fullmatch(code) else ""
    answer = see_other(REGISTER + asked)
    answer.headers.update({"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})
    return answer


async def get_leaflet(request: Request, actor: Actor) -> Response:
    """Give the leaflet of one of the coach's own links."""
    sheet = await at_once(leaflet_of, actor, int(request.path_params["number"]))
    drawn = await run(leaflet, sheet, settings().site)
    return file_response(drawn, "stageplus-feuillet.pdf", "application/pdf", opened=True)


def leaflet(sheet: LeafletSheet, site: str) -> bytes:
    """Draw the leaflet: why, how in three steps, for which trades, and the code."""
    page = blank_sheet(_("Formez un jeune avec Stage+"))
    try:
        _head(page)
        _steps(page)
        _trades(page, sheet)
        _foot(page, sheet, site)
        return bytes(page.output())
    finally:
        close_fonts(page)


def _head(page: FPDF) -> None:
    page.set_fill_color(*ACCENT)
    page.rect(0, 0, 210, 15, style="F")
    write(page, "Stage+", 20, bold=True, colour=(255, 255, 255), at=(MARGIN, 3.4))
    write(page, _("Formation en alternance"), 13, colour=(255, 255, 255), at=(MARGIN, 4.6), align="R")
    page.set_y(30)
    write(page, _("Une place chez vous, un métier pour un jeune"), 32, bold=True)
    page.ln(4)
    why = _("Publiez vos places en alternance : les jeunes de toute la région les trouvent et vous écrivent.")
    write(page, why, 16, colour=QUIET)
    page.ln(7)


def _steps(page: FPDF) -> None:
    top = page.get_y()
    steps = (
        (_("Scannez, demandez l’accès"), _("Trois minutes, avec votre numéro d’entreprise.")),
        (_("Publiez une place"), _("Gratuit. Vous dites combien de candidatures vous voulez.")),
        (_("Répondez en un geste"), _("L’opérateur de formation prend ensuite le relais.")),
    )
    page.set_fill_color(*SOFT)
    page.rect(MARGIN, top, WIDTH, 6 + len(steps) * ROW, style="F", round_corners=True, corner_radius=4)
    for number, (name, words) in enumerate(steps, start=1):
        y = top + 5 + (number - 1) * ROW
        write(page, str(number), 26, bold=True, colour=ACCENT, at=(MARGIN + 6, y), width=12)
        write(page, name, 15, bold=True, at=(MARGIN + 20, y), width=WIDTH - 26, lines=1)
        write(page, words, 13, colour=QUIET, at=(MARGIN + 20, y + 6.8), width=WIDTH - 26, lines=1)
    page.set_xy(MARGIN, top + 6 + len(steps) * ROW + 8)


def _trades(page: FPDF, sheet: LeafletSheet) -> None:
    if not sheet.trades:
        return
    write(page, _("Par exemple"), 16, bold=True)
    page.ln(1.5)
    free = int((BOTTOM - CODE - 8 - page.get_y()) // 6.2)
    write(page, " · ".join(sheet.trades), 13, lines=min(4, free))


def _foot(page: FPDF, sheet: LeafletSheet, site: str) -> None:
    top = BOTTOM - CODE
    page.set_draw_color(*SUN)
    page.set_line_width(1.6)
    page.line(MARGIN, top - 4, MARGIN + WIDTH, top - 4)
    draw_code(page, f"{site}{sheet.path}", MARGIN, top)
    left, width = MARGIN + CODE + 8, WIDTH - CODE - 8
    write(page, _("Commencez ici"), 22, bold=True, at=(left, top + 4), width=width)
    how = _("Scannez le carré avec votre téléphone, ou tapez l’adresse.")
    write(page, how, 15, at=(left, page.get_y() + 2), width=width)
    address = f"{site}{sheet.path}".split("//")[-1]
    write(page, address, 12, bold=True, colour=ACCENT, at=(left, page.get_y() + 3), width=width)
    who = _("Votre coach : {coach}").format(coach=sheet.coach)
    sectors = f" ({sheet.sectors})" if sheet.sectors else ""
    write(page, who + sectors, 11, colour=QUIET, at=(left, page.get_y() + 3), width=width, lines=3)


OUTREACH_ROUTES = [
    Route(DOOR + "{code}", open_door, methods=["GET"]),
    Route(LEAFLET, for_signed_in(get_leaflet), methods=["GET"]),
]
