"""An A4 poster of an offer, as PDF: large words for a wall, and a QR code that leads through sign-in to the offer."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import segno
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from stageplus.config import settings
from stageplus.domain.errors import DomainError
from stageplus.services.accounts.actions import recognise
from stageplus.services.postings.queries import poster_of
from stageplus.services.postings.schemas import POSTER, PosterSheet
from stageplus.services.threads import run
from stageplus.texts import _
from stageplus.web.forms import see_other, token_of
from stageplus.web.paper import ACCENT, FAMILY, INK, QUIET, SOFT, SUN, open_fonts
from stageplus.web.paper import close_fonts as _close
from stageplus.web.paper import drawable as _drawable

MARGIN, WIDTH, BOTTOM = 18.0, 174.0, 279.0
"""Millimetres of the A4 sheet: what stays white around, what is written on, and its last line."""
CODE = 62.0
BORDER = 2
"""Empty squares around the code, besides what stays white on the sheet: four are wanted in all."""
MOST_OF_A_TEXT = 420
ROW = 19.0
MOST_LINES, SMALLEST_CHOSEN = 3, 28
"""Lines of a title, and the smallest size that it takes to spare one of them."""


async def get_poster(request: Request) -> Response:
    """Give the poster of one of the company's published offers; whoever is not signed in signs in first."""
    number, now = int(request.path_params["number"]), datetime.now(UTC)
    actor = await run(recognise, token_of(request), now)
    if actor is None:
        return see_other(f"/connexion?suite={quote(request.url.path, safe='')}")
    try:
        sheet = await run(poster_of, actor, number, now=now)
    except DomainError:
        return PlainTextResponse(_("Page introuvable."), status_code=404)
    content = await run(poster, sheet, settings().site)
    headers = {
        "Content-Disposition": f'inline; filename="stageplus-offre-{number}.pdf"',
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
    }
    return Response(content, media_type="application/pdf", headers=headers)


def poster(sheet: PosterSheet, site: str) -> bytes:
    """Draw the poster; whatever was typed is plain text, and what does not fit is cut with an ellipsis."""
    page = _blank(sheet)
    try:
        _head(page, sheet)
        _facts(page, sheet)
        _work(page, sheet)
        _foot(page, sheet, site)
        return bytes(page.output())
    finally:
        _close(page)


def _blank(sheet: PosterSheet) -> FPDF:
    page = FPDF(format="A4", unit="mm")
    page.set_auto_page_break(auto=False)
    page.set_margins(MARGIN, MARGIN, MARGIN)
    page.c_margin = 0
    open_fonts(page)
    page.set_title(sheet.title)
    page.add_page()
    return page


def _head(page: FPDF, sheet: PosterSheet) -> None:
    page.set_fill_color(*ACCENT)
    page.rect(0, 0, 210, 15, style="F")
    _write(page, "Stage+", 20, bold=True, colour=(255, 255, 255), at=(MARGIN, 3.4))
    _write(page, _("Formation en alternance"), 13, colour=(255, 255, 255), at=(MARGIN, 4.6), align="R")
    page.set_y(30)
    _write(page, _("Place de stage"), 16, bold=True, colour=ACCENT)
    _write(page, sheet.title, _size_for(page, sheet.title), bold=True)
    page.ln(2)
    _write(page, sheet.company, 20 if len(sheet.company) < 60 else 15, colour=QUIET)
    page.ln(5)


