"""Long lists as files, piece by piece: what is written does not stay in memory, days are days, numbers are numbers."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import StringIO
from tempfile import TemporaryFile

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
Cell = str | int | date | None
PIECE = 64 * 1024
COLUMN_WIDTH = 22
_SPARING = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def neutral(cell: object) -> str:
    """Write a cell so that no spreadsheet program takes it for a formula (CWE-1236)."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_pieces(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Write a csv file as Excel opens it here: UTF-8 with its mark, semicolons, days as 2026-11-24."""
    yield b"\xef\xbb\xbf"
    written = StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([neutral(heading) for heading in headings])
    for row in rows:
        writer.writerow([_plain(cell) for cell in row])
        if written.tell() > PIECE:
            yield written.getvalue().encode()
            written.seek(0)
            written.truncate()
    yield written.getvalue().encode()


def workbook_pieces(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Write an xlsx file by way of the disk; its rows are read once, and its pieces given when all are written."""
    with TemporaryFile() as file:
        with Workbook(file, _SPARING) as book:
            _fill(book, name, headings, rows)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _fill(book: Workbook, name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    sheet = book.add_worksheet(name[:31])
    strong = book.add_format({"bold": True, "bg_color": "#EEF0FF", "border": 1})
    as_day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.set_column(0, len(headings) - 1, COLUMN_WIDTH)
    sheet.freeze_panes(1, 0)
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, neutral(heading), strong)
    line = 0
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            _write(sheet, line, place, cell, as_day)
    sheet.autofilter(0, 0, max(line, 1), len(headings) - 1)


def _write(sheet: Worksheet, line: int, place: int, cell: Cell, as_day: Format) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(line, place, cell, as_day)
    elif isinstance(cell, int):
        sheet.write_number(line, place, cell)
    elif cell:
        sheet.write_string(line, place, neutral(cell))


def _plain(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int) else neutral(cell)
