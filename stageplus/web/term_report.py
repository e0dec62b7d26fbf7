"""The report of a term, as PDF: one line per implantation, what each figure counts beside it, and nobody's name."""

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stageplus.domain.actors import Actor
from stageplus.services.termly.queries import term_report
from stageplus.services.termly.schemas import FIGURES, REPORT, TermReport
from stageplus.services.threads import run
from stageplus.texts import _
from stageplus.texts.formats import number
from stageplus.web.doors import at_once, file_response, for_signed_in
from stageplus.web.paper import ACCENT, FAMILY, INK, QUIET, SOFT, close_fonts, drawable, open_fonts

MARGIN, NAME, FIGURE = 16.0, 76.0, 27.0
"""Millimetres of the A4 sheet on its side: what stays white around, and the widths of the columns."""


async def get_report(request: Request, actor: Actor) -> Response:
    """Give the report of one term."""
    code = str(request.path_params["term"])
    report = await at_once(term_report, actor, code)
    return file_response(await run(drawn, report), f"stageplus-rapport-{code}.pdf", "application/pdf")


def drawn(report: TermReport) -> bytes:
    """Draw the report; a long list of implantations goes on over the page, its headings repeated."""
    page = _blank(report)
    try:
        _head(page, report)
        _table(page, report)
        _definitions(page)
        return bytes(page.output())
    finally:
        close_fonts(page)


def _blank(report: TermReport) -> FPDF:
    page = FPDF(orientation="landscape", format="A4", unit="mm")
    page.set_margins(MARGIN, MARGIN, MARGIN)
    page.set_auto_page_break(auto=True, margin=MARGIN)
    open_fonts(page)
    page.set_title(f"{report.title} · {report.operator}")
    page.add_page()
    return page


def _head(page: FPDF, report: TermReport) -> None:
    _line(page, "Stage+", 12, bold=True, colour=ACCENT)
    _line(page, report.title, 22, bold=True)
    _line(page, f"{report.operator} · {report.period}", 12)
    _line(page, report.made, 10, colour=QUIET)
    page.ln(5)


def _table(page: FPDF, report: TermReport) -> None:
    page.set_font(FAMILY, "", 10)
    page.set_text_color(*INK)
    page.set_draw_color(*QUIET)
    strong = FontFace(emphasis="BOLD", fill_color=SOFT)
    widths = (NAME, *[FIGURE] * len(FIGURES))
    aligned = ("LEFT", *["RIGHT"] * len(FIGURES))
    with page.table(
        col_widths=widths,
        text_align=aligned,
        headings_style=strong,
        borders_layout="HORIZONTAL_LINES",
        line_height=7,
        width=sum(widths),
        align="LEFT",
    ) as table:
        table.row([_("Implantation"), *[label for _name, label, _definition in FIGURES]])
        for line in report.lines:
            table.row([drawable(page, line.name), *map(number, line.values)])
        table.row([_("Ensemble"), *map(number, report.total)], style=strong)


def _definitions(page: FPDF) -> None:
    page.ln(6)
    _line(page, _("Ce que comptent ces chiffres"), 13, bold=True)
    page.ln(1)
    for _name, label, definition in FIGURES:
        _line(page, f"{label} : {definition}", 10)
    page.ln(2)
    where = _("Source : Stage+. Chaque implantation compte les apprenants qui y sont inscrits au jour du rapport.")
    _line(page, where, 9, colour=QUIET)


def _line(page: FPDF, text: str, size: float, *, bold: bool = False, colour: tuple[int, int, int] = INK) -> None:
    page.set_font(FAMILY, "B" if bold else "", size)
    page.set_text_color(*colour)
    page.multi_cell(0, size * 0.5, drawable(page, text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


REPORT_ROUTES = [Route(REPORT, for_signed_in(get_report, "/operateur"), methods=["GET"])]