def _facts(page: FPDF, sheet: PosterSheet) -> None:
    top, column = page.get_y(), WIDTH / 2
    rows = -(-len(sheet.facts) // 2)
    page.set_fill_color(*SOFT)
    page.rect(MARGIN, top, WIDTH, 5 + rows * ROW, style="F", round_corners=True, corner_radius=4)
    for number, (name, value) in enumerate(sheet.facts):
        left, y = MARGIN + 6 + (number % 2) * column, top + 5 + (number // 2) * ROW
        _write(page, name, 11, colour=QUIET, at=(left, y), width=column - 10, lines=1)
        _write(page, value, 13, bold=True, at=(left, y + 5.2), width=column - 10, lines=2)
    page.set_xy(MARGIN, top + 5 + rows * ROW + 7)


def _work(page: FPDF, sheet: PosterSheet) -> None:
    _write(page, _("Ce que tu vas apprendre et faire"), 16, bold=True)
    page.ln(1.5)
    free = int((BOTTOM - CODE - 8 - page.get_y()) // 6.6)
    whole = len(sheet.tasks) <= MOST_OF_A_TEXT
    _write(page, sheet.tasks if whole else sheet.tasks[:MOST_OF_A_TEXT].rsplit(" ", 1)[0] + "…", 14, lines=free)


def _foot(page: FPDF, sheet: PosterSheet, site: str) -> None:
    top = BOTTOM - CODE
    page.set_draw_color(*SUN)
    page.set_line_width(1.6)
    page.line(MARGIN, top - 4, MARGIN + WIDTH, top - 4)
    _code(page, f"{site}{sheet.path}", MARGIN, top)
    left, width = MARGIN + CODE + 8, WIDTH - CODE - 8
    _write(page, _("Ça t’intéresse ?"), 22, bold=True, at=(left, top + 4), width=width)
    how = _("Scanne le carré avec ton téléphone, connecte-toi à Stage+ et postule.")
    _write(page, how, 15, at=(left, page.get_y() + 2), width=width)
    _write(
        page,
        f"{site}{sheet.path}".split("//")[-1],
        12,
        bold=True,
        colour=ACCENT,
        at=(left, page.get_y() + 3),
        width=width,
    )
    _write(page, sheet.until, 11, colour=QUIET, at=(left, page.get_y() + 3), width=width)


def _code(page: FPDF, address: str, left: float, top: float) -> None:
    """Draw the QR code as squares, so that it stays sharp at any size; a screen reader hears where it leads."""
    rows = list(segno.make(address, error="m", micro=False).matrix_iter(border=BORDER))
    side = CODE / len(rows)
    left -= BORDER * side  # what is drawn stands under the text above it
    page.set_fill_color(*INK)
    for row, cells in enumerate(rows):
        for column, dark in enumerate(cells):
            if dark:
                page.rect(left + column * side, top + row * side, side + 0.02, side + 0.02, style="F")
    page.link(left, top, CODE, CODE, address, alt_text=_("Code à scanner"))


def _write(
    page: FPDF,
    text: str,
    size: float,
    *,
    bold: bool = False,
    colour: tuple[int, int, int] = INK,
    at: tuple[float, float] | None = None,
    width: float = WIDTH,
    align: str = "L",
    lines: int = 0,
) -> None:
    """Write a text that wraps; `lines` is the most there may be."""
    page.set_font(FAMILY, "B" if bold else "", size)
    page.set_text_color(*colour)
    if at:
        page.set_xy(*at)
    height, plain = size * 0.45, _drawable(page, text)
    options: dict[str, Any] = {"align": align, "new_x": XPos.LMARGIN, "new_y": YPos.NEXT}
    whole = _lines(page, plain, width, height)
    if lines and len(whole) > lines:
        plain = "\n".join(whole[:lines]).rstrip(" .,;…") + "…"
    page.multi_cell(width, height, plain, **options)


def _size_for(page: FPDF, title: str) -> float:
    """Return the largest size at which a title takes the fewest lines, three at most, of whole words only."""
    fitting: list[tuple[int, int]] = []
    for size in (40, 36, 32, 28, 24, 20):
        page.set_font(FAMILY, "B", size)
        words = [page.get_string_width(_drawable(page, word)) for word in title.split()]
        lines = len(_lines(page, _drawable(page, title), WIDTH, size * 0.45))
        if lines <= MOST_LINES and max(words, default=0) < WIDTH - 3 and (size >= SMALLEST_CHOSEN or not fitting):
            fitting.append((lines, -size))
    return -min(fitting)[1] if fitting else 16


def _lines(page: FPDF, text: str, width: float, height: float) -> list[str]:
    found: Any = page.multi_cell(width, height, text, dry_run=True, output="LINES")
    return list(found)


POSTER_ROUTES = [Route(POSTER, get_poster, methods=["GET"])]
