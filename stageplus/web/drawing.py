"""What A4 sheets share: our font, texts that wrap and are cut, a QR code that stays sharp."""

from typing import Any

import segno
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from stageplus.texts import _
from stageplus.web.paper import FAMILY, INK, drawable, open_fonts

MARGIN, WIDTH, BOTTOM = 18.0, 174.0, 279.0
"""Millimetres of the A4 sheet: what stays white around, what is written on, and its last line."""
CODE = 62.0
BORDER = 2
"""Empty squares around the code, besides what stays white on the sheet: four are wanted in all."""
MOST_LINES, SMALLEST_CHOSEN = 3, 28
"""Lines of a title, and the smallest size that it takes to spare one of them."""


def blank_sheet(title: str) -> FPDF:
    """Begin an A4 sheet in our font."""
    page = FPDF(format="A4", unit="mm")
    page.set_auto_page_break(auto=False)
    page.set_margins(MARGIN, MARGIN, MARGIN)
    page.c_margin = 0
    open_fonts(page)
    page.set_title(title)
    page.add_page()
    return page


def draw_code(page: FPDF, address: str, left: float, top: float) -> None:
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


def write(
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
    height, plain = size * 0.45, drawable(page, text)
    options: dict[str, Any] = {"align": align, "new_x": XPos.LMARGIN, "new_y": YPos.NEXT}
    whole = lines_of(page, plain, width, height)
    if lines and len(whole) > lines:
        plain = "\n".join(whole[:lines]).rstrip(" .,;…") + "…"
    page.multi_cell(width, height, plain, **options)


def size_for(page: FPDF, title: str) -> float:
    """Return the largest size at which a title takes the fewest lines, three at most, of whole words only."""
    fitting: list[tuple[int, int]] = []
    for size in (40, 36, 32, 28, 24, 20):
        page.set_font(FAMILY, "B", size)
        words = [page.get_string_width(drawable(page, word)) for word in title.split()]
        lines = len(lines_of(page, drawable(page, title), WIDTH, size * 0.45))
        if lines <= MOST_LINES and max(words, default=0) < WIDTH - 3 and (size >= SMALLEST_CHOSEN or not fitting):
            fitting.append((lines, -size))
    return -min(fitting)[1] if fitting else 16


def lines_of(page: FPDF, text: str, width: float, height: float) -> list[str]:
    """Return how a text wraps with the font in force."""
    found: Any = page.multi_cell(width, height, text, dry_run=True, output="LINES")
    return list(found)
