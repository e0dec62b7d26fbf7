"""An A4 poster of an offer, as PDF: large words for a wall, and a QR code that leads through sign-in to the offer."""

from fpdf import FPDF
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stageplus.config import settings
from stageplus.domain.actors import Actor
from stageplus.services.postings.queries import poster_of
from stageplus.services.postings.schemas import POSTER, PosterSheet
from stageplus.services.threads import run
from stageplus.texts import _
from stageplus.web.doors import at_once, file_response, for_signed_in
from stageplus.web.drawing import BOTTOM, CODE, MARGIN, WIDTH, blank_sheet, draw_code, size_for, write
from stageplus.web.paper import ACCENT, QUIET, SOFT, SUN, close_fonts

MOST_OF_A_TEXT = 420
ROW = 19.0


async def get_poster(request: Request, actor: Actor) -> Response:
    """Give the poster of one of the company's published offers."""
    number = int(request.path_params["number"])
    drawn = await run(poster, await at_once(poster_of, actor, number), settings().site)
    return file_response(drawn, f"stageplus-offre-{number}.pdf", "application/pdf", opened=True)


def poster(sheet: PosterSheet, site: str) -> bytes:
    """Draw the poster; whatever was typed is plain text, and what does not fit is cut with an ellipsis."""
    page = blank_sheet(sheet.title)
    try:
        _head(page, sheet)
        _facts(page, sheet)
        _work(page, sheet)
        _foot(page, sheet, site)
        return bytes(page.output())
    finally:
        close_fonts(page)


def _head(page: FPDF, sheet: PosterSheet) -> None:
    page.set_fill_color(*ACCENT)
    page.rect(0, 0, 210, 15, style="F")
    write(page, "Stage+", 20, bold=True, colour=(255, 255, 255), at=(MARGIN, 3.4))
    write(page, _("Formation en alternance"), 13, colour=(255, 255, 255), at=(MARGIN, 4.6), align="R")
    page.set_y(30)
    write(page, _("Place de stage"), 16, bold=True, colour=ACCENT)
    write(page, sheet.title, size_for(page, sheet.title), bold=True)
    page.ln(2)
    write(page, sheet.company, 20 if len(sheet.company) < 60 else 15, colour=QUIET)
    page.ln(5)


def _facts(page: FPDF, sheet: PosterSheet) -> None:
    top, column = page.get_y(), WIDTH / 2
    rows = -(-len(sheet.facts) // 2)
    page.set_fill_color(*SOFT)
    page.rect(MARGIN, top, WIDTH, 5 + rows * ROW, style="F", round_corners=True, corner_radius=4)
    for number, (name, value) in enumerate(sheet.facts):
        left, y = MARGIN + 6 + (number % 2) * column, top + 5 + (number // 2) * ROW
        write(page, name, 11, colour=QUIET, at=(left, y), width=column - 10, lines=1)
        write(page, value, 13, bold=True, at=(left, y + 5.2), width=column - 10, lines=2)
    page.set_xy(MARGIN, top + 5 + rows * ROW + 7)


def _work(page: FPDF, sheet: PosterSheet) -> None:
    write(page, _("Ce que tu vas apprendre et faire"), 16, bold=True)
    page.ln(1.5)
    free = int((BOTTOM - CODE - 8 - page.get_y()) // 6.6)
    whole = len(sheet.tasks) <= MOST_OF_A_TEXT
    write(page, sheet.tasks if whole else sheet.tasks[:MOST_OF_A_TEXT].rsplit(" ", 1)[0] + "…", 14, lines=free)


def _foot(page: FPDF, sheet: PosterSheet, site: str) -> None:
    top = BOTTOM - CODE
    page.set_draw_color(*SUN)
    page.set_line_width(1.6)
    page.line(MARGIN, top - 4, MARGIN + WIDTH, top - 4)
    draw_code(page, f"{site}{sheet.path}", MARGIN, top)
    left, width = MARGIN + CODE + 8, WIDTH - CODE - 8
    write(page, _("Ça t’intéresse ?"), 22, bold=True, at=(left, top + 4), width=width)
    how = _("Scanne le carré avec ton téléphone, connecte-toi à Stage+ et postule.")
    write(page, how, 15, at=(left, page.get_y() + 2), width=width)
    write(
        page,
        f"{site}{sheet.path}".split("//")[-1],
        12,
        bold=True,
        colour=ACCENT,
        at=(left, page.get_y() + 3),
        width=width,
    )
    write(page, sheet.until, 11, colour=QUIET, at=(left, page.get_y() + 3), width=width)


POSTER_ROUTES = [Route(POSTER, for_signed_in(get_poster), methods=["GET"])]
