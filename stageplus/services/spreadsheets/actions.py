"""Writing spreadsheets: templates to fill in, and exports that no program can take for formulas."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from xlsxwriter import Workbook

from stageplus.services.spreadsheets.cells import WIDEST, neutral
from stageplus.services.spreadsheets.schemas import MOST_ROWS, Cell, Column, SheetFormat
from stageplus.services.spreadsheets.streams import csv_pieces, workbook_pieces
from stageplus.texts import _

_SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def template_workbook(name: str, columns: Sequence[Column], notes: Sequence[str] = ()) -> bytes:
    """Build the xlsx file to fill in: headings, one example line, and a sheet that explains each column."""
    content = BytesIO()
    with Workbook(content, _SAFE) as book:
        _fill(book, name, [column.label for column in columns], [[column.example for column in columns]])
        explained = [
            [column.label, _("oui") if column.required else _("non"), column.example, column.explanation]
            for column in columns
        ]
        headings = [_("Colonne"), _("Obligatoire"), _("Exemple"), _("Explication")]
        _fill(book, _("Explications"), headings, [*explained, *([note] for note in notes)])
    return content.getvalue()


def export_workbook(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Build an xlsx file of texts."""
    content = BytesIO()
    with Workbook(content, _SAFE) as book:
        _fill(book, name, headings, rows)
    return content.getvalue()


def export_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Build a csv file as Excel opens it here: UTF-8 with its mark, semicolons."""
    return b"".join(csv_pieces(headings, rows))


def streamed_file(
    kind: SheetFormat, name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> Iterator[bytes]:
    """Write a long list as `xlsx`, or else csv, piece by piece; the rows are read as they are written."""
    return workbook_pieces(name, headings, rows) if kind == "xlsx" else csv_pieces(headings, rows)


def _fill(book: Workbook, name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    sheet = book.add_worksheet(name[:31])
    as_text = book.add_format({"num_format": "@", "text_wrap": False})
    strong = book.add_format({"bold": True, "bg_color": "#EEF0FF", "border": 1})
    widths = [len(heading) for heading in headings]
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, neutral(heading), strong)
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            sheet.write_string(line, place, neutral(cell), as_text)
            widths[place] = max(widths[place], len(str(cell)))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(width + 3, WIDEST), as_text)
    sheet.freeze_panes(1, 0)
    if len(headings) > 1:
        sheet.autofilter(0, 0, MOST_ROWS, len(headings) - 1)
